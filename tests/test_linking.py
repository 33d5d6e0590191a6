"""Sections are made once, by workers, and linked: the same bytes however it is done."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from operator import mul
from pathlib import Path
from threading import Lock

import pypdf
import pytest

from cheatsheet.build.builder import Builder
from cheatsheet.build.last import Build
from cheatsheet.findings import NOWHERE
from cheatsheet.layout.edition_build import set_up
from cheatsheet.layout.pagination import paginate
from cheatsheet.pdf.linker import Part, link
from cheatsheet.pdf.making import NotTriedError, make_alone
from cheatsheet.pdf.pool import LIFETIME, JobError, OutOfTimeError, WorkerPool
from cheatsheet.pdf.section import SectionFile, pack_section, read_style_set, unpack_section
from cheatsheet.pdf.store import FOLDER, Store
from cheatsheet.reader.raster import page_pictures
from cheatsheet.reader.seal import IDENTIFIER
from cheatsheet.stylesheets import read_styles
from conftest import PATIENCE, Bench, Built, only, until
from test_publish_sample import add_sample

COMPOST = "content/terms/compost.yaml"
LOOK = "styles/look.css"


@pytest.fixture
def garden(cold_garden: Bench) -> Bench:
    """The garden book with an empty cache."""
    return cold_garden


def worker_id() -> int:
    return os.getpid()


def end_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> None:
    time.sleep(3600)


def fail(message: str) -> None:
    raise ValueError(message)


@pytest.mark.slow_but_first
@pytest.mark.parametrize("jobs", [1, 4])
def test_the_bytes_are_the_same_with_any_number_of_workers(jobs: int, built_garden: Built) -> None:
    with Builder(built_garden.bench.folder, jobs=jobs, cache=False) as builder:
        build = builder.build()
    assert build.layouts >= build.pages - 2
    assert build.data == built_garden.build.data


@pytest.mark.slow
def test_the_bytes_are_the_same_from_the_cache(garden: Bench, built_garden: Built) -> None:
    assert garden.build().data == built_garden.build.data
    forget_the_build(garden)
    warm = garden.build()
    assert warm.layouts == 0
    assert not warm.unchanged
    files = [warm.data, built_garden.build.data]  # the seal tells a comment too
    assert len({IDENTIFIER.sub(b"", data) for data in files}) == 1


def forget_the_build(garden: Bench) -> None:
    """Change what no page shows, so that the book is linked again."""
    garden.append(COMPOST, "# nothing\n")


def test_a_build_without_a_change_does_nothing(garden: Bench) -> None:
    first, again = garden.build(), garden.build()
    assert again.unchanged
    assert (again.pdf, again.data, again.pages) == (first.pdf, first.data, first.pages)
    assert again.counts == first.counts


@pytest.mark.slow
def test_a_pdf_that_is_gone_or_another_is_made_again(garden: Bench) -> None:
    first = garden.build()
    pdf = garden.folder / "dist/garden-words.pdf"
    for spoil in (pdf.unlink, lambda: pdf.write_bytes(b"%PDF-1.7 another")):
        spoil()
        assert garden.build().ok
        assert pdf.read_bytes() == first.data


@pytest.mark.slow
def test_the_main_process_does_without_the_renderer(garden: Bench) -> None:
    code = (
        "import sys; from pathlib import Path; from cheatsheet.build.builder import Builder\n"
        f"with Builder(Path({str(garden.folder)!r})) as builder: assert builder.build().ok\n"
        "assert 'weasyprint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own program


@pytest.mark.slow
def test_what_has_not_changed_is_found_out_with_little(garden: Bench) -> None:
    garden.build()
    code = (
        "import sys; from cheatsheet.cli import main\n"
        f"main(['-C', {str(garden.folder)!r}, 'build'], standalone_mode=False)\n"
        "assert sys.modules.keys().isdisjoint({'pydantic', 'jinja2', 'cheatsheet.build.builder'})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert "nothing has changed" in run.stdout


@pytest.mark.slow
def test_editions_share_the_workers_and_the_cache(garden: Bench) -> None:
    add_sample(garden)
    with Builder(garden.folder) as builder:
        builds = builder.build_all()
    assert all(build.ok for build in builds)
    assert all(build.unchanged for build in Builder(garden.folder).build_all())


@pytest.mark.slow_but_first
@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100_000])
def test_a_damaged_entry_is_made_again(damage: bytes, garden: Bench, built_garden: Built) -> None:
    garden.build()
    for entry in (garden.folder / FOLDER).iterdir():
        if entry.suffix != ".TAG" and entry.name != ".gitignore":
            entry.write_bytes(damage)
    again = garden.build()
    assert again.layouts > 0
    assert again.data == built_garden.build.data


def test_an_entry_under_anothers_name_is_not_taken(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("a" * 40, b"one")
    shutil.copy(tmp_path / FOLDER / ("a" * 40), tmp_path / FOLDER / ("b" * 40))
    assert Store(tmp_path).get("a" * 40) == b"one"
    assert Store(tmp_path).get("b" * 40) is None


def test_the_cache_stays_in_its_bounds_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=10_000)
    keys = [f"{number:040}" for number in range(20)]
    for number, key in enumerate(keys):
        store.put(key, bytes(1000))
        os.utime(tmp_path / FOLDER / key, (number, number))
    assert store.get(keys[0])  # which makes it the one that was used last
    (tmp_path / FOLDER / "folder").mkdir()
    (tmp_path / FOLDER / "link").symlink_to(tmp_path / "nowhere")
    store.trim()
    kept = [key for key in keys if (tmp_path / FOLDER / key).exists()]
    assert keys[0] in kept
    assert keys[-1] in kept
    assert keys[1] not in kept
    assert len(kept) <= 9


@pytest.mark.slow
def test_the_cache_says_what_it_is(garden: Bench) -> None:
    garden.build()
    assert garden.read(f"{FOLDER}/CACHEDIR.TAG").startswith("Signature: 8a477f597d28d172789f0688")
    assert garden.read(f"{FOLDER}/.gitignore") == "*\n"


@pytest.mark.slow
def test_a_folder_that_cannot_be_had_costs_the_cache_alone(garden: Bench) -> None:
    garden.write(FOLDER, "in the way")
    assert garden.build().ok
    assert garden.read(FOLDER) == "in the way"


@pytest.mark.slow
def test_a_link_out_of_the_project_is_no_cache(garden: Bench, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (garden.folder / FOLDER).symlink_to(tmp_path / "elsewhere")
    assert garden.build().ok
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("kind", ["a pipe", "a folder"])
def test_an_entry_that_is_no_file_is_made_again(kind: str, tmp_path: Path) -> None:
    store, path = Store(tmp_path), tmp_path / FOLDER / ("a" * 40)
    os.mkfifo(path) if kind == "a pipe" else path.mkdir()
    assert store.get("a" * 40) is None
    store.put("a" * 40, b"one")
    assert store.get("a" * 40) == b"one"


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond 1,000 bytes while the body runs, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_costs_the_cache_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with full_disk():
        store.put("a" * 40, bytes(5000))
    assert store.get("a" * 40) == bytes(5000)
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {"CACHEDIR.TAG", ".gitignore"}


@pytest.mark.slow
def test_no_cache_reads_and_writes_none(garden: Bench) -> None:
    garden.build(cache=False)
    assert not (garden.folder / FOLDER).exists()


def test_a_pool_may_be_closed_while_it_hands_out_jobs() -> None:
    for size in range(0, 20_000_000, 2_000_000):  # some are being sent at that moment
        with WorkerPool(1) as pool:
            done = pool.submit(len, bytes(size))
        with suppress(JobError):
            assert done.result(PATIENCE) == size


def test_a_job_for_a_pool_that_is_closed_is_refused_and_not_waited_for() -> None:
    pool = WorkerPool(1)
    pool.close()
    with pytest.raises(JobError, match="the build was stopped"):
        pool.submit(worker_id).result(PATIENCE)


def test_a_job_that_cannot_be_sent_is_refused_and_the_next_is_done() -> None:
    with WorkerPool(1) as pool:
        with pytest.raises(TypeError, match="cannot pickle"):
            pool.submit(print, Lock()).result(PATIENCE)
        assert pool.submit(len, "abc").result(PATIENCE) == 3


@pytest.mark.slow
def test_a_worker_that_dies_costs_one_job() -> None:
    with WorkerPool(1) as pool:
        first = pool.submit(worker_id).result(PATIENCE)
        with pytest.raises(JobError, match=r"crashed \(SIGKILL\)"):
            pool.submit(end_worker).result(PATIENCE)
        assert pool.submit(worker_id).result(PATIENCE) != first


def test_a_full_folder_of_temporary_files_is_named() -> None:
    with WorkerPool(1) as pool, pytest.raises(JobError, match=r"no room for temporary files in /"):
        pool.submit(Path.write_text, Path("/dev/full"), "no disk takes it").result()


def test_a_limit_of_files_is_named(tmp_path: Path) -> None:
    with WorkerPool(1) as pool:
        pool.submit(resource.setrlimit, resource.RLIMIT_FSIZE, (10, 10)).result(PATIENCE)
        with pytest.raises(JobError, match="see ulimit -f"):
            pool.submit(Path.write_text, tmp_path / "file", "no file is so long").result(PATIENCE)


PRINTS = """
import os
from cheatsheet.pdf.pool import WorkerPool
with WorkerPool(1) as pool:
    print(pool.submit(os.write, 2, b"Pango-CRITICAL").result())
