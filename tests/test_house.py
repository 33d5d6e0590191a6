"""The laws of the house: who may import whom, and where things may stand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from cheatsheet.drawings.colouring import STAND_INS
from cheatsheet.drawings.vocabulary import COLOURS
from cheatsheet.findings import RULES
from conftest import ROOT

SOURCE = ROOT / "src/cheatsheet"
STYLES = ROOT / "styles"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))

# A room may import the rooms of the lines above its own, and nothing of its own line.
FLOORS = [
    {"findings"},
    {"model", "drawings", "system"},
    {"stylesheets", "reader"},
    {"book", "checks", "manuscript", "pdf"},
    {"lint", "layout", "importer"},
    {"newsletter", "epub"},
    {"build"},
    {"web", "publish", "preview"},
    {"cli"},
]
KNOWS_ALONE = {
    "yaml": {"manuscript"},
    "jinja2": {"book"},
    "markdown_it": {"book", "importer"},
    "css_inline": {"newsletter"},
    "lxml": {"importer", "epub", "stylesheets"},
    "weasyprint": {"pdf"},
    "pydyf": {"pdf"},
    "pypdf": {"reader", "checks"},
    "pypdfium2": {"reader"},
    "PIL": {"reader", "layout", "build", "web"},
    "pikepdf": {"pdf", "publish", "reader"},
    "uharfbuzz": {"pdf", "publish", "stylesheets"},
    "fontTools": {"pdf", "drawings", "reader", "stylesheets"},
    "tinycss2": {"stylesheets"},
    "cssselect2": {"stylesheets"},
    "pyphen": {"lint"},
    "pyuca": {"model"},
    "spellchecker": {"lint"},
    "click": {"cli"},
    "watchfiles": {"build"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
}


def room(path: Path) -> str:
    """Return the room of a module: its file or folder directly in the package."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield the names of the modules that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def test_imports_run_one_way_and_siblings_do_not_know_each_other() -> None:
    for path in MODULES:
        for name in imports(path):
            package, _, module = name.partition(".")
            other = module.split(".")[0]
            if package == "cheatsheet" and other and room(path) not in {other, "__main__"}:
                assert floor(other) < floor(room(path)), f"{path} may not import {name}"


def test_a_library_is_known_to_its_rooms_alone() -> None:
    for path in MODULES:
        for name in imports(path):
            knows = KNOWS_ALONE.get(name.split(".")[0], {room(path)})
            assert room(path) in knows, f"{path}: {name} is for {', '.join(sorted(knows))} alone"


def test_modules_are_short() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: number for path, number in lines.items() if number > 300} == {}


def test_what_is_printed_is_escaped_in_one_place() -> None:
    printing = re.compile(r"click\.(s?echo|style|secho)\(|(?<![.\w])print\(")
    files = (path for path in (SOURCE / "cli").glob("*.py") if path.stem != "terminal")
    assert [path for path in files if printing.search(path.read_text(encoding="utf-8"))] == []


def test_colours_stand_in_the_tokens_alone() -> None:
    for path in STYLES.rglob("*.css"):
        if path.name != "tokens.css":
            found = re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsl", path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)} has colours: {found}"


def test_sizes_stand_in_the_tokens_and_the_page_alone() -> None:
    for path in STYLES.rglob("*.css"):
        if path.name not in {"tokens.css", "page.css"} and path.parent.name not in {
            "editions",
            "papers",
        }:
            found = re.findall(r"\d(?:mm|pt|px|cm)\b", path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)} has sizes"


def test_templates_hold_no_styles_but_the_page_number() -> None:
    for path in (SOURCE / "templates").rglob("*.j2"):
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text
        assert path.name == "section.html.j2" or "<style" not in text


def test_every_component_has_a_style_sheet_that_is_imported() -> None:
    main = (STYLES / "main.css").read_text(encoding="utf-8")
    for path in (STYLES / "components").iterdir():
        assert f'@import "components/{path.name}";' in main


def test_every_token_is_used_and_every_used_one_is_there() -> None:
    drawn = {f"--picture-{name}" for name in STAND_INS} | {f"--night-{name}" for name in COLOURS}
    text = "\n".join(path.read_text(encoding="utf-8") for path in STYLES.rglob("*.css"))
    program = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    declared = set(re.findall(r"(--[\w-]+)\s*:", text))
    used = set(re.findall(r"var\((--[\w-]+)", text)) | set(re.findall(r'"(--stamp-\w+)"', program))
    templates = "\n".join(path.read_text() for path in (SOURCE / "templates").rglob("*.j2"))
    used |= set(re.findall(r'(?:tokens\.get|length)\("(--[\w-]+)"', templates))
    used |= {f"--{name}" for name in re.findall(r'"(drawing-\w+)"', program)} | drawn
    used |= {f"--{name.replace('_', '-')}" for name in re.findall(r'style\["__(\w+)"\]', program)}
    assert used - declared == set()
    assert declared - used == set()


def test_every_font_folder_has_its_licence() -> None:
    for folder in (ROOT / "fonts").iterdir():
        assert (folder / "LICENSE").is_file()


def test_a_codes_first_word_is_its_group_and_hints_are_there() -> None:
    for code, rule in RULES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", code)
        assert rule.summary.endswith(".")
        assert rule.hint


def test_the_lock_files_have_hashes_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert all("==" in line for line in re.findall(r"^[a-z].*", text, re.MULTILINE))
        assert "--hash=sha256:" in text


def test_each_entry_of_the_package_is_a_room_on_a_floor() -> None:
    entries = {path.name for path in SOURCE.iterdir() if not path.name.startswith("__")}
    assert entries == set().union(*FLOORS) | {"templates"}
