"""The mail's fonts → a style sheet that carries them, for the programs that heed it."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, Place
from cheatsheet.stylesheets import StyleFile, declared_faces
from cheatsheet.stylesheets.declared import Face
from cheatsheet.stylesheets.fontfiles import carried_font, read_fonts
from cheatsheet.system.reading import FILE, folder_problem, is_file


def carried_fonts(
    project: Path, files: Sequence[StyleFile], texts: Iterable[str]
) -> tuple[str, list[Finding]]:
    """Return the fonts that style sheets declare, with the characters of `texts`, as CSS.

    It is "" where none is declared. Outlook would show Times for a font that it is told of, so
    it is told nothing: it knows no @media.
    """
    faces = {face.file.as_posix(): face for face in declared_faces(list(files))}
    lost = [name for name in faces if Path(name).suffix and not is_file(project / name)]
    if lost:
        if why := folder_problem(project, PurePath(lost[0])):  # one cause for all in it
            return "", [FILE.finding(why, Place(lost[0]), "put the fonts back")]
        return "", [FILE.finding("there is no such file", Place(name)) for name in lost]
    read = read_fonts(project, "\n".join(faces))
    letters = ["".join({letter for text in texts for letter in text})]
    rules = [_rule(faces[name], carried_font(data, letters)) for name, data in read.fonts.items()]
    css = "".join(["@media screen {\n", *rules, "}\n"]) if rules else ""
    return css, list(read.findings)


def _rule(face: Face, font: bytes) -> str:
    """Return the @font-face rule of a font, which is in it."""
    style = "italic" if face.italic else "normal"
    data = b64encode(font).decode()
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f' font-style: {style}; src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )
