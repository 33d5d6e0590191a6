"""PDF files that nobody makes by accident: loops, bombs, floods. Written by hand, byte by byte."""

import zlib
from collections.abc import Callable

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>"
ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"


def pdf(*objects: bytes) -> bytes:
    """Return a file with the given objects, numbered from 1; the first is the catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    data_end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    trailer = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + data_end + trailer


def one_page(page: bytes = PAGE, root: bytes = ROOT, *more: bytes) -> bytes:
    return pdf(root, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *more)


def stream(content: bytes, keys: bytes = b"") -> bytes:
    packed = zlib.compress(content, 1)
    head = b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n" % (len(packed), keys)
    return head + packed + b"\nendstream"


def with_contents(*more: bytes) -> bytes:
    page = PAGE[:-2] + b"/Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >>"
    return one_page(page, ROOT, *more)


def with_root(keys: bytes, *more: bytes) -> bytes:
    return one_page(PAGE, ROOT[:-2] + keys + b" >>", *more)


FORM_OF_FORM = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
)
FORM = FORM_OF_FORM % 4
ENTRY = b"<< /Title (x) /Parent 4 0 R /Dest [3 0 R /Fit] "


KIDS = b" ".join([b"3 0 R"] * 100_000)
MANY = [b"<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] /Dest [3 0 R /Fit] >>"] * 20_000
LISTED = b"/Annots [%s] >>" % b" ".join(b"%d 0 R" % (4 + n) for n in range(len(MANY)))
FLAT = [ENTRY + b"/Next %d 0 R >>" % (6 + n) for n in range(5_000)]
FILES: dict[str, Callable[[], bytes]] = {
    "no pages": lambda: pdf(ROOT, b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "no page tree": lambda: pdf(b"<< /Type /Catalog >>"),
    "no trailer": lambda: one_page().partition(b"trailer")[0],
    "no objects": lambda: b"%PDF-1.7\nxref\n0 0\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n",
    "a page tree in a ring": lambda: pdf(ROOT, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "a parent in a ring": lambda: pdf(
        ROOT,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 4 0 R >>",
        b"<< /Type /Page /Parent 2 0 R >>",
        b"<< /Type /Pages /Parent 2 0 R >>",
    ),
    "a hundred thousand times one page": lambda: pdf(
        ROOT, b"<< /Type /Pages /Count 100000 /Kids [%s] >>" % KIDS, PAGE
    ),
    "a wrong count of pages": lambda: pdf(
        ROOT, b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", PAGE
    ),
    "an outline in a ring": lambda: with_root(
        b"/Outlines 4 0 R", b"<< /First 5 0 R /Last 5 0 R >>", ENTRY + b"/Next 5 0 R >>"
    ),
    "an outline inside itself": lambda: with_root(
        b"/Outlines 4 0 R", b"<< /First 5 0 R /Last 5 0 R >>", ENTRY + b"/First 4 0 R >>"
    ),
    "a long outline": lambda: with_root(
        b"/Outlines 4 0 R", b"<< /First 5 0 R >>", *FLAT, ENTRY + b">>"
    ),
    "a name tree in a ring": lambda: with_root(
        b"/Names << /Dests 4 0 R >>", b"<< /Kids [4 0 R 4 0 R] >>"
    ),
    "labels in a ring": lambda: with_root(b"/PageLabels 4 0 R", b"<< /Kids [4 0 R 4 0 R] >>"),
    "a form inside itself": lambda: with_contents(stream(b"/X Do", FORM)),
    "forms in forms": lambda: with_contents(
        *(stream(b"/X Do " * 10, FORM_OF_FORM % (5 + level)) for level in range(10)),
        stream(b"0 0 9 9 re f", FORM),
    ),
    "a deep list": lambda: with_root(b"/Deep " + b"[" * 50_000 + b"]" * 50_000),
    "a deep dictionary": lambda: with_root(b"/Deep " + b"<</D" * 20_000 + b" 1" + b">>" * 20_000),
    "a bomb on a page": lambda: with_contents(stream(b"0 0 m " * 10_000_000)),
    "a bomb of bombs": lambda: with_contents(
        stream(zlib.compress(b"q " * 40_000_000, 1)).replace(
            b"/FlateDecode", b"[/FlateDecode /FlateDecode]"
        )
    ),
    "twenty thousand links": lambda: one_page(PAGE[:-2] + LISTED, ROOT, *MANY),
    "a hundred thousand objects": lambda: one_page(PAGE, ROOT, *[b"<< /S /X >>"] * 100_000),
    "a previous table in a ring": lambda: one_page().replace(b"/Size", b"/Prev 9 /Size"),
    "a length that refers to itself": lambda: with_contents(
        b"<< /Length 4 0 R >>\nstream\nq Q\nendstream"
    ),
    "numbers without end": lambda: with_contents(stream(b"9" * 1_000_000 + b" 0 m")),
}
"""The hostile files by what they are, made when they are asked for."""
