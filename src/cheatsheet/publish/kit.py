"""Finished editions → dist/kit: what a shop's page needs, in files, one zip, and their digests.

Page pictures show only what the free sample shows too.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path, PurePath

from cheatsheet.build.checking import check_built
from cheatsheet.findings import Finding, Place, error, has_errors
from cheatsheet.lint.proofreading import load_whole
from cheatsheet.model.editions import DEFAULT_EDITION, DIST, edition_path, list_editions, pdf_path
from cheatsheet.model.examples import how_to_add
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import make_sections
from cheatsheet.model.selling import Sample
from cheatsheet.publish.changelog import READERS, Release, read_changelog
from cheatsheet.publish.posts import make_posts
from cheatsheet.reader.raster import PagePictures, fan, fit_width, on_square, png
from cheatsheet.stylesheets import declared_tokens, read_styles
from cheatsheet.system.archive import pack_zip
from cheatsheet.system.reading import read_made, read_text
from cheatsheet.system.writing import clear_leftovers, replace_folder

KIT = DIST / "kit"
COVER_WIDTHS = (400, 800, 1600)  # px
PAGE_WIDTH = 1200
THUMBNAIL = 600  # shops cut thumbnails square
FAN = (2560, 1440)  # 16 : 9, what shops ask for
PIXELS_PER_PT = 3
FILE_NAME = re.compile(r"\w[\w.+-]{0,39}")  # what a version must be, for the zip has it in its name

CHANGELOG = error(
    "kit-changelog",
    "CHANGELOG.md does not say what is new in the book's last version.",
    "give it an entry `## [version] - date` with a part `### For readers of the book`",
)
SAMPLE = error(
    "kit-sample",
    "The kit needs a free sample, and no edition is one.",
    "give one of the editions in content/book.yaml a `sample`",
)

BOOK = error(
    "kit-book",
    "A file in dist/ was built anew while it was checked for the kit.",
    "make the kit again when no build runs",
)

Progress = Callable[[str, str, int, int], None]
"""Is told the stage, what is being done in it, how many are done, and of how many."""


@dataclass
class Kit:
    """The files of a kit by name, and what was wrong. Nothing is written where there are errors."""

    folder: PurePath = KIT
    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the kit was written."""
        return bool(self.files)

    @property
    def summary(self) -> str:
        """A line for each file, or one that says that there is none."""
        sizes = {name: len(data) / 1024 for name, data in self.files.items()}
        lines = (f"{self.folder.as_posix()}/{name}: {kb:.0f} KB" for name, kb in sizes.items())
        return "\n".join(lines) or "No kit was made."

    @property
    def facts(self) -> dict[str, dict[str, int]]:
        """The size of each file in bytes, for JSON."""
        return {"files": {name: len(data) for name, data in self.files.items()}}


def make_kit(project: Path, progress: Progress) -> Kit:
    """Write dist/kit from the editions in dist/, after checking them. Raises OSError."""
    kit = Kit()
    clear_leftovers(project / DIST)
    glossary, kit.findings = load_whole(project)
    sold = _checked(project, glossary, kit.findings, progress) if glossary else {}
    release = _release(project, kit.findings)
    if glossary is None:
        return kit
    sample = next((one.sample for one in glossary.book.editions.values() if one.sample), None)
    if sample is None:
        place = glossary.place("book.yaml", ("editions",))
        hint = how_to_add("sample")
        kit.findings.append(SAMPLE.finding("no edition has a `sample`", place, hint))
    if sample and release and not has_errors(kit.findings):
        progress("kit", "pictures", 0, 1)
        posts, findings = make_posts(project, glossary)
        kit.findings.extend(findings)
        if not has_errors(findings):
            kit.files = dict(_files(project, glossary, sample, release, {**sold, **posts}))
            replace_folder(project / KIT, kit.files)
    return kit


