"""The site in a real browser: text, search, no errors, WCAG AA, narrow screens, no JavaScript."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from browser import breaches, served
from conftest import Built, BuiltSite
from test_web import BUTTON, owners_page, straight, words

TERM = "/terms/diffusion-model/"
LONGEST = "/terms/natural-language-processing/"
PAGES = ["/", TERM, "/sources/", "/404.html"]


@pytest.fixture(scope="module")
def address(website: BuiltSite) -> Iterator[str]:
    with served(website.folder) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """Open an address; anything that the browser complains about fails the test."""
    complaints: list[str] = []
    context = browser.new_context(**settings)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(address, wait_until="load")
    yield page
    context.close()
    assert complaints == []


def bottom(page: Page, selector: str) -> float:
    """Return where the first element that a selector finds ends, in pixels from the top."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_what_a_reader_sees_is_the_owners_page(browser: Browser, address: str) -> None:
    with opened(browser, address + TERM) as page:
        assert straight(words(page.inner_text("body"))) == owners_page()


@pytest.mark.slow_but_first
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_to_wcag_aa(path: str, colours: Any, browser: Browser, address: str) -> None:
    with opened(browser, address + path, color_scheme=colours) as page:
        assert breaches(page) == []


@pytest.mark.slow_but_first
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_words_in_every_categorys_colours_can_be_read(
    colours: Any, browser: Browser, address: str, book: Built
) -> None:
    with opened(browser, address + TERM, color_scheme=colours) as page:
        for category in book.bench.glossary().categories:
            page.evaluate(f"document.body.className = 'term category-{category.id}'")
            assert breaches(page, "color-contrast") == []


def test_a_breach_of_wcag_would_be_seen(browser: Browser, address: str) -> None:
    with opened(browser, address + "/404.html") as page:
        page.evaluate("document.querySelector('h1').style.color = '#333'")
        page.evaluate("document.querySelector('.wordmark').removeAttribute('aria-label')")
        assert {breach.partition(":")[0] for breach in breaches(page)} == {
            "color-contrast",
            "link-name",
        }


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_price_button_sample_and_pages_are_seen_without_scrolling(
    width: int, height: int, browser: Browser, address: str
) -> None:
    with opened(browser, address, viewport={"width": width, "height": height}) as page:
        assert "$9" in page.inner_text(".offer .button-first")
        for selector in (".button-first", ".button-second", ".offer-adds", ".offer-pages"):
            assert bottom(page, selector) <= height


@pytest.mark.parametrize("path", [TERM, LONGEST])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_a_terms_drawing_and_its_tldr_are_seen_without_scrolling(
    width: int, height: int, path: str, browser: Browser, address: str
) -> None:
    with opened(browser, address + path, viewport={"width": width, "height": height}) as page:
        for selector in (".drawing", ".term-tldr"):
            assert bottom(page, selector) <= height


@pytest.mark.parametrize("path", [TERM, LONGEST])
def test_the_book_is_offered_once_at_the_foot_and_on_a_wide_screen_at_the_top(
    path: str, browser: Browser, address: str
) -> None:
    with opened(browser, address + path, viewport={"width": 1440, "height": 900}) as page:
        assert bottom(page, ".masthead-buy") <= 100
        said = "a => getComputedStyle(a, '::after').content"
        assert page.locator(".masthead-buy").evaluate(said) == f'"{BUTTON}"'
        page.set_viewport_size({"width": 390, "height": 844})
        assert not page.is_visible(".masthead-buy")
        assert page.locator(".call-book:visible").count() == 1
        in_order = [bottom(page, one) for one in ("#nerd", "#related", ".steps", ".call-book")]
        assert in_order == sorted(in_order)


@pytest.mark.slow_but_first
@pytest.mark.parametrize("path", [TERM, LONGEST])
def test_where_there_is_room_the_panel_stays_in_view_beside_the_story(
    path: str, browser: Browser, address: str
) -> None:
    with opened(browser, address + path, viewport={"width": 1280, "height": 800}) as page:
        in_order = [bottom(page, one) for one in ("#tldr", "#plain", "#why", "#nerd", ".steps")]
        assert in_order == sorted(in_order)
        assert bottom(page, "#related") < bottom(page, ".call-book") < bottom(page, "#nerd")
        text, panel = (page.locator(one).bounding_box() for one in ("#nerd", ".call-book"))
        assert text
        assert panel
        assert text["x"] + text["width"] < panel["x"]
        page.evaluate("document.querySelector('#why').scrollIntoView({behavior: 'instant'})")
        assert 0 < bottom(page, ".call-book") <= 800


