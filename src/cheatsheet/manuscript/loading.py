"""A project folder → Glossary and findings: which files there are, and what they must say."""

import difflib
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cheatsheet.findings import Finding, Location, Place, Source, error, has_errors
from cheatsheet.glossary import Book, Category, Claim, Glossary, Term, TermText
from cheatsheet.manuscript.files import FILE, read_text
from cheatsheet.manuscript.pictures import load_pictures
from cheatsheet.manuscript.yaml_reader import YamlFile, read_yaml
from cheatsheet.model import SLUG_PATTERN, Model, Slug
from cheatsheet.style_guide import StyleGuide

M = TypeVar("M", bound=BaseModel)

BOOK = PurePath("content/book.yaml")
CATEGORIES = PurePath("content/categories.yaml")
TERMS = PurePath("content/terms")
CLAIMS = PurePath("content/sources.yaml")
STYLE = PurePath("content/style.yaml")
WORDS = PurePath("content/words.txt")

# Names that Windows keeps for devices, whatever the extension.
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}

UNKNOWN = error(
    "fields-unknown",
    "A file has a field that the manuscript does not know.",
    "remove it; content/term.schema.json lists a term's fields",
)
MISSING = error("fields-missing", "A field that is needed is not there.", "add it")
WRONG = error(
    "fields-value",
    "A field's value has the wrong type, form or length.",
    "write a value of the kind that the message asks for",
)
SLUG = error(
    "slug-name",
    "A term's file name is not a slug.",
    "name it in lower-case letters, digits and single hyphens, ending in .yaml",
)
CATEGORY = error(
    "fields-category",
    "A term names a category that does not exist.",
    "use an id from content/categories.yaml, or add the category there",
)

# Plain words for pydantic's error types (docs.pydantic.dev, "Validation Errors").
MESSAGES = {
    "string_type": "`{field}` should be a text, and is {value}",
    "int_type": "`{field}` should be a whole number, and is {value}",
    "float_type": "`{field}` should be a number, and is {value}",
    "tuple_type": "`{field}` should be a list, and is {value}",
    "dict_type": "`{field}` should be a mapping, and is {value}",
    "model_type": "`{field}` should be a mapping, and is {value}",
    "string_too_short": "`{field}` is empty",
    "string_too_long": "`{field}` has more than {max_length} characters",
    "too_short": "`{field}` needs at least {min_length}, and has {actual_length}",
    "too_long": "`{field}` may have {max_length} at most, and has {actual_length}",
    "greater_than": "`{field}` must be more than {gt}, and is {value}",
    "greater_than_equal": "`{field}` must be at least {ge}, and is {value}",
    "less_than_equal": "`{field}` must be at most {le}, and is {value}",
    "string_pattern_mismatch": "`{field}` does not have its form: {value}",
    "value_error": "`{field}` {error}",
}


class Categories(Model):
    """The root of content/categories.yaml."""

    categories: tuple[Category, ...]


class Claims(Model):
    """The root of content/sources.yaml, which a project may have."""

    sources: dict[Slug, tuple[Claim, ...]]


def load_glossary(project: Path) -> tuple[Glossary | None, list[Finding]]:
    """Read the manuscript in a project folder.

    Returns the glossary, or None if it has errors, and all findings, ordered by place. Terms are
    in book order: by category, and within a category by newsletter number.
    """
    findings: list[Finding] = []
    sources: dict[str, Source] = {}
    book_file, categories_file = read_yaml(project, BOOK), read_yaml(project, CATEGORIES)
    book = _load(Book, book_file, findings)
    listed = _load(Categories, categories_file, findings)
    claims_file = read_yaml(project, CLAIMS) if (project / CLAIMS).exists() else None
    claims = _load(Claims, claims_file, findings) if claims_file else None
    files = list(term_files(project, findings))
    terms = [
        term for file in files if (term := _load_term(read_yaml(project, file), sources, findings))
    ]
    pictures = load_pictures(project, {file.stem for file in files}, findings)
    style, words = _load_style(project, findings), _load_words(project, findings)
    categories = listed.categories if listed else ()
    if listed:
        findings.extend(_unknown_categories(terms, categories, sources))
    findings.sort(key=_order)
    if book is None or listed is None or has_errors(findings):
        return None, findings
    position = {category.id: index for index, category in enumerate(categories)}
    terms.sort(key=lambda term: (position[term.category], term.issue, term.slug))
    sources |= {"book": book_file.source, "categories": categories_file.source}
    if claims_file:
        sources["claims"] = claims_file.source
    listed_claims = claims.sources if claims else {}
    glossary = Glossary(
        book, categories, tuple(terms), listed_claims, sources, style, words, pictures
    )
    return glossary, findings


def term_schema() -> str:
    """Return the JSON Schema of a term's file, as content/term.schema.json holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= TermText.model_json_schema()
    return json.dumps(schema | {"title": "A term of the book"}, indent=2) + "\n"


def is_slug(name: str) -> bool:
    """Tell whether a name can be a term's slug, and a file's name on every system."""
    return re.fullmatch(SLUG_PATTERN, name) is not None and name not in DEVICES


def nearest(word: str, words: Iterable[str]) -> str:
    """Return "did you mean `...`?" for the nearest of some words, or nothing."""
    match = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"did you mean `{match[0]}`?" if match else ""


def term_files(project: Path, findings: list[Finding]) -> Iterator[PurePath]:
    """Yield the terms' files in order of name; a name that is no slug is a finding."""
    folder = project / TERMS
    if not folder.is_dir():
        findings.append(FILE.finding("there is no such folder", Place(TERMS.as_posix())))
        return
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        file = TERMS / path.name
        if path.name.startswith("."):  # an editor's or the system's own
            continue
        if path.suffix == ".yaml" and is_slug(path.stem):
            yield file
        else:
            findings.append(_bad_name(file))


