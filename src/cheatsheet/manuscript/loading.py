"""A project folder → Glossary and findings: which files there are, and what they must say."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from os.path import lexists
from pathlib import Path, PurePath
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from cheatsheet.findings import Finding, Place, Source, has_errors
from cheatsheet.findings.complaints import shortened
from cheatsheet.manuscript.categories import categories_once, unknown_category, unused_category
from cheatsheet.manuscript.fields import WRONG, findings_of
from cheatsheet.manuscript.labels import LABELS, load_labels
from cheatsheet.manuscript.pictures import load_pictures
from cheatsheet.manuscript.slugs import SLUG, YAML, is_slug, slug_of_file
from cheatsheet.manuscript.typefaces import load_typefaces
from cheatsheet.manuscript.yaml_reader import YamlFile, read_yaml
from cheatsheet.model.artwork import Pictures
from cheatsheet.model.base import Model
from cheatsheet.model.editions import PRINT
from cheatsheet.model.glossary import Book, Category, Glossary, Term, TermText
from cheatsheet.model.ledger import Claims
from cheatsheet.model.pairs import Pairs, pairs_of
from cheatsheet.model.placeholders import filled
from cheatsheet.model.style_guide import StyleGuide
from cheatsheet.model.term_fields import NEWSLETTER
from cheatsheet.stylesheets import read_styles
from cheatsheet.system.reading import list_folder, read_text

M = TypeVar("M", bound=BaseModel)

BOOK = PurePath("content/book.yaml")
CATEGORIES = PurePath("content/categories.yaml")
TERMS = PurePath("content/terms")
CLAIMS = PurePath("content/sources.yaml")
PAIRS = PurePath("content/pairs.yaml")
STYLE = PurePath("content/style.yaml")
WORDS = PurePath("content/words.txt")
COPY = re.compile(r"\bcopy\b|-\d+$")  # what systems add to a copy's name

NO_WORD = re.compile(r"""[\s,;"]""")
ONE_A_LINE = "write one word a line, without commas, quotes or dashes"
STAND_IN = "to-be-written"  # a text, and a slug


class Categories(Model):
    """The root of content/categories.yaml."""

    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=12)]


def load_glossary(project: Path) -> tuple[Glossary | None, list[Finding]]:
    """Read the manuscript in a project folder.

    Returns the glossary, or None if it has errors, and all findings, ordered by place. Terms are
    in book order: by category, and within a category by newsletter number.
    """
    glossary, findings = load_partly(project)
    return None if has_errors(findings) else glossary, findings


def load_partly(project: Path) -> tuple[Glossary | None, list[Finding]]:
    """Read the manuscript, as far as it can be read, and return all findings.

    In the glossary, a term's wrong fields hold stand-ins. It is None where the settings or the
    categories have errors, or where a term's file is not even a mapping.
    """
    findings: list[Finding] = []
    sources: dict[str, Source] = {}
    book_file, categories_file = read_yaml(project, BOOK), read_yaml(project, CATEGORIES)
    book = _load(Book, book_file, findings)
    spoken = book_file.source.place(("language",))
    labels = load_labels(project, book.language, spoken, findings) if book else None
    listed = _load(Categories, categories_file, findings)
    files = [read_yaml(project, file) for file in term_files(project, findings)]
    ids = [category.id for category in listed.categories] if listed else []
    terms = [term for file in files if (term := _load_term(file, ids, sources, findings))]
    slugs = {PurePath(file.source.file).stem for file in files}
    styles, faults = read_styles(project, PRINT)  # what is wrong with them, the build says
    pictures = load_pictures(project, slugs, styles, findings) if files else Pictures()
    if pictures.drawings and not (pictures.faces and pictures.width_mm):
        pictures = replace(pictures, faults=tuple(faults))
    claims = _load_optional(Claims, project, CLAIMS, findings)
    pairs = _load_optional(Pairs, project, PAIRS, findings)
    style = _load_optional(StyleGuide, project, STYLE, findings)
    words = _load_words(project, findings)
    unused = unused_category(ids, files, categories_file.source)
    findings[:] = sorted(categories_once(findings, unused), key=_order)
    is_partial = len(terms) < len(files) or TERMS.as_posix() in {f.place.file for f in findings}
    if book is None or labels is None or listed is None or not ids or is_partial:
        return None, findings
    terms.sort(key=lambda t: (ids.index(t.category), t.issue is None, t.issue or 0, t.slug))
    book = book.model_copy(update={"terms": book.terms or len(terms)})
    sources |= {"book.yaml": book_file.source, "categories.yaml": categories_file.source}
    others = [file for file in (CLAIMS, LABELS, PAIRS) if lexists(project / file)]
    sources |= {file.name: read_yaml(project, file).source for file in others}
    glossary = Glossary(
        book,
        listed.categories,
        tuple(terms),
        claims.sources if claims else {},
        sources,
        labels,
        pairs_of(pairs) if pairs else (),
        style,
        words,
        pictures,
        written=book,
    )
    counts = glossary.counts(next(iter(book.editions)))
    glossary = replace(glossary, book=filled(book, counts))
    texts = [*(text for _, _, text in glossary.texts()), *(text for _, text in labels.texts())]
    return replace(glossary, typefaces=load_typefaces(project, styles, texts)), findings


