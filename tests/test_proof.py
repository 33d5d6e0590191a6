"""`cheatsheet proof`: pictures of a built book, and of drawings without one."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result
from PIL import Image

from cheatsheet.build.proof import Sheet, contact_sheet, make_proof
from cheatsheet.cli import main
from conftest import Bench, Built, changed

COMPOST = "content/pictures/compost.svg"


def proof(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), "proof", *arguments])


def test_a_built_book_becomes_pages_and_sheets(built_garden: Built) -> None:
    folder = built_garden.bench.folder
    result = proof(folder)
    made = folder / "dist/proof"
    assert result.exit_code == 0, result.output
    pages = sorted(path.name for path in (made / "pages").iterdir())
    assert len(pages) == 22
    assert pages[0] == "001-cover.png"
    assert any(name.endswith("-term-compost.png") for name in pages)
    assert len(list((made / "pictures").iterdir())) == 12
    for name in ("book", "terms", "pictures"):
        with Image.open(made / f"{name}.png") as sheet:
            assert sheet.mode == "RGB"
        with Image.open(made / f"{name}-grey.png") as sheet:
            assert sheet.mode == "L"


def test_a_page_that_is_gone_is_gone_from_the_proof(built_garden: Built) -> None:
    folder = built_garden.bench.folder
    old = folder / "dist/proof/pages/999-old.png"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(b"old")
    assert proof(folder).exit_code == 0
    assert not old.exists()


def test_drawings_need_no_built_book_and_are_large_enough_to_judge(garden: Bench) -> None:
    garden.replace("styles/look.css", "--leaf: #2c5e1a", "--leaf: #7a1f5c")
    result = proof(garden.folder, "--pictures")
    assert result.exit_code == 0, result.output
    assert not (garden.folder / "dist/proof/pages").exists()
    with Image.open(garden.folder / "dist/proof/pictures/compost.png") as image:
        assert image.size == (1008, 252)
        colours = {colour for _, colour in image.getcolors(100_000) or ()}
    assert (0x7A, 0x1F, 0x5C) in colours  # a recoloured book recolours its drawings


def test_a_drawing_with_a_fault_is_shown_and_one_that_cannot_be_drawn_is_left_out(
    garden: Bench,
) -> None:
    garden.replace(COMPOST, "</svg>", '<circle cx="2" cy="30" r="5"/></svg>')
    garden.replace("content/pictures/mulch.svg", "</svg>", "<g>")
    result = proof(garden.folder, "--pictures")
    pictures = garden.folder / "dist/proof/pictures"
    assert result.exit_code == 1
    assert "picture-outside" in result.output
    assert "picture-syntax" in result.output
    assert (pictures / "compost.png").is_file()
    assert not (pictures / "mulch.png").exists()


def test_a_proof_needs_a_built_book_and_an_edition(garden: Bench) -> None:
    assert "run `cheatsheet build` first" in proof(garden.folder).output
    result = proof(garden.folder, "poket")
    assert result.exit_code == 2
    assert "there is: print, pocket" in " ".join(result.output.split())


def test_a_file_that_no_build_has_written_is_not_drawn(built_garden: Built, tmp_path: Path) -> None:
    """It may ask for any time and memory."""
    bench = Bench(shutil.copytree(built_garden.bench.folder, tmp_path / "garden"))
    file = bench.folder / "dist/garden-words.pdf"
    file.write_bytes(changed(file.read_bytes(), lambda _: None))
    (finding,) = make_proof(bench.folder, "print").findings
    assert (finding.code, str(finding.place)) == ("pdf-master", "dist/garden-words.pdf")


def test_a_book_that_is_older_than_its_styles_is_not_drawn(garden: Bench) -> None:
    garden.build()
    garden.append("styles/look.css", "h1 { color: #2c5e1b; }\n")
    (finding,) = make_proof(garden.folder, "print").findings
    assert (finding.code, str(finding.place)) == ("pdf-stale", "dist/garden-words.pdf")
    assert not (garden.folder / "dist/proof").exists()


def test_a_folder_in_the_place_of_the_book_is_told_as_that(garden: Bench) -> None:
    (garden.folder / "dist/garden-words.pdf").mkdir(parents=True)
    (finding,) = make_proof(garden.folder, "print").findings
    assert (finding.code, finding.message.rpartition(": ")[2]) == (
        "pdf-limit",
        "it is a folder, and no file",
    )


def test_a_sheet_has_room_for_every_picture() -> None:
    pictures = {f"page {n}": Image.new("RGB", (20, 40), "#ff0000") for n in range(5)}
    sheet = contact_sheet(pictures, Sheet(columns=2, width=10))
    red = sum(count for count, colour in sheet.getcolors() or () if colour == (255, 0, 0))
    assert red == 5 * 10 * 20
