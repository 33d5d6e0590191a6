"""The lists of damages and harmless changes, and finding one's way in a PDF of the garden book.

pikepdf's objects are Any here: it types every value of a PDF as an object.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from damage.epub import EPUB_CHANGES, EPUB_DAMAGES, EpubChange

TERM = "term-compost"
BLOCK = re.compile(rb"/Span\s*<</MCID \d+>>\s*BDC.*?EMC\n?", re.DOTALL)
FOLIO = re.compile(rb"/Artifact\s*<<[^>]*/Footer>>\s*BDC.*?EMC\n?", re.DOTALL)
GLYPHS = re.compile(rb"<([0-9a-f]+)>")
MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")

Edit = Callable[[Any], bytes | None]
"""Changes an open PDF, or returns other bytes for the file."""


@dataclass(frozen=True)
class Change:
    """A change to a good PDF: the rule that it is about, and what it does, in words."""

    code: str
    edit: Edit
    says: str

    def __str__(self) -> str:
        """Return the change's name."""
        return self.edit.__name__

    def apply(self, data: bytes) -> bytes:
        """Return the changed file."""
        with pikepdf.open(io.BytesIO(data)) as pdf:
            changed = self.edit(pdf)
            return changed if changed is not None else saved(pdf)


DAMAGES: list[Change] = []
CHANGES: list[Change] = []


def damage(code: str) -> Callable[[Edit], Edit]:
    """Add a function to the damages that the rule must find; its docstring says what it does."""
    return lambda edit: _add(DAMAGES, code, edit)


def harmless(code: str) -> Callable[[Edit], Edit]:
    """Add a function to the near misses, which no rule may find."""
    return lambda edit: _add(CHANGES, code, edit)


def _add(changes: list[Change], code: str, edit: Edit) -> Edit:
    changes.append(Change(code, edit, (edit.__doc__ or "").rstrip(".")))
    return edit


def table() -> str:
    """Return docs/damage.md."""
    damages: list[Change | EpubChange] = [*DAMAGES, *EPUB_DAMAGES]
    changes: list[Change | EpubChange] = [*CHANGES, *EPUB_CHANGES]
    lines = [
        "# What the checks catch",
        "",
        "Made by `make damage` from tests/damage/. A test applies each damage to a finished book,",
        "and sees the rule say so. [rules.md](rules.md) says what the rules are.",
        "",
        f"## {len(damages)} kinds of damage",
        "",
        "| damage | caught by |",
        "|---|---|",
        *(f"| {change.says} | `{change.code}` |" for change in damages),
        "",
        f"## {len(changes)} near misses, in which no rule finds anything",
        "",
        "| change | the rule that it is near to |",
        "|---|---|",
        *(f"| {change.says} | `{change.code}` |" for change in changes),
    ]
    return "\n".join([*lines, ""])


def saved(pdf: Any, **options: Any) -> bytes:
    """Return a PDF's bytes, its objects one by one: a check then reads only those it needs."""
    one_by_one = pikepdf.ObjectStreamMode.disable
    output = io.BytesIO()
    pdf.save(output, **{"object_stream_mode": one_by_one, **options})
    return output.getvalue()


def names(pdf: Any) -> Any:
    """Return the name tree's leaf: name, destination, name, destination ..."""
    return pdf.Root.Names.Dests.Names


def destination(pdf: Any, name: str) -> Any:
    return names(pdf)[places(pdf)[name] + 1]


def places(pdf: Any) -> dict[str, int]:
    return {str(name): at for at, name in enumerate(names(pdf)) if isinstance(name, String)}


def page(pdf: Any, name: str = TERM) -> Any:
    """Return the page where a section begins."""
    return destination(pdf, name)[0]


def link(pdf: Any, target: str = "term-mulch", section: str = TERM) -> Any:
    """Return the last link from a section's first page to another section: a related one."""
    return [a for a in page(pdf, section).Annots if str(a.get("/Dest", "")) == target][-1]


def external(pdf: Any) -> Any:
    return next(annotation for annotation in page(pdf).Annots if "/A" in annotation)


def unlink(pdf: Any, target: str, section: str) -> None:
    """Remove a section's last link to another one."""
    gone = link(pdf, target, section).objgen
    annotations = page(pdf, section).Annots
    page(pdf, section).Annots = Array([a for a in annotations if a.objgen != gone])


def fonts(pdf: Any) -> Any:
    """Return the fonts' dictionaries."""
    return list(page(pdf).Resources.Font.values())


def action(pdf: Any, **keys: Any) -> None:
    """Give the external link of a term another action."""
    external(pdf).A = Dictionary(Type=Name.Action, **keys)


def outline(pdf: Any) -> Any:
    """Return the entries of the outline's first level."""
    entries = [pdf.Root.Outlines.First]
    while "/Next" in entries[-1]:
        entries.append(entries[-1].Next)
    return entries


def tags(pdf: Any, kind: Any) -> list[Any]:
    """Return the tags of a kind, such as Name.P, in reading order."""
    found, pending = [], [pdf.Root.StructTreeRoot.K]
    while pending:
        item = pending.pop()
        if isinstance(item, Array):
            pending.extend(reversed(list(item)))
        elif isinstance(item, Dictionary) and "/S" in item:
            found += [item] if kind == item.S else []
            pending.append(item.get("/K"))
    return found


def figures(pdf: Any) -> list[Any]:
    return tags(pdf, Name.Figure)


def blocks(pdf: Any, words: str, section: str = TERM) -> tuple[bytes, list[re.Match[bytes]]]:
    """Return a section's page as drawn, and the lines of the paragraph that begins with words."""
    drawn = page(pdf, section).Contents.read_bytes()
    lines = list(BLOCK.finditer(drawn))
    texts = [_text(pdf, line[0]) for line in lines]
    start = next(at for at, text in enumerate(texts) if text.lstrip().startswith(words))
    end = next(at for at in range(start, len(texts)) if texts[at].rstrip().endswith("."))
    return drawn, lines[start : end + 1]


def draw(pdf: Any, drawn: bytes, section: str = TERM) -> None:
    """Put another drawing on a section's page."""
    page(pdf, section).Contents = pdf.make_stream(drawn)


def _text(pdf: Any, line: bytes) -> str:
    """Return the text of a line, by the font's own map."""
    characters = dict(MAPPED.findall(fonts(pdf)[0].ToUnicode.read_bytes()))
    codes = "".join(code.decode() for code in GLYPHS.findall(line))
    glyphs = (codes[at : at + 4].encode() for at in range(0, len(codes), 4))
    return "".join(
        bytes.fromhex(characters.get(glyph, b"0020").decode()).decode("utf-16-be")
        for glyph in glyphs
    )
