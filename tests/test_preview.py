"""The preview in a real browser: what is saved is soon seen, and nothing takes it down."""

import json
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from soak import soak

from browsing import Look, Preview, files_of, looking, previewing, restore
from cheatsheet.pdf.store import FOLDER
from conftest import PATIENCE, ROOT, Bench, Built, copy_project, until
from test_epub import with_epub

COMPOST = "content/terms/compost.yaml"
LOOK = "styles/look.css"
PLACE = "#term-compost"
SECTION = "term-compost"


@pytest.fixture(scope="module")
def preview(
    tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]
) -> Iterator[Preview]:
    """The garden book, built, and a preview of it that all tests share."""
    bench = make_garden(tmp_path_factory.mktemp("preview") / "garden")
    assert bench.build().ok
    with previewing(bench) as preview:
        yield preview


@pytest.fixture
def look(preview: Preview, browser: Browser) -> Iterator[Look]:
    """The garden's preview at the page of a term, current; afterwards the files are put back."""
    kept = files_of(preview.bench.folder)
    with looking(preview, browser) as look:
        look.open(PLACE)
        look.await_state("current")
        look.await_picture(SECTION)
        yield look
        before = look.generation
        if restore(preview.bench.folder, kept):
            look.await_state("current", after=before)


def edit(look: Look, old: str = "Nobody gets it right", new: str = "Hardly anyone does it") -> None:
    look.bench.replace(COMPOST, old, new)


def test_an_edit_of_the_text_is_seen_and_was_marked_until_then(look: Look) -> None:
    before, shown = look.pixels(SECTION), look.shown(SECTION)
    look.page.evaluate(
        """name => {
          window.states = [];
          const element = document.querySelector(`[data-section="${name}"]`);
          new MutationObserver(() => window.states.push(element.dataset.state))
            .observe(element, { attributes: true, attributeFilter: ["data-state"] });
        }""",
        SECTION,
    )
    edit(look)
    look.await_picture(SECTION, shown)
    look.await_state("current", after="")
    assert look.pixels(SECTION) != before
    states = look.page.evaluate("() => window.states")
    assert states[0] in {"checking", "stale"}
    assert states[-1] == "current"


def test_an_edit_of_the_styles_is_seen(look: Look) -> None:
    before, shown = look.pixels(SECTION), look.shown(SECTION)
    look.bench.replace(LOOK, "#2c5e1a", "#5e1a2c")
    look.await_picture(SECTION, shown)
    assert look.pixels(SECTION) != before


@pytest.mark.slow
def test_each_of_ten_saves_is_seen_before_the_book_is_bound(look: Look) -> None:
    """Every other one changes the styles' text alone: it is known at once that nothing moved."""
    seen = []
    for number in range(10):
        shown = look.shown(SECTION)
        if number % 2:
            look.bench.append(LOOK, f"/* {number} */\n")
        else:
            look.bench.replace(COMPOST, "tagline: ", f"tagline: {number} ")
        look.await_picture(SECTION, shown)
        seen.append(look.section(SECTION).locator(".sheet.now img").get_attribute("src") or "")
    assert all("/0?" in address for address in seen), "laid out alone, it is page 0 of its PDF"
    assert seen[0::2] == seen[1::2], "the same bytes are not asked for again"


def test_the_bytes_are_those_that_a_build_writes(look: Look) -> None:
    before = look.generation
    edit(look)
    look.await_state("current", after=before)
    assert served_book(look) == look.bench.build(cache=False).data


def served_book(look: Look) -> bytes:
    """Return the whole book's PDF as the preview has it."""
    address = f"{look.preview.address}book.pdf"
    return bytes(urllib.request.urlopen(address).read())  # noqa: S310 - our own


def aligned_pixels(look: Look) -> bytes:
    """Return a picture of the section's page at the window's top: alerts move it by a pixel."""
    sheet = look.section(SECTION).locator(".sheet.now")
    sheet.evaluate("sheet => sheet.scrollIntoView({ block: 'start', behavior: 'instant' })")
    return sheet.screenshot()


