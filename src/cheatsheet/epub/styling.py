"""styles/epub/ → the EPUB's style sheet, and its fonts with their licences."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from cheatsheet.findings import Finding
from cheatsheet.fontfiles import font_files, reader_font
from cheatsheet.stylesheets import declared_tokens, read_style_sheets

STYLES = PurePath("styles/epub/main.css")


def make_look(
    project: Path, texts: Iterable[str]
) -> tuple[dict[str, bytes], Mapping[str, str], list[Finding]]:
    """Return the files by path, the styles' tokens, and what is wrong with the style sheets.

    The fonts have what `texts` are written with.
    """
    styles, findings = read_style_sheets(project, STYLES)
    css = "\n".join(style.text.strip() for style in styles if style.text.strip()) + "\n"
    fonts = [file for file in font_files(css) if (project / file).is_file()]
    files: dict[str, bytes] = {}
    for file in fonts:
        licence = PurePath(file).with_name("LICENSE")
        css = css.replace(f"../{file}", file)
        files[file] = reader_font(project / file, texts)
        files[licence.with_suffix(".txt").as_posix()] = (project / licence).read_bytes()
    return {"style.css": css.encode(), **files}, declared_tokens(styles), findings
