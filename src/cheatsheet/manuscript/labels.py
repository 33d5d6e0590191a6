"""The language's labels and content/labels.yaml → Labels, or a finding for each that is missing."""

import re
from collections.abc import Iterator, Mapping
from os.path import lexists
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from cheatsheet.findings import NOWHERE, FieldPath, Finding, Place, Source, error
from cheatsheet.manuscript.fields import findings_of
from cheatsheet.manuscript.yaml_reader import YamlFile, read_yaml
from cheatsheet.model.base import PLACEHOLDER
from cheatsheet.model.labels import FOLDER, Labels

LABELS = PurePath("content/labels.yaml")
ENGLISH = "en"
# Languages, and scripts (ISO 15924), that are written from right to left.
FROM_RIGHT = re.compile(
    r"(?:ar|arc|azb|ckb|dv|fa|he|iw|ji|ks|mzn|nqo|pnb|ps|sd|syr|ug|ur|yi)(?:-(?![A-Z][a-z]{3}).*)?"
    r"|.*-(?:Adlm|Arab|Aran|Hebr|Mand|Nkoo|Rohg|Samr|Syrc|Thaa)(?:-.*)?"
)

VALUE = re.compile(r"^(  \w+): (.+)$", re.MULTILINE)  # a label and what it says

MISSING = error(
    "labels-missing",
    "A word that the program prints is missing in the book's language.",
    "write it into content/labels.yaml, under the same name as the English one",
)
TRANSLATE = (
    "translate them in content/labels.yaml: `cheatsheet init` with this language writes one to fill"
    " in"
)
PLACES = error(
    "labels-placeholder",
    "A label does not have the placeholders that the English one has.",
    "write each of them once, in braces: the program puts the page, the name or the number there",
)
DIRECTION = error(
    "labels-direction",
    "The book's language is written from right to left, which the layout cannot do.",
    "choose a language that is written from left to right",
)


def load_labels(
    project: Path, language: str, place: Place, findings: list[Finding]
) -> Labels | None:
    """Return the labels of a language, with the project's own in their place; None with findings.

    `place` is where the language is written.
    """
    refused = language_finding(language, place)
    if refused:
        findings.append(refused)
        return None
    own = read_yaml(project, LABELS) if lexists(project / LABELS) else YamlFile(Source(""), {})
    findings.extend(own.findings)
    if own.value is None:
        return None
    english = packaged(ENGLISH)
    given = _merged(packaged(language.partition("-")[0]), own.value)
    if not given:
        message = f"the program does not speak `{language}`, and nothing else says its words"
        findings.append(MISSING.finding(message, place, TRANSLATE))
        return None
    found = [*_missing(english, given, own.source, place), *_misplaced(english, own)]
    try:
        labels = Labels.model_validate(_merged(english, given))
    except ValidationError as problem:
        found += findings_of(problem, Labels, own.source)
    findings.extend(found)
    return None if found else labels


def language_finding(language: str, place: Place = NOWHERE) -> Finding | None:
    """Return why no book can be in a language, if none can."""
    if FROM_RIGHT.fullmatch(language):
        return DIRECTION.finding(f"`{language}` is written from right to left", place)
    return None


def spoken_languages() -> frozenset[str]:
    """Return the languages that the package has labels in."""
    return frozenset(path.stem for path in FOLDER.glob("*.yaml"))


def blank_labels() -> str:
    """Return content/labels.yaml to be filled in: every label, and in a comment what English says.

    An empty label is a missing one.
    """
    text = (FOLDER / f"{ENGLISH}.yaml").read_text(encoding="utf-8")
    return VALUE.sub(r"\1:  # \2", text)


def packaged(language: str) -> Mapping[str, Any]:
    """Return the package's labels of a language, by group; nothing if it has none."""
    file = f"{language}.yaml"
    return (read_yaml(FOLDER, PurePath(file)).value or {}) if (FOLDER / file).is_file() else {}


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return labels with others in their place, group by group."""
    merged = {**base, **own}
    for group in base.keys() & own.keys():
        if isinstance(base[group], dict) and isinstance(own[group], dict):
            given = {name: value for name, value in own[group].items() if value is not None}
            merged[group] = {**base[group], **given}
    return merged


def _labels_in(groups: Mapping[str, Any]) -> Iterator[tuple[FieldPath, Any]]:
    """Yield the location and the value of each label."""
    for group, labels in groups.items():
        for name, value in labels.items() if isinstance(labels, dict) else ():
            if value is not None:
                yield (group, name), value


def _missing(
    english: Mapping[str, Any], given: Mapping[str, Any], source: Source, place: Place
) -> Iterator[Finding]:
    """Yield a finding for each English label that is not given."""
    there = dict(_labels_in(given))
    for location, words in _labels_in(english):
        if location not in there and isinstance(given.get(str(location[0]), {}), dict):
            at = source.place(location) if location[:1] in source.values else place
            said = words if isinstance(words, str) else ", ".join(words)
            message = f"`{'.'.join(map(str, location))}` is missing; in English: {said or '(none)'}"
            yield MISSING.finding(message, at)


def _misplaced(english: Mapping[str, Any], own: YamlFile) -> Iterator[Finding]:
    """Yield a finding for each of the project's labels with other placeholders than in English."""
    wanted = dict(_labels_in(english))
    for location, words in _labels_in(own.value or {}):
        if isinstance(words, str) and isinstance(wanted.get(location), str):
            there, needed = (sorted(PLACEHOLDER.findall(one)) for one in (words, wanted[location]))
            if there != needed:
                names = " ".join(f"{{{name}}}" for name in needed) or "no placeholder"
                message = f"`{'.'.join(map(str, location))}` should have {names}"
                yield PLACES.finding(message, own.source.place(location))
