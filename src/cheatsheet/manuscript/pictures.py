"""content/pictures/ → the terms' drawings, and the fonts and width that they are printed in."""

import re
from collections.abc import Collection
from os.path import lexists
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, Place, error
from cheatsheet.manuscript.slugs import slug_of_name
from cheatsheet.model.artwork import Pictures
from cheatsheet.model.glossary import PICTURES
from cheatsheet.stylesheets import StyleFile, declared_faces, declared_tokens, resolve_token
from cheatsheet.stylesheets.characters import MAX_FONT_BYTES
from cheatsheet.system.reading import list_folder, read_bytes, read_text

MILLIMETRES = re.compile(r"([\d.]+)mm")

NAME = error(
    "picture-name",
    "A file in content/pictures is not a term's drawing.",
    "name it as the term's file, with .svg for .yaml, or take it away",
)


def load_pictures(
    project: Path, slugs: Collection[str], styles: list[StyleFile], findings: list[Finding]
) -> Pictures:
    """Return the drawings in a project folder, of the terms with these slugs.

    `styles` are the print edition's: labels are held to their size on paper.

    A drawing that cannot be read is left out, with a finding.
    """
    drawings: dict[str, str] = {}
    folder = PurePath(PICTURES)
    names, problems = list_folder(project, folder) if lexists(project / folder) else ([], [])
    findings.extend(problems)
    for file in (folder / name for name in names):
        if file.suffix != ".svg" or file.stem not in slugs:
            findings.append(_bad_name(file, slugs, names))
            continue
        drawings[file.stem], problems = read_text(project, file)
        findings.extend(problems)
    return _with_styles(project, drawings, styles) if drawings else Pictures()


def _bad_name(file: PurePath, slugs: Collection[str], names: Collection[str]) -> Finding:
    """Return the finding for a file among the drawings whose name is not <slug>.svg."""
    slug, hint = slug_of_name(file.stem), ""
    if slug in slugs and f"{slug}.svg" not in names:
        is_drawing = file.suffix.lower() == ".svg"
        hint = f"rename it to {slug}.svg" if is_drawing else f"a drawing is an SVG: {slug}.svg"
    message = f"`{file.name}` is not the name of a term's drawing"
    return NAME.finding(message, Place(file.as_posix()), hint)


def _with_styles(project: Path, drawings: dict[str, str], styles: list[StyleFile]) -> Pictures:
    """Return drawings with what the styles print them in, as far as the styles say it.

    What is wrong with the styles is for the build to say, and that labels are not measured, lint.
    """
    tokens = declared_tokens(styles)
    family = resolve_token("picture-sans-serif", tokens).strip("\"'")
    width = MILLIMETRES.fullmatch(resolve_token("picture-width", tokens))
    files = {
        f.weight: f.file for f in declared_faces(styles) if f.family == family and not f.italic
    }
    faces = {weight: read_bytes(project, file, MAX_FONT_BYTES)[0] for weight, file in files.items()}
    return Pictures(drawings, faces, float(width[1]) if width else None)