def test_half_typed_yaml_leaves_the_last_good_pages_marked_and_mends(look: Look) -> None:
    shown, pixels = look.shown(SECTION), aligned_pixels(look)
    text = look.bench.read(COMPOST)
    look.bench.write(COMPOST, text.replace("tagline: ", 'tagline: "'))
    look.await_state("broken")
    assert COMPOST in look.page.inner_text("#alert")
    assert look.section(SECTION).get_attribute("data-state") == "last-good"
    until(lambda: "last good page" in look.section(SECTION).inner_text())
    assert look.shown(SECTION) == shown
    look.bench.write(COMPOST, text)
    look.await_state("current")
    look.await_picture(SECTION)
    assert look.page.inner_text("#alert") == ""
    assert look.section(SECTION).get_attribute("data-state") == "current"
    assert look.shown(SECTION) == shown
    until(lambda: aligned_pixels(look) == pixels)


@pytest.mark.slow
def test_half_typed_css_leaves_the_last_good_pages_marked_and_mends(look: Look) -> None:
    text = look.bench.read(LOOK)
    look.bench.write(LOOK, text + "p { colr: red; }\n")
    look.await_state("broken")
    assert f"{LOOK}:15:5" in look.page.inner_text("#findings")
    look.bench.write(LOOK, text + "p { color: red; }\n")
    look.await_state("current")


@pytest.mark.slow
def test_a_file_that_is_gone_and_comes_back_is_no_end(look: Look) -> None:
    path = look.bench.folder / COMPOST
    text = path.read_text(encoding="utf-8")
    before = look.generation
    path.unlink()
    look.await_state("current", "refused", "broken", after=before)
    before = look.generation
    scratch = path.with_name(".compost.yaml.swp")
    scratch.write_text(text.replace("Nobody gets it right", "Nobody does"), encoding="utf-8")
    scratch.rename(path)
    look.await_state("current", after=before)
    look.page.goto(f"{look.preview.address}{PLACE}")
    look.await_picture(SECTION)


@pytest.mark.slow
def test_a_switched_branch_is_taken_in_at_once(look: Look, tmp_path: Path) -> None:
    folder, shown = look.bench.folder, look.shown(SECTION)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for path in (other / "content/terms").iterdir():
        text = path.read_text(encoding="utf-8").replace("takeaway: ", "takeaway: On a branch. ")
        path.write_text(text, encoding="utf-8")
    before = look.generation
    for part in ("content", "styles"):  # every folder is another one now
        (folder / part).rename(tmp_path / part)
        (other / part).rename(folder / part)
    look.await_picture(SECTION, shown)
    look.await_state("current", after=before)


@pytest.mark.slow
def test_fifty_saves_in_five_seconds_end_with_the_last_one(look: Look) -> None:
    text, before = look.bench.read(COMPOST), look.generation
    for number in range(50):
        look.bench.write(COMPOST, text.replace("Nobody gets", f"Nobody {number} gets"))
        time.sleep(0.1)  # the pace is what is tested
    look.await_state("current", after=before)
    last = look.shown(SECTION)
    generation = look.generation
    look.bench.append(COMPOST, "# the same text again\n")
    look.await_state("current", after=generation)
    assert look.shown(SECTION) == last
    assert look.preview.process.poll() is None
    assert served_book(look) == look.bench.build(cache=False).data


def test_place_and_zoom_are_kept_when_pages_change_and_when_it_is_loaded_again(look: Look) -> None:
    look.page.keyboard.press("+")
    look.page.mouse.move(600, 400)
    before = look.scrolled
    look.page.mouse.wheel(0, 333)
    look.page.wait_for_function(
        "before => document.querySelector('#pages').scrollTop >= before + 333", arg=before
    )
    scrolled, shown = look.scrolled, look.shown(SECTION)
    zoom = look.page.inner_text("#fit")
    edit(look)
    look.await_picture(SECTION, shown)
    assert look.scrolled == pytest.approx(scrolled, abs=1)
    look.page.reload()
    look.await_picture(SECTION)
    assert look.scrolled == pytest.approx(scrolled, abs=1)
    assert look.page.inner_text("#fit") == zoom