def _checked(
    project: Path, glossary: Glossary, findings: list[Finding], progress: Progress
) -> dict[str, bytes]:
    """Return the editions for buyers by file name; add what is wrong with them."""
    sold = {}
    names = sold_editions(glossary)
    for number, edition in enumerate(names):
        progress("check", edition, number, len(names))
        path = edition_path(glossary, edition)
        sold[path.name] = read_made(project / path)
        found = check_built(project, path, edition)
        findings.extend(one for one in found if one not in findings)
        if read_made(project / path) != sold[path.name]:
            findings.append(BOOK.finding("it was built anew meanwhile", Place(path.as_posix())))
    return sold


def _release(project: Path, findings: list[Finding]) -> Release | None:
    """Return what CHANGELOG.md says of this version; None, with a finding, if nothing."""
    file = PurePath("CHANGELOG.md")
    text, problems = read_text(project, file) if lexists(project / file) else ("", [])
    if problems:
        findings.extend(problems)
        return None
    releases = read_changelog(text)
    found = next((one for one in releases if one.date), None)
    if found is None or not found.part(READERS):
        missing = f"{found.version} has no part `{READERS}`" if found else "no version has a date"
        message = f"it does not say what is new: {missing}"
    elif not FILE_NAME.fullmatch(found.version):
        message = f"`{found.version}` is no version, by which a file can be named"
    else:
        return found
    findings.append(CHANGELOG.finding(message, Place(file.name)))
    return None


def _files(
    project: Path, glossary: Glossary, sample: Sample, release: Release, made: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield the kit's files: (name, bytes); the zip and the digests come last.

    `made` are the editions, as they were checked, and the posts. The digests are such as
    `sha256sum --check` reads them.
    """
    files = {**made}
    files |= _pictures(project, glossary, sample, files[pdf_path(glossary, DEFAULT_EDITION).name])
    files["release-notes.md"] = f"{release.text}\n".encode()
    files["whats-new.md"] = f"{release.part(READERS)}\n".encode()
    name = f"{glossary.book.stem}-kit-{release.version}"
    files[f"{name}.zip"] = pack_zip({f"{name}/{file}": files[file] for file in sorted(files)})
    yield from files.items()
    sums = (f"{hashlib.sha256(files[file]).hexdigest()}  {file}\n" for file in sorted(files))
    yield "SHA256SUMS", "".join(sums).encode()


def sold_editions(glossary: Glossary) -> list[str]:
    """Return the names of the editions for buyers, which are all but those for a print shop."""
    editions = glossary.book.editions
    with_bleed = {name for name, edition in editions.items() if edition.page_size.bleed}
    return [name for name in list_editions(glossary) if name not in with_bleed]


def _pictures(
    project: Path, glossary: Glossary, sample: Sample, data: bytes
) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of the print edition's pages: (name, PNG)."""
    paper = declared_tokens(read_styles(project, DEFAULT_EDITION)[0]).get("--tint", "#eeeeee")
    with PagePictures(data) as pictures:
        pages = pictures.destinations()
        shown = [one.id for one in make_sections(glossary, sample) if one.shown and one.id in pages]
        terms = [one for one in shown if one.startswith("term-")]
        openers = [one for one in shown if one.startswith("category-")]
        images = {
            one: pictures.picture(pages[one], PIXELS_PER_PT)
            for one in dict.fromkeys(("cover", *openers[:1], *terms, *(set(shown) & {"map"})))
        }
    for width in COVER_WIDTHS:
        yield f"cover-{width}.png", png(fit_width(images["cover"], width))
    yield "thumbnail.png", png(on_square(images["cover"], THUMBNAIL, paper))
    spread = [images[one] for one in ("map", *openers[:1], *terms[:1]) if one in images]
    yield "pages.png", png(fan(images["cover"], spread, FAN, paper))
    for one in terms:
        yield f"page-{one.removeprefix('term-')}.png", png(fit_width(images[one], PAGE_WIDTH))
