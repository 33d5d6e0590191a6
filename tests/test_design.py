"""What a designer may rely on: contrast, and three exercises that need no Python."""

import re
import shutil
from pathlib import Path

import pytest
from PIL import ImageColor

from cheatsheet.checks import visible
from cheatsheet.drawings.measuring import READABLE
from cheatsheet.stylesheets import book_colours, declared_tokens, read_styles
from conftest import ROOT, Bench, Built, codes, copy_project

TOKENS = declared_tokens(read_styles(ROOT, "print")[0])
CATEGORIES = [m[1] for name in TOKENS if (m := re.fullmatch(r"--category-(.+)-tab", name))]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as CSS writes them."""
    return visible.contrast(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3])


@pytest.mark.parametrize("category", CATEGORIES)
def test_text_on_a_categorys_colours_can_be_read(category: str) -> None:
    tab, tint = TOKENS[f"--category-{category}-tab"], TOKENS[f"--category-{category}-tint"]
    assert contrast(TOKENS["--on-tab"], tab) >= 4.5
    assert contrast(TOKENS["--ink"], tint) >= 4.5
    assert contrast(tab, "#ffffff") >= 4.5


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_pictures_labels_can_be_read_on_every_ground_they_may_stand_on(category: str) -> None:
    colours = {**book_colours(TOKENS, category), "white": "#ffffff"}
    for ground, readable in READABLE.items():
        for label in readable:
            assert contrast(colours[label], colours[ground]) >= 4.5, f"{label} on {ground}"


@pytest.mark.parametrize("token", ["--ink", "--ink-soft", "--link"])
def test_text_on_paper_can_be_read(token: str) -> None:
    assert contrast(TOKENS[token], "#ffffff") >= 4.5


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert 4.4 < contrast("#777777", "#ffffff") < 4.5


def test_the_swatches_show_the_tokens() -> None:
    shown = (ROOT / "styles/swatches.svg").read_text(encoding="utf-8")
    colours = [(n, v) for n, v in TOKENS.items() if re.fullmatch("#[0-9a-f]{6}", v)]
    assert all(f"{name} {value}<" in shown for name, value in colours)


@pytest.mark.slow
def test_a_new_category_colour_recolours_the_book(book: Built, tmp_path: Path) -> None:
    bench = copy_project(ROOT, tmp_path / "book")
    bench.replace("styles/tokens.css", TOKENS["--category-engine-room-tab"], "#7a1f5c")
    recoloured = bench.build("sample")
    assert recoloured.findings == []
    assert recoloured.data != book.bench.build("sample").data


@pytest.mark.slow
def test_another_body_font_needs_a_file_a_declaration_and_a_name(garden: Bench) -> None:
    font = "fonts/ibm-plex-mono/ibm-plex-mono-latin-400-normal.woff2"
    (garden.folder / font).parent.mkdir()
    for file in (font, "fonts/ibm-plex-mono/LICENSE"):
        shutil.copy(ROOT / file, garden.folder / file)
    face = f'@font-face {{ font-family: "IBM Plex Mono"; src: url("../{font}"); }}\n'
    garden.append("styles/fonts.css", face)
    garden.append("styles/look.css", 'html { font: 6.4pt/9pt "IBM Plex Mono"; }\n')
    build = garden.build()
    assert build.findings == []


@pytest.mark.slow
def test_another_page_size_needs_the_styles_and_the_promise(garden: Bench) -> None:
    garden.replace("styles/look.css", "148mm 210mm", "170mm 240mm")
    assert "pages-size" in codes(garden.build().findings)
    garden.replace("content/book.yaml", "width: 148, height: 210", "width: 170, height: 240")
    assert garden.build().findings == []