def term_schema() -> str:
    """Return the JSON Schema of a term's file, as content/term.schema.json holds it."""
    return _schema(TermText, "A term of the book")


def pairs_schema() -> str:
    """Return the JSON Schema of the pairs' file, as content/pairs.schema.json holds it."""
    return _schema(Pairs, "The confused pairs")


def _schema(model: type[BaseModel], title: str) -> str:
    """Return a model's JSON Schema for editors."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= model.model_json_schema()
    return json.dumps(schema | {"title": title}, indent=2) + "\n"


def outdated_count(project: Path) -> int | None:
    """Return how many terms there are, if content/book.yaml promises another number."""
    promised = (read_yaml(project, BOOK).value or {}).get("terms")
    count = len(list(term_files(project, [])))
    return None if promised in {None, count} else count


def term_file(slug: str) -> PurePath:
    """Return a term's file, relative to the project."""
    return TERMS / f"{slug}.yaml"


def term_files(project: Path, findings: list[Finding]) -> Iterator[PurePath]:
    """Yield the terms' files in order of name; a name that is no slug is a finding."""
    names, problems = list_folder(project, TERMS)
    findings.extend(problems)
    for name in names:
        file = TERMS / name
        if file.suffix == ".yaml" and is_slug(file.stem):
            yield file
        else:
            findings.append(_bad_name(project, file))


def _bad_name(project: Path, file: PurePath) -> Finding:
    """Return the finding for a file among the terms whose name is not <slug>.yaml.

    Its hint never names a file that is there.
    """
    stem = slug_of_file(file)
    hint = "take it away: only the terms' files, <slug>.yaml, stand here"
    is_nameless = not file.suffix and (project / file).is_file()
    if (YAML.search(file.name) or is_nameless) and is_slug(stem):
        if (project / term_file(stem)).exists():
            hint = f"take it away: {stem}.yaml is there already"
        elif COPY.search(stem):
            hint = f"take it away, if it is a copy; or rename it to {stem}.yaml"
        else:
            hint = f"rename it to {stem}.yaml"
    return SLUG.finding(f"`{file.name}` is not a slug with .yaml", Place(file.as_posix()), hint)


def _load_term(
    file: YamlFile, categories: Sequence[str], sources: dict[str, Source], findings: list[Finding]
) -> Term | None:
    """Return the term in a file, and note its source; None if it is no mapping.

    What is wrong in it is a finding, and has a stand-in.
    """
    findings.extend(file.findings)
    if file.value is None:
        return None
    slug = PurePath(file.source.file).stem
    sources[slug] = file.source
    try:
        text = TermText.model_validate(file.value)
    except ValidationError as problem:
        findings.extend(shortened(findings_of(problem, TermText, file.source)))
        text = _with_stand_ins(file.value, problem, slug)
    if categories and text.category not in categories:
        if text.category != STAND_IN:
            findings.append(unknown_category(text.category, categories, file.source))
        text = text.model_copy(update={"category": categories[0]})
    return Term.model_construct(slug=slug, **dict(text))


def _with_stand_ins(values: dict[str, Any], problem: ValidationError, slug: str) -> TermText:
    """Return a term's text with stand-ins for the fields that are wrong or missing."""
    wrong = {details["loc"][0] for details in problem.errors()}
    right = {name: value for name, value in values.items() if name not in wrong}
    number = int.from_bytes(slug.encode()[:6], "big") + 10**6  # which is no other term's
    blank = {"name": slug, "difficulty": 1, "issue": number, "plain": [STAND_IN]}
    blank |= {"go_deeper": [STAND_IN]}
    fields = TermText.model_fields.items()
    needed = [name for name, info in fields if info.is_required() or name in wrong & {*NEWSLETTER}]
    return TermText.model_validate({name: blank.get(name, STAND_IN) for name in needed} | right)


def _load_optional(
    model: type[M], project: Path, file: PurePath, findings: list[Finding]
) -> M | None:
    """Return the value of a file that a project may have, or None."""
    there = lexists(project / file)
    return _load(model, read_yaml(project, file), findings) if there else None


def _load_words(project: Path, findings: list[Finding]) -> frozenset[str] | None:
    """Return the words of the project's list, one a line, without its comments (#).

    None where there is none, or none that can be read: then no spelling is known to be right.
    """
    if not lexists(project / WORDS):
        return None
    text, problems = read_text(project, WORDS)
    findings.extend(problems)
    if problems:
        return None
    lines = [line.strip() for line in text.splitlines()]
    words = {line: n for n, line in enumerate(lines, 1) if line and not line.startswith("#")}
    for line, number in words.items():
        if NO_WORD.search(line):
            message = f"`{line[:40]}` is not one word"
            findings.append(WRONG.finding(message, Place(WORDS.as_posix(), number, 1), ONE_A_LINE))
            return None
    return frozenset(words)


def _load(model: type[M], file: YamlFile, findings: list[Finding]) -> M | None:
    """Return a file's value as the model, or None with findings."""
    findings.extend(file.findings)
    if file.value is None:
        return None
    try:
        return model.model_validate(file.value)
    except ValidationError as problem:
        findings.extend(shortened(findings_of(problem, model, file.source)))
        return None


def _order(finding: Finding) -> tuple[str, int, int, str]:
    """Return what findings are sorted by: file, line, column, code."""
    place = finding.place
    return place.file or "", place.line or 0, place.column or 0, finding.code
