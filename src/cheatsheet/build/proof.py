"""A built book → pictures to look at: its pages, and sheets of many of them, in colour and grey.

dist/proof/ is made anew each time. `pictures/` has each drawing alone, at `PIXELS_PER_UNIT` pixels
a unit; it needs no built book.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from PIL import Image, ImageDraw, ImageFont

from cheatsheet.build.checking import NO_FILE, check_file, not_made_of
from cheatsheet.findings import Finding, Place
from cheatsheet.layout.pictures import draw_pictures
from cheatsheet.lint.proofreading import proofread
from cheatsheet.model.editions import DIST, pdf_path, require_edition
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import make_sections
from cheatsheet.reader.raster import PagePictures
from cheatsheet.system.reading import read_made
from cheatsheet.system.writing import replaced_folder

FOLDER = DIST / "proof"
PIXELS_PER_PT = 1.5
PIXELS_PER_UNIT = 3  # of a drawing
GAP, CAPTION = 12, 18  # px between the pictures of a sheet, and under each for its name
PAPER, INK, GROUND = "#ffffff", "#1d1f24", "#d9dbe0"


@dataclass
class Proof:
    """What was made: PNG files, relative to the project; and what is wrong."""

    files: list[PurePath] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """How a sheet of many pictures is laid out: columns, and the width of each in px."""

    columns: int
    width: int


SHEETS = {"pictures": Sheet(5, 504), "terms": Sheet(10, 440), "book": Sheet(12, 240)}


def make_proof(project: Path, edition: str, *, drawings_alone: bool = False) -> Proof:
    """Make pictures of a built edition's pages, of the drawings, and sheets of both.

    The drawings alone need no built book, and come with what lint says of them. Raises
    UnknownEditionError.
    """
    glossary, findings = proofread(project)
    if glossary is None:
        return Proof(findings=findings)
    require_edition(glossary, edition)
    pages: dict[str, Image.Image] = {}
    said = [one for one in findings if one.code.startswith("picture-")] if drawings_alone else []
    if not drawings_alone:
        data, unfit = _built(project, pdf_path(glossary, edition), edition)
        if unfit:
            return Proof(findings=unfit)
        pages = _pages(glossary, data)
    drawings, findings = draw_pictures(project, glossary, glossary.terms, PIXELS_PER_UNIT)
    files = [] if findings else _write(project, drawings, pages)
    return Proof(files, [*said, *findings])


def _built(project: Path, file: PurePath, edition: str) -> tuple[bytes, list[Finding]]:
    """Return a built edition's bytes, and why they may not be drawn."""
    place = Place(file.as_posix())
    if not (project / file).exists():
        return b"", [NO_FILE.finding("there is no such file", place)]
    if not (data := read_made(project / file)):
        return b"", check_file(project, edition=edition).findings
    unfit = not_made_of(project, data, edition)  # it may ask for any time and memory
    return data, [replace(one, place=place) for one in unfit]


def _pages(glossary: Glossary, pdf: bytes) -> dict[str, Image.Image]:
    """Return a picture of each page of a PDF, by a name that says its number and section."""
    pages: dict[str, Image.Image] = {}
    with PagePictures(pdf) as pictures:
        starts, name = pictures.destinations(), "page"
        names = {starts[one.id]: one.id for one in make_sections(glossary) if one.id in starts}
        for index in range(len(pictures)):
            name = names.get(index, name)
            pages[f"{index + 1:03}-{name}"] = pictures.picture(index, PIXELS_PER_PT)
    return pages


def _write(
    project: Path, drawings: Mapping[str, Image.Image], pages: Mapping[str, Image.Image]
) -> list[PurePath]:
    """Write pictures and sheets into a fresh dist/proof/; return the files."""
    terms = {name: image for name, image in pages.items() if "-term-" in name}
    images = {f"pictures/{slug}": image for slug, image in drawings.items()}
    images |= {f"pages/{name}": image for name, image in pages.items()}
    for name, group in (("pictures", drawings), ("terms", terms), ("book", pages)):
        if group:
            images[name] = contact_sheet(group, SHEETS[name])
            images[f"{name}-grey"] = images[name].convert("L")
    with replaced_folder(project / FOLDER) as new:
        for name, image in images.items():
            path = new / f"{name}.png"
            path.parent.mkdir(exist_ok=True)
            image.save(path, compress_level=4)
    return [FOLDER / f"{name}.png" for name in images]


def contact_sheet(pictures: Mapping[str, Image.Image], sheet: Sheet) -> Image.Image:
    """Return one picture of many, row by row, each over its name.

    All are taken to be of the first one's proportions.
    """
    first = next(iter(pictures.values()))
    height = round(first.height * sheet.width / first.width)
    step_x, step_y = sheet.width + GAP, height + CAPTION + GAP
    columns = min(sheet.columns, len(pictures))
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * step_x + GAP, rows * step_y + GAP), GROUND)
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(CAPTION * 0.7)
    for index, (name, image) in enumerate(pictures.items()):
        x, y = GAP + index % columns * step_x, GAP + index // columns * step_y
        whole.paste(image.resize((sheet.width, height), Image.Resampling.LANCZOS), (x, y))
        draw.text((x, y + height + 2), name, INK, font)
    return whole