def test_a_page_has_an_address(look: Look) -> None:
    look.open("#page-9")
    look.page.wait_for_selector("#page-9.here")
    assert "9 of 22" in look.page.inner_text("#position")
    look.page.keyboard.press("j")
    look.page.wait_for_selector("#page-10.here")
    assert look.page.url.endswith(f"#{look.page.get_attribute('#page-10', 'data-section')}")


def test_the_view_follows_a_save_if_it_is_told_to(look: Look) -> None:
    look.page.keyboard.press("w")
    look.bench.replace("content/terms/worm-bin.yaml", "takeaway: ", "takeaway: Well. ")
    look.page.wait_for_selector('.here[data-section="term-worm-bin"][data-shown]')
    assert look.page.url.endswith("#term-worm-bin")
    look.bench.replace("content/pictures/mulch.svg", "a blanket of straw", "a blanket of hay")
    look.page.wait_for_selector('.here[data-section="term-mulch"][data-shown]')


@pytest.mark.slow
def test_the_view_stays_where_it_is_if_not(look: Look) -> None:
    before, scrolled = look.generation, look.scrolled
    look.bench.replace("content/terms/worm-bin.yaml", "takeaway: ", "takeaway: Well. ")
    look.await_state("current", after=before)
    assert look.scrolled == scrolled


@pytest.mark.slow
def test_a_page_that_is_loaded_again_stays_where_it_is_though_it_follows(look: Look) -> None:
    look.page.keyboard.press("w")
    shown = look.shown(SECTION)
    edit(look)
    look.await_picture(SECTION, shown)
    look.open("#index")
    look.page.wait_for_selector('.here[data-section="index"]')
    look.page.reload()
    look.page.wait_for_selector('.here[data-section="index"]')
    look.page.wait_for_timeout(300)
    assert look.page.locator('.here[data-section="index"]').count()
    look.page.keyboard.press("w")


def test_a_finding_leads_to_its_place_on_its_page(look: Look) -> None:
    look.open("#page-20")
    look.page.wait_for_selector("#page-20.here")
    edit(look, new="Nobody  gets it right")
    button = look.page.get_by_role("button", name="a space too many")
    assert f"{COMPOST}:" in button.inner_text()
    look.await_state("refused")
    button.click()
    mark = look.section(SECTION).locator(".mark").first
    mark.wait_for()
    assert look.page.url.endswith(PLACE)
    assert "found" in (look.page.get_attribute("#strip .here", "class") or "")
    box, sheet = mark.bounding_box(), look.section(SECTION).locator(".sheet.now").bounding_box()
    assert box
    assert sheet
    assert 0.3 < (box["y"] - sheet["y"]) / sheet["height"] < 0.5  # below the picture


def test_a_page_that_is_too_full_is_marked_at_its_foot_and_errors_come_first(look: Look) -> None:
    look.bench.replace(COMPOST, "Nobody gets", "And so on and on. " * 90 + "Nobody gets")
    look.page.wait_for_selector('#list [data-finding]:has-text("too long")')
    kinds = look.page.locator("#list .kind").all_inner_texts()
    assert kinds == sorted(kinds)  # "Error" before "Warning"
    look.page.locator('#list [data-finding]:has-text("too long")').click()
    mark = look.section(SECTION).locator(".mark")
    mark.wait_for()
    box, sheet = mark.bounding_box(), look.section(SECTION).locator(".sheet.now").bounding_box()
    assert box
    assert sheet
    assert (box["y"] - sheet["y"]) / sheet["height"] > 0.8


def test_overlays_show_what_the_page_has(look: Look) -> None:
    for key in "lgm":
        look.page.keyboard.press(key)
    section = look.section(SECTION)
    section.locator(".overlay .edge").first.wait_for()
    tags = section.locator(".overlay .link text").all_text_contents()
    assert {"p. 3", "p. 4", "p. 5"} <= set(tags)
    assert not section.locator(".dead").count()
    assert section.locator(".overlay .baseline").count() > 20
    assert "13 mm" in section.locator(".measure").all_text_contents()
    section.locator('a[href="#term-mulch"]').first.click()
    look.page.wait_for_selector('.here[data-section="term-mulch"]')


