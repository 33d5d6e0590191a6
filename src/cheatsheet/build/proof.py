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
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.raster import page_pictures
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


def make_proof(project: Path, edition: str) -> Proof:
    """Make pictures of a built edition's pages, of the drawings, and sheets of both.

    Raises UnknownEditionError.
    """
    glossary, findings = proofread(project)
    if glossary is None:
        return Proof(findings=findings)
    require_edition(glossary, edition)
    file = pdf_path(glossary, edition)
    if not (project / file).exists():
        return Proof(findings=[NO_FILE.finding("there is no such file", Place(file.as_posix()))])
    if not (data := read_made(project / file)):
        return Proof(findings=check_file(project, edition=edition).findings)
    unfit = [*not_made_of(project, data, edition)]  # it may ask for any time and memory
    if unfit:
        return Proof(findings=[replace(one, place=Place(file.as_posix())) for one in unfit])
    pages = _pages(glossary, data)
    terms = {name: image for name, image in pages.items() if "-term-" in name}
    drawings, findings = _drawings(project, glossary)
    if findings:
        return Proof(findings=findings)
    return _write(project, {"pictures": drawings, "terms": terms, "book": pages})


def proof_pictures(project: Path, edition: str) -> Proof:
    """Make pictures of the drawings alone, and a sheet of them, with what lint says of them.

    Raises UnknownEditionError.
    """
    glossary, findings = proofread(project)
    if glossary is None:
        return Proof(findings=findings)
    require_edition(glossary, edition)
    drawings, drawing_findings = _drawings(project, glossary)
    proof = Proof() if drawing_findings else _write(project, {"pictures": drawings})
    proof.findings.extend(f for f in findings if f.code.startswith("picture-"))
    proof.findings.extend(drawing_findings)
    return proof


def _pages(glossary: Glossary, pdf: bytes) -> dict[str, Image.Image]:
    """Return a picture of each page of a PDF, by a name that says its number and section."""
    names: dict[int, str] = {}
    with read_pdf(pdf) as reading:
        if isinstance(reading, PypdfView):
            for section in make_sections(glossary):
                if section.id in reading.destinations:
                    names[reading.destinations[section.id].page] = section.id
    pages: dict[str, Image.Image] = {}
    with page_pictures(pdf) as pictures:
        name = "page"
        for index in range(len(pictures)):
            name = names.get(index + 1, name)
            pages[f"{index + 1:03}-{name}"] = pictures.picture(index, PIXELS_PER_PT)
    return pages


def _drawings(project: Path, glossary: Glossary) -> tuple[dict[str, Image.Image], list[Finding]]:
    """Return a picture of each drawing that can be drawn, by slug, in book order; or why none."""
    return draw_pictures(project, glossary, glossary.terms, PIXELS_PER_UNIT)


def _write(project: Path, groups: Mapping[str, Mapping[str, Image.Image]]) -> Proof:
    """Write pictures and sheets into a fresh dist/proof/."""
    proof = Proof()
    with replaced_folder(project / FOLDER) as new:
        for name, pictures in groups.items():
            if name != "terms":  # they are among the book's pages
                folder = PurePath("pages" if name == "book" else name)
                for stem, image in pictures.items():
                    proof.files.append(_save(new, folder / f"{stem}.png", image))
            if pictures:
                sheet = contact_sheet(pictures, SHEETS[name])
                proof.files.append(_save(new, PurePath(f"{name}.png"), sheet))
                proof.files.append(_save(new, PurePath(f"{name}-grey.png"), sheet.convert("L")))
    return proof


def _save(new: Path, file: PurePath, image: Image.Image) -> PurePath:
    """Write a picture into the new folder and return the file that it will be."""
    path = new / file
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, compress_level=4)
    return FOLDER / file


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
