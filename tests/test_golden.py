"""Pictures of a few pages guard the look. Rewrite them with `pytest --update-golden`, and look."""

from functools import reduce
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.raster import PagePictures
from conftest import TESTS, Built

GOLDEN = TESTS / "golden"
FAILED = TESTS / "failed"
PAGES = [
    "cover",
    "contents",
    "category-ai-that-does-things",
    "term-diffusion-model",
    "pairs",
    "index",
]
PIXELS_PER_PT = 1
NOISE = 24  # of 255: what another CPU's antialiasing may differ by
ALLOWED = 0.001  # of the page's pixels


def picture(data: bytes, destination: str) -> Image.Image:
    """Return a picture of the page of a destination."""
    with read_pdf(data) as pdf:
        assert isinstance(pdf, PypdfView)
        number = pdf.destinations[destination].page
    with PagePictures(data) as pages:
        return pages.picture(number - 1, PIXELS_PER_PT)


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return which part of two pictures' pixels differs by more than noise."""
    if one.size != other.size:
        return 1.0
    channels = ImageChops.difference(one, other).split()
    largest = reduce(ImageChops.lighter, channels)
    return sum(largest.histogram()[NOISE:]) / (one.width * one.height)


@pytest.mark.parametrize("destination", PAGES)
def test_a_page_looks_as_it_was_approved(
    destination: str, book: Built, request: pytest.FixtureRequest
) -> None:
    image, path = picture(book.build.data, destination), GOLDEN / f"{destination}.png"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        image.save(path, optimize=True)
        return
    with Image.open(path) as golden:
        part = differing(image, golden.convert("RGB"))
    if part > ALLOWED:
        FAILED.mkdir(exist_ok=True)
        image.save(FAILED / path.name)
    assert part <= ALLOWED, f"{part:.1%} of the page differs: see {FAILED / path.name}"


def test_a_moved_line_would_be_seen(book: Built) -> None:
    image = picture(book.build.data, "term-diffusion-model")
    moved = image.copy()
    moved.paste(image.crop((0, 300, image.width, 320)), (0, 303))
    assert differing(image, moved) > ALLOWED


def test_another_colour_would_be_seen(book: Built) -> None:
    image = picture(book.build.data, "term-diffusion-model")
    red, green, blue = image.split()
    assert differing(image, Image.merge("RGB", (blue, green, red))) > ALLOWED


def test_every_golden_picture_is_of_a_page() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(PAGES)


def test_failed_pictures_are_not_committed() -> None:
    ignored = (TESTS.parent / ".gitignore").read_text(encoding="utf-8").split()
    assert f"{Path('tests/failed')}/" in ignored