def test_a_grey_page_has_no_colour(look: Look) -> None:
    look.page.keyboard.press("y")
    image = look.section(SECTION).locator("img")
    assert image.evaluate("image => getComputedStyle(image).filter") == "grayscale(1)"
    assert look.page.get_attribute("#grey", "aria-pressed") == "true"


def test_facing_pages_lie_as_in_the_book(look: Look) -> None:
    look.page.keyboard.press("f")
    boxes = [look.page.locator(f"#page-{n}").bounding_box() for n in (1, 2, 3)]
    cover, verso, recto = (box["x"] for box in boxes if box)
    assert verso < recto == cover


@pytest.mark.slow
def test_keys_go_from_spread_to_spread_in_facing_pages(look: Look) -> None:
    look.page.keyboard.press("f")
    look.page.keyboard.press("Home")
    for key, page in (("j", 2), ("j", 4), ("j", 6), ("k", 4), ("k", 2), ("k", 1)):
        look.page.keyboard.press(key)
        look.page.wait_for_selector(f"#page-{page}.here")
    before = look.generation
    look.bench.replace(LOOK, "#2c5e1a", "#5e1a2c")
    look.await_state("current", after=before)
    look.page.wait_for_selector("#page-22 .badge.changed", state="attached")
    for page in (2, 4, 6):
        look.page.keyboard.press("c")
        look.page.wait_for_selector(f"#page-{page}.here")


@pytest.mark.slow
def test_what_a_change_did_elsewhere_is_on_the_strip(look: Look) -> None:
    before = look.generation
    look.bench.replace(COMPOST, "name: Compost", "name: Composting")
    look.page.wait_for_selector('#against:has-text("Comparing with garden-words.pdf")')
    look.await_state("current", "refused", after=before)
    look.page.wait_for_selector("#strip .changed")
    assert "changed against garden-words.pdf" in look.page.inner_text("#against")
    changed = look.page.locator("#strip .changed").evaluate_all("ticks => ticks.map(t => t.title)")
    assert any("Composting" in title for title in changed)
    assert any("Contents" in title or "What Is Where" in title for title in changed)
    assert not any("Frost" in title for title in changed)
    look.page.keyboard.press("x")
    old = look.section(SECTION).locator(".sheet.was img")
    old.wait_for()
    assert "garden-words.pdf" in (old.get_attribute("alt") or "")
    assert look.section(SECTION).locator(".sheet.was").evaluate(
        "sheet => [getComputedStyle(sheet).position, getComputedStyle(sheet).opacity]"
    ) == ["absolute", "0.5"]
    look.page.keyboard.press("x")
    now, was = (look.section(SECTION).locator(s).bounding_box() for s in (".now", ".was"))
    assert now
    assert was
    assert was["x"] >= now["x"] + now["width"]


@pytest.mark.slow
def test_another_edition_is_put_on_the_desk_at_the_same_place(look: Look) -> None:
    look.page.select_option("#edition", "pocket")
    look.page.wait_for_selector("#page-49")
    look.await_state("current")
    look.page.wait_for_selector(f'.here[data-section="{SECTION}"]')
    look.page.select_option("#edition", "print")
    look.page.wait_for_selector("#page-49", state="detached")
    look.await_state("current")


@pytest.mark.slow
def test_an_edition_that_vanishes_makes_room_for_one_that_is_there(look: Look) -> None:
    look.page.select_option("#edition", "pocket")
    look.page.wait_for_selector("#page-49")
    look.await_state("current")
    look.bench.replace("content/book.yaml", "  pocket:", "  packet:")
    look.page.wait_for_selector("#page-49", state="detached")
    look.await_state("current")
    assert look.page.input_value("#edition") == "print"
    options = look.page.locator("#edition option").all_inner_texts()
    assert options == ["print", "packet"]
    assert look.page.locator('[data-state="current"]').count() >= 22


@pytest.mark.slow
def test_the_edition_can_be_switched_while_the_manuscript_is_broken(look: Look) -> None:
    text = look.bench.read(COMPOST)
    look.bench.write(COMPOST, text.replace("tagline: ", 'tagline: "'))
    look.await_state("broken")
    for edition in ("pocket", "print"):
        before = look.generation
        look.page.select_option("#edition", edition)
        look.await_state("broken", after=before)
    assert look.section(SECTION).get_attribute("data-state") == "last-good"
    look.bench.write(COMPOST, text)
    look.await_state("current")