def test_on_a_phone_the_books_pages_are_seen_without_swiping(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, viewport={"width": 390, "height": 844}) as page:
        shown = page.locator(".inside-pages a").all()
        assert len(shown) == 3
        for one in shown:
            box = one.bounding_box()
            assert box
            assert (round(box["x"]), round(box["width"])) == (16, 358)
        for selector in (".inside", ".offer"):
            assert page.is_visible(f"{selector} .button-second")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_terms_number_ends_at_the_margin_and_is_at_the_foot_beside_its_tile(
    width: int, browser: Browser, address: str
) -> None:
    with opened(browser, address + LONGEST, viewport={"width": width, "height": 844}) as page:
        number, text = (page.locator(f".term-{one}").bounding_box() for one in ("number", "name"))
        assert number
        assert text
        assert round(number["x"] + number["width"]) == round(text["x"] + text["width"])
        said = "e => getComputedStyle(e, '::after').content"
        assert page.locator(".steps .place span").evaluate(said) == '"5 of 75"'
        assert page.locator(".steps .tiles rect").count() == 75
        assert page.get_attribute(".steps .tiles", "viewBox") == "0 0 25 3"
        assert page.locator(".tiles").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_needs_no_scrolling_sideways(
    path: str, browser: Browser, address: str
) -> None:
    with opened(browser, address + path, viewport={"width": 320, "height": 640}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_longest_word_fits_a_narrow_screen(browser: Browser, address: str) -> None:
    with opened(
        browser, f"{address}/terms/explainability", viewport={"width": 320, "height": 640}
    ) as page:
        lines = page.evaluate(
            "document.querySelector('h1').offsetHeight"
            " / parseFloat(getComputedStyle(document.querySelector('h1')).lineHeight)"
        )
        assert round(lines) == 1


def test_the_search_finds_names_taglines_and_other_names(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        for typed, found in {
            "diffusion": ["Diffusion Model"],
            "augmented retrieval": ["RAG"],
            "melted": [],
            "ai's": ["AGI"],
            "ai\u2019s": ["AGI"],
            "IMAGE": ["Text-to-Image"],
        }.items():
            page.fill("#search", typed)
            shown = page.locator(".category-terms li:visible a").all_inner_texts()
            assert [name for name in found if name not in shown] == []
            assert (shown == []) == (found == [])
            count = len(shown)
            says = page.inner_text(".search-result")
            none = f"Nothing about \u201c{typed}\u201d in here."
            assert says == {0: none, 1: "1 term"}.get(count, f"{count} terms")
            assert page.is_visible(".search-all") == (count == 0)
        page.fill("#search", "$& <b>")
        assert page.inner_text(".search-result") == "Nothing about \u201c$& <b>\u201d in here."
        page.click(".search-all")
        assert page.locator(".category-terms li:visible").count() == 75


@pytest.mark.slow
def test_return_opens_the_first_term_found(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/?q=gan") as page:
        page.wait_for_load_state("networkidle")  # leaving would break off what still comes
        page.press("#search", "Enter")
        page.wait_for_url("**/terms/gan/")


@pytest.mark.parametrize(("colours", "is_dark"), [("light", False), ("dark", True)])
def test_a_drawings_ground_is_dark_at_night(
    colours: Any, browser: Browser, address: str, *, is_dark: bool
) -> None:
    with opened(browser, address + TERM, color_scheme=colours) as page:
        seen = page.locator(".drawing").screenshot()
    with Image.open(io.BytesIO(seen)) as image:
        corner = image.convert("L").crop((3, 3, 4, 4)).tobytes()
    assert (corner[0] < 64) == is_dark


@pytest.mark.slow
def test_a_terms_page_leads_to_the_search_from_its_top(browser: Browser, address: str) -> None:
    with opened(browser, address + TERM, viewport={"width": 390, "height": 844}) as page:
        locator = page.get_by_role("link", name="Find a term")
        assert "Find a term" in locator.evaluate("a => getComputedStyle(a, '::after').content")
        assert bottom(page, ".locator") < bottom(page, ".term-name")
        page.wait_for_load_state("networkidle")
        locator.click()
        page.wait_for_url("**/#find")


def test_on_a_phone_the_list_of_terms_has_drawings_and_motifs_in_two_columns_and_is_short(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, viewport={"width": 390, "height": 844}) as page:
        for part in ("", " .motif", " a"):
            assert page.locator(f".category-terms li{part}:visible").count() == 75
        assert page.locator(".category-drawing:visible").count() == 8
        assert page.evaluate("document.documentElement.scrollHeight") < 7000


def test_on_a_phone_what_a_search_found_has_its_tagline(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport={"width": 390, "height": 844}) as page:
        assert page.locator(".category-terms span:visible").count() == 0
        page.fill("#search", "diffusion")
        shown = page.locator(".category-terms li:visible").count()
        assert 0 < shown == page.locator(".category-terms span:visible").count()


def test_the_search_has_an_example_that_it_finds(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        placeholder = page.get_attribute("#search", "placeholder") or ""
        example = placeholder.removeprefix("For example: ")
        page.fill("#search", example)
        assert example in page.locator(".category-terms li:visible a").all_inner_texts()


@pytest.mark.slow
def test_every_drawing_is_seen_whole_with_its_tldr_on_a_phones_first_screen(
    browser: Browser, address: str, book: Built
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    late = []
    for term in book.bench.glossary().terms:
        page.goto(f"{address}/terms/{term.slug}/", wait_until="load")
        late += [term.slug] if bottom(page, ".term-tldr") > 844 else []
    page.close()
    assert late == []


@pytest.mark.slow
def test_without_javascript_all_terms_are_there_and_no_search(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        assert page.locator(".category-terms li:visible").count() == 75
        assert not page.is_visible("#search")
    with opened(browser, address + TERM, java_script_enabled=False) as page:
        assert straight(words(page.inner_text("body"))) == owners_page()


def test_on_paper_there_is_the_term_and_nothing_to_click(browser: Browser, address: str) -> None:
    with opened(browser, address + TERM, color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert page.is_visible(".term-nerd")
        assert not page.is_visible(".calls")
        assert not page.is_visible(".term-offer")
        widths = page.evaluate(
            "['article', '#plain'].map(s => document.querySelector(s).offsetWidth)"
        )
        assert widths[0] == widths[1]
        ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert ink == "rgb(29, 31, 36)"