def _bad_name(file: PurePath) -> Finding:
    """Return the finding for a file among the terms whose name is not <slug>.yaml."""
    stem = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    hint = f"rename it to {stem}.yaml" if is_slug(stem) else ""
    return SLUG.finding(f"`{file.name}` is not a slug with .yaml", Place(file.as_posix()), hint)


def _load_term(file: YamlFile, sources: dict[str, Source], findings: list[Finding]) -> Term | None:
    """Return the term in a file, and note its source; None, with findings, if it has errors."""
    text = _load(TermText, file, findings)
    if text is None:
        return None
    slug = PurePath(file.source.file).stem
    sources[slug] = file.source
    return Term(slug=slug, **dict(text))


def _load_style(project: Path, findings: list[Finding]) -> StyleGuide | None:
    """Return the house style, if the project has one."""
    there = (project / STYLE).exists()
    return _load(StyleGuide, read_yaml(project, STYLE), findings) if there else None


def _load_words(project: Path, findings: list[Finding]) -> frozenset[str] | None:
    """Return the words of the project's list, one a line, without its comments (#)."""
    if not (project / WORDS).exists():
        return None
    text, problems = read_text(project, WORDS)
    findings.extend(problems)
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _load(model: type[M], file: YamlFile, findings: list[Finding]) -> M | None:
    """Return a file's value as the model, or None with findings."""
    findings.extend(file.findings)
    if file.value is None:
        return None
    try:
        return model.model_validate(file.value)
    except ValidationError as problem:
        findings.extend(
            _finding_of(details, model, file.source)
            for details in problem.errors(include_url=False, include_input=True)
        )
        return None


def _finding_of(details: ErrorDetails, model: type[BaseModel], source: Source) -> Finding:
    """Return one of pydantic's errors as a finding in plain words, with its place."""
    location: Location = tuple(details["loc"])
    name = str(location[-1]) if location else source.file
    if details["type"] == "extra_forbidden":
        hint = nearest(name, _field_names(model, location[:-1]))
        return UNKNOWN.finding(f"unknown field `{name}`", source.key_place(location), hint)
    if details["type"] == "missing":
        owner = f" of `{_path(location[:-1])}`" if location[:-1] else ""
        return MISSING.finding(f"the field `{name}`{owner} is missing", source.place(location))
    words = MESSAGES.get(details["type"], "`{field}`: " + details["msg"].replace("{", "{{"))
    values = {"field": _path(location) or "this", "value": _shown(details["input"])}
    message = words.format(**values | details.get("ctx", {}))
    return WRONG.finding(message, source.place(location), _described(model, location))


def _path(location: Sequence[str | int]) -> str:
    """Return a location as a writer would say it: `plain[2]` is the second paragraph."""
    return "".join(
        f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location
    ).removeprefix(".")


def _shown(value: Any) -> str:
    """Return a value as a message shows it."""
    if value is None:
        return "empty"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    text = str(value)
    return f"`{textwrap.shorten(text, 40, placeholder=' ...')}`"


def _schema_at(model: type[BaseModel], location: Location) -> dict[str, Any]:
    """Return the part of a model's JSON Schema that describes a location; {} if none does."""
    root = model.model_json_schema()
    node: dict[str, Any] = root
    for part in location:
        node = _resolve(root, node)
        child = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
        node = child or node.get("additionalProperties") or {}
    return node


def _resolve(root: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return a schema node with references and "or nothing" choices followed."""
    for choice in node.get("anyOf", []):
        if choice.get("type") != "null":
            return _resolve(root, choice)
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return _resolve(root, root["$defs"][name])
    return node


def _field_names(model: type[BaseModel], location: Location) -> list[str]:
    """Return the names of the fields that a mapping at a location may have."""
    root = model.model_json_schema()
    return list(_resolve(root, _schema_at(model, location) or root).get("properties", {}))


def _described(model: type[BaseModel], location: Location) -> str:
    """Return a field's description in the schema, or else its parent's, as a hint."""
    while location and "description" not in _schema_at(model, location):
        location = location[:-1]
    return str(_schema_at(model, location)["description"]) if location else ""


def _unknown_categories(
    terms: Iterable[Term], categories: Iterable[Category], sources: dict[str, Source]
) -> Iterator[Finding]:
    """Yield a finding for each term whose category is not listed."""
    known = [category.id for category in categories]
    for term in terms:
        if term.category not in known:
            place = sources[term.slug].place(("category",))
            hint = nearest(term.category, known)
            yield CATEGORY.finding(f"there is no category `{term.category}`", place, hint)


def _order(finding: Finding) -> tuple[str, int, int, str]:
    """Return what findings are sorted by: file, line, column, code."""
    place = finding.place
    return place.file or "", place.line or 0, place.column or 0, finding.code