@pytest.mark.slow
def test_a_project_that_is_moved_away_is_told_and_comes_back(look: Look) -> None:
    folder = look.bench.folder
    away = folder.rename(folder.with_name("away"))
    look.await_state("broken")
    assert look.section(SECTION).get_attribute("data-state") == "last-good"
    before = look.generation
    away.rename(folder)
    look.await_state("current", after=before)


def test_a_term_is_found_by_its_name_or_another_word_of_its(look: Look) -> None:
    look.page.keyboard.press("/")
    look.page.keyboard.type("integrated")
    option = look.page.locator("#found").get_by_role("option").first
    assert option.inner_text().startswith("IPM")
    look.page.keyboard.press("Enter")
    look.page.wait_for_selector('.here[data-section="term-ipm"]')


def test_everything_is_named_and_reached_by_keyboard(look: Look) -> None:
    look.page.keyboard.press("?")
    assert look.page.get_by_role("dialog", name="Keys").is_visible()
    look.page.keyboard.press("Escape")
    names = look.page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, a, img")]
          .filter(e => e.checkVisibility())
          .map(e => e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || e.alt)"""
    )
    assert all(names)
    reached = set()
    for _ in range(40):
        look.page.keyboard.press("Tab")
        reached.add(look.page.evaluate("() => document.activeElement.id"))
    assert {"edition", "search", "links", "compare", "follow", "panel", "help", "pages"} <= reached


def test_letters_can_be_switched_off_as_keys(look: Look) -> None:
    look.page.keyboard.press("?")
    look.page.get_by_label("Letters work as keys").uncheck()
    look.page.keyboard.press("Escape")
    look.page.keyboard.press("y")
    assert look.page.get_attribute("#grey", "aria-pressed") == "false"


def test_pictures_have_the_screens_pixels(preview: Preview, browser: Browser) -> None:
    with looking(preview, browser, dots=2) as look:
        look.open(PLACE)
        look.await_picture(SECTION)
        image = look.section(SECTION).locator("img")
        natural, width = image.evaluate("i => [i.naturalWidth, i.getBoundingClientRect().width]")
        assert natural == 2 * width


def ask(address: str, **headers: str) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as problem:
        problem.close()
        return problem.code, dict(problem.headers)


def test_only_this_machine_and_this_site_are_served(preview: Preview) -> None:
    status, headers = ask(preview.address)
    assert status == 200
    assert "default-src 'none'" in headers["content-security-policy"]
    assert ask(preview.address, Host="evil.example")[0] == 400
    assert ask(preview.address, Origin="https://evil.example")[0] == 403
    assert preview.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "path", ["page/../server.py", "page/%2e%2e/server.py", "content/book.yaml"]
)
def test_nothing_outside_what_it_made_is_served(path: str, preview: Preview) -> None:
    assert ask(preview.address + path)[0] == 404


@pytest.mark.slow
def test_a_given_pdf_is_compared_with_and_ctrl_c_ends_all_cleanly(
    garden: Bench, built_garden: Built, browser: Browser
) -> None:
    garden.replace(COMPOST, "name: Compost", "name: Composting")
    options = ("--compare", str(built_garden.pdf))
    with previewing(garden, *options) as preview, looking(preview, browser) as look:
        look.open(PLACE)
        look.await_state("current", "refused")
        look.page.wait_for_selector('#strip .changed[title*="Composting"]')
        assert not look.page.locator('#strip .changed[title*="Frost"]').count()
        look.page.keyboard.press("x")
        old = look.section(SECTION).locator(".sheet.was img")
        old.wait_for()
        assert built_garden.pdf.name in (old.get_attribute("alt") or "")
        assert not (garden.folder / "dist").exists()
        look.page.goto("about:blank")
        assert ended_by(signal.SIGINT, preview) == (0, "")
    assert list((garden.folder.parent / "scratch").iterdir()) == []


@pytest.mark.slow
def test_of_a_compared_pdf_that_is_written_again_and_again_no_process_stays(
    garden: Bench, built_garden: Built, tmp_path: Path
) -> None:
    given = tmp_path / "given.pdf"
    given.write_bytes(built_garden.build.data)
    seen: set[str] = set()
    with previewing(garden, "--compare", str(given)) as preview:
        for _ in range(4):
            until(lambda: compared_with(preview) not in {"", *seen})
            seen.add(compared_with(preview))
            given.write_bytes(given.read_bytes() + b"\n")
        commands = [Path(f"/proc/{child}/cmdline").read_text() for child in children_of(preview)]
        assert sum("bounded" in command for command in commands) <= 2


def compared_with(preview: Preview) -> str:
    """Return the key of the PDF that a preview compares with; nothing if there is none yet."""
    with urllib.request.urlopen(preview.address + "events") as events:  # noqa: S310 - our own
        state = next(line for line in events if line.startswith(b"data:"))
    baseline = json.loads(state.removeprefix(b"data:"))["baseline"]
    return str(baseline["key"]) if baseline else ""


def children_of(preview: Preview) -> list[int]:
    """Return the processes that a preview has started; on Linux, none elsewhere."""
    tasks = Path(f"/proc/{preview.process.pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def ended_by(number: int, preview: Preview) -> tuple[int, str]:
    """End a preview; return its exit code and last words once its workers are gone as well."""
    children = children_of(preview)
    preview.process.send_signal(number)
    code = preview.process.wait(PATIENCE)
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    assert preview.process.stdout
    return code, preview.process.stdout.read().strip()


@pytest.mark.slow
def test_a_preview_that_ends_as_it_starts_or_with_its_terminal_leaves_nothing(
    garden: Bench,
) -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        with previewing(garden) as preview:
            assert ended_by(number, preview) == (0, "")
        assert list((garden.folder.parent / "scratch").iterdir()) == []


@pytest.mark.slow
def test_the_epub_is_read_as_it_is_after_the_last_save(garden: Bench, browser: Browser) -> None:
    with previewing(with_epub(garden)) as preview, looking(preview, browser) as look:
        look.open()
        look.page.wait_for_selector("#reading:visible")
        address = str(look.page.get_attribute("#reading", "href")).removeprefix("/")
        look.open(address)
        look.page.click("a[href='term-compost.xhtml']")
        assert look.page.inner_text("h1") == "Compost"
        look.page.wait_for_function("() => document.images[0].naturalWidth > 0")  # it is loaded
        assert look.page.evaluate("() => document.fonts.ready.then(f => f.size)") > 0
        edit(look)
        until(lambda: "Hardly anyone does it" in reloaded(look))


def reloaded(look: Look) -> str:
    """Load a page again; return what can be read on it."""
    look.page.reload()
    return str(look.page.inner_text("body"))


def test_a_project_without_an_epub_has_none_to_read(look: Look) -> None:
    assert look.page.is_hidden("#reading")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{look.preview.address}epub/nav.xhtml")  # noqa: S310 - our own


@pytest.mark.slow
def test_the_real_book_keeps_up(book: Built, tmp_path: Path, browser: Browser) -> None:
    bench = copy_project(ROOT, tmp_path / "book")
    shutil.copytree(book.bench.folder / FOLDER, bench.folder / FOLDER)
    with previewing(bench) as preview, looking(preview, browser) as look:
        look.open("#term-rag")
        look.await_picture("term-rag")
        shown = look.shown("term-rag")
        bench.replace("content/terms/rag.yaml", "takeaway: ", "takeaway: So. ")
        look.await_picture("term-rag", shown)
        shown = look.shown("term-rag")
        bench.replace("styles/tokens.css", "--gap-large: ", "--gap-large: 1mm; --gap-huge: ")
        look.await_picture("term-rag", shown)


@pytest.mark.slow
def test_memory_stays_flat(look: Look) -> None:
    if sys.platform != "linux":
        pytest.skip("memory is read from /proc")
    seen = list(soak(look.page, look.bench.folder, look.preview.process.pid, seconds=12))
    middle = len(seen) // 2  # memory goes up and down, as workers grow and are replaced
    assert max(seen[middle:]) < 1.1 * max(seen[:middle])