"""


def test_what_a_library_prints_in_a_worker_is_not_shown() -> None:
    command = [sys.executable, "-c", PRINTS]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)  # noqa: S603 - our own program
    assert (done.stdout, done.stderr) == ("14\n", "")


def test_a_worker_that_hangs_is_given_up() -> None:
    with WorkerPool(1, limit_s=0.5) as pool, pytest.raises(JobError, match=r"more than 0.5 s"):
        pool.submit(hang).result(PATIENCE)


TAKES = """
from operator import mul
from cheatsheet.pdf.pool import JobError, WorkerPool
with WorkerPool(1) as pool:
    try:
        pool.submit(mul, b"x", 1_900_000_000).result()
    except JobError as problem:
        print(problem)
"""


def test_a_worker_has_so_much_memory_and_says_how_much() -> None:
    with WorkerPool(1) as pool:
        with pytest.raises(JobError, match=r"more than 2000 MB of memory"):
            pool.submit(mul, b"x", 2_100_000_000).result(PATIENCE)
        assert pool.submit(mul, b"x", 3).result(PATIENCE) == b"xxx"


def test_under_a_smaller_limit_of_the_shell_the_message_says_that_one() -> None:
    code = f"ulimit -v 1500000; exec {sys.executable} -c '{TAKES}'"
    command = ["/bin/bash", "-c", code]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    assert "more than 1536 MB of memory" in said


class Idle:
    """An executor that does nothing; its futures are set by a test."""

    def __init__(self) -> None:
        self.futures: list[Future[bytes]] = []

    def submit(self, *_: object) -> Future[bytes]:
        self.futures.append(Future())
        return self.futures[-1]


def test_after_a_section_without_end_no_other_is_tried(garden: Bench) -> None:
    idle = Idle()
    edition = set_up(garden.folder, garden.glossary(), "print", Store(None), idle)
    answers = [edition.make(f"section {number}") for number in range(3)]
    idle.futures[1].set_exception(OutOfTimeError("no end"))
    for answer in (answers[0], answers[2], edition.make("section 3")):
        with pytest.raises(NotTriedError):
            answer.result(0)
    with pytest.raises(OutOfTimeError):
        answers[1].result(0)
    assert len(idle.futures) == 3


def test_what_the_renderer_fails_at_everywhere_is_one_finding(garden: Bench) -> None:
    edition = set_up(garden.folder, garden.glossary(), "print", Store(None), Idle())

    def make(_: str) -> Future[SectionFile]:
        answer: Future[SectionFile] = Future()
        answer.set_exception(JobError("the renderer failed: no"))
        return answer

    (finding,) = paginate(edition.paginator, make, lambda *_: None).findings
    assert finding.message.endswith("others: the renderer failed: no")
    assert finding.place.file == "content/book.yaml"


def test_what_a_job_raises_is_told() -> None:
    with WorkerPool(1) as pool, pytest.raises(JobError, match="ValueError: too deep"):
        pool.submit(fail, "too deep").result(PATIENCE)


@pytest.mark.slow
def test_a_worker_is_replaced_after_so_many_jobs() -> None:
    with WorkerPool(1) as pool:
        jobs = [pool.submit(worker_id).result(PATIENCE) for _ in range(LIFETIME + 1)]
    assert len(set(jobs)) == 2


def test_a_closed_pool_ends_what_is_running() -> None:
    with WorkerPool(1) as pool:
        process = pool.submit(worker_id).result(PATIENCE)
        running, waiting = pool.submit(hang), pool.submit(worker_id)
    for future in (running, waiting):
        with pytest.raises(JobError):
            future.result(PATIENCE)
    assert not Path(f"/proc/{process}").exists()


@pytest.mark.parametrize("css", ["li::marker { content: 'x'; }"])
def test_what_the_renderer_fails_at_is_a_finding_of_the_section(css: str, garden: Bench) -> None:
    garden.append(LOOK, f"{css}\n")
    build = garden.build()
    assert not build.ok
    assert {f.code for f in build.findings} == {"layout-engine"}
    assert all(f.place.file for f in build.findings)


@pytest.mark.slow
def test_a_text_that_moved_in_its_file_has_its_new_line(garden: Bench) -> None:
    garden.replace(COMPOST, "Nobody gets", "And so on and on. " * 90 + "Nobody gets")
    before = only(garden.build().findings, "fit-overflow").place
    garden.write(COMPOST, "# one\n# two\n" + garden.read(COMPOST))
    after = only(garden.build().findings, "fit-overflow").place
    assert after.line == (before.line or 0) + 2


def test_a_link_to_no_section_is_a_finding(garden: Bench) -> None:
    html = '<html lang="en"><title>t</title><p><a href="#nowhere">words</a></p>'
    styles, _ = read_styles(garden.folder, "print")
    file, _ = make_alone(garden.folder, styles, html)
    assert file is not None
    style_set = read_style_set(garden.folder, styles)
    linked = link([Part(file, 1, NOWHERE, "")], [(0, False, 1)], style_set, "print")
    (finding,) = linked.findings
    assert finding.code == "bind-target"
    assert "`nowhere`" in finding.message


def test_styles_that_are_wrong_are_all_that_is_said_of_a_document(garden: Bench) -> None:
    for font in (garden.folder / "fonts").rglob("*.ttf"):
        font.unlink()
    html = '<html lang="en"><title>t</title><h1>One</h1>'
    file, findings = make_alone(garden.folder, read_styles(garden.folder, "print")[0], html)
    assert file is None
    assert {finding.code for finding in findings} == {"layout-fetch"}


def test_characters_of_a_card_that_no_font_has_are_one_finding(garden: Bench) -> None:
    html = '<html lang="en"><title>t</title><p>שלום עולם</p>'
    (finding,) = make_alone(garden.folder, read_styles(garden.folder, "print")[0], html)[1]
    assert finding.code == "bind-glyph"
    assert finding.message.endswith(", nor 4 more characters")


def test_a_section_file_is_the_same_after_packing(garden: Bench) -> None:
    html = '<html lang="en"><title>t</title><h1 id="a">One</h1><p><a href="#a">words</a></p>'
    file, _ = make_alone(garden.folder, read_styles(garden.folder, "print")[0], html)
    assert file is not None
    assert unpack_section(pack_section(file)) == file


def test_a_page_looks_the_same_alone_and_in_the_book(built_garden: Built) -> None:
    folder, glossary = built_garden.bench.folder, built_garden.bench.glossary()
    with WorkerPool(1) as pool:
        edition = set_up(folder, glossary, "print", Store(folder), pool)
        pagination = edition.lay_out(lambda *_: None)
    page = 0
    with page_pictures(built_garden.build.data) as book:
        for section in pagination.sections:
            with page_pictures(pagination.files[section.id].pdf) as alone:
                for index in range(len(alone)):
                    assert alone.picture(index, 1).tobytes() == book.picture(page, 1).tobytes()
                    page += 1
    assert page == built_garden.build.pages


def test_each_font_stands_in_the_book_once(book: Built) -> None:
    fonts: dict[str, set[int]] = {}
    for page in pypdf.PdfReader(book.pdf).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            fonts.setdefault(descriptor["/FontName"], set()).add(
                descriptor.raw_get("/FontFile2").idnum
            )
    assert len(fonts) > 3
    assert all(len(files) == 1 for files in fonts.values())


def run_build(folder: Path, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "cheatsheet", "build", "-C", str(folder), *options]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def session_of(process: "subprocess.Popen[str]") -> list[str]:
    """Return the processes of a process's session, it and its children, that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(process.pid) and fields[0] != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.slow_but_first
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_stopped_leaves_no_process_and_no_half(
    sign: signal.Signals, garden: Bench, built_garden: Built
) -> None:
    process = run_build(garden.folder)
    until(lambda: (garden.folder / FOLDER).is_dir() and len(session_of(process)) > 2)
    process.send_signal(sign)
    process.communicate(timeout=PATIENCE)
    until(lambda: not session_of(process))
    assert not (garden.folder / "dist").exists()
    assert garden.build().data == built_garden.build.data


@pytest.mark.slow
def test_two_builds_at_once_share_the_cache(garden: Bench, built_garden: Built) -> None:
    both = [run_build(garden.folder), run_build(garden.folder)]
    for process in both:
        output, _ = process.communicate(timeout=2 * PATIENCE)
        assert process.returncode == 0, output
    assert (garden.folder / "dist/garden-words.pdf").read_bytes() == built_garden.build.data
    assert sorted(p.name for p in (garden.folder / "dist").iterdir()) == ["garden-words.pdf"]


@pytest.mark.slow
def test_another_executor_makes_the_same_bytes_without_seeing_the_project(
    garden: Bench, built_garden: Built
) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster) as client,
        Builder(garden.folder, cache=False, executor=client.get_executor()) as builder,
    ):
        build: Build = builder.build()
    assert build.data == built_garden.build.data
