"""What pydantic says of a file's fields → findings in plain words, each with its place."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cheatsheet.findings import FieldPath, Finding, Source, error
from cheatsheet.findings.suggestions import closest, did_you_mean
from cheatsheet.manuscript.slugs import is_slug, slug_of_name
from cheatsheet.model.base import SLUG_PATTERN

UNKNOWN = error(
    "fields-unknown",
    "A file has a field that the manuscript does not know.",
    "remove it, or write one of the fields that are known there",
)
MISSING = error("fields-missing", "A field that is needed is not there.", "add it")
WRONG = error(
    "fields-value",
    "A field's value has the wrong type, form or length.",
    "write a value of the kind that the message asks for",
)
AS_LIST = 'write each item on a line of its own, after "- "'
NUMBER = re.compile(r"\s*0*(\d+)((?:\.\d+)?)\s*")
KEY = "[key]"  # the end of a location that is a key, as pydantic has it
# Plain words for pydantic's error types (docs.pydantic.dev, "Validation Errors").
MESSAGES = {
    "string_type": "`{field}` should be a text, and is {value}",
    "int_type": "`{field}` should be a whole number, and is {value}",
    "float_type": "`{field}` should be a number, and is {value}",
    "float_parsing": "`{field}` should be a number, and is {value}",
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
    "literal_error": "`{field}` is {value}, and may be {expected}",
    "value_error": "`{field}` {error}",
}


def findings_of(
    problem: ValidationError, model: type[BaseModel], source: Source
) -> Iterator[Finding]:
    """Yield what is wrong with a file's value, which should be the model's."""
    errors = problem.errors(include_url=False, include_input=True)
    misspelt = {_meant(details, model) for details in errors}  # and so not missing
    owners = {details["loc"][:-1] for details in errors}
    missing: dict[FieldPath, list[str]] = {}
    for details in errors:
        *owner, name = details["loc"] or ("",)
        if details["type"] == "missing" and details["loc"] not in misspelt:
            missing.setdefault(tuple(owner), []).append(str(name))
        elif details["type"] != "missing" and (
            details["type"] != "too_short" or details["loc"] not in owners
        ):
            yield _finding_of(details, model, source)
    for location, names in missing.items():
        yield MISSING.finding(are_missing(names, _path(location)), source.place(location))


def are_missing(names: Sequence[str], owner: str = "") -> str:
    """Return that fields are missing, of what has them; nothing stands for a file."""
    of = f" of `{owner}`" if owner else ""
    fields = ", ".join(f"`{name}`" for name in names)
    return (
        f"the fields {fields}{of} are missing"
        if names[1:]
        else f"the field {fields}{of} is missing"
    )


def _meant(details: ErrorDetails, model: type[BaseModel]) -> FieldPath | None:
    """Return the location of the field that an unknown one probably is."""
    if details["type"] != "extra_forbidden":
        return None
    *owner, name = details["loc"]
    match = closest(str(name), _field_names(model, tuple(owner)))
    return (*owner, match) if match else None


def _finding_of(details: ErrorDetails, model: type[BaseModel], source: Source) -> Finding:
    """Return one of pydantic's errors as a finding in plain words, with its place."""
    location: FieldPath = tuple(details["loc"])
    if is_key := location[-1:] == (KEY,):
        location = location[:-1]
    name = str(location[-1]) if location else source.file
    if details["type"] == "extra_forbidden":
        known = _field_names(model, location[:-1])
        hint = did_you_mean(name, known) or (
            f"remove it; known are {', '.join(known)}" if known else ""
        )
        if name.isdecimal():  # of a number in a mapping's brackets
            hint = f"write a point before decimals: `.{name}`, not `,{name}`"
        return UNKNOWN.finding(f"unknown field `{name}`", source.key_place(location), hint)
    is_blank = isinstance(details["input"], str) and details["input"].isspace()
    kind = "string_too_short" if is_blank else details["type"]
    words = MESSAGES.get(kind, "`{field}`: " + details["msg"].replace("{", "{{"))
    values = {"field": _path(location) or "this", "value": _shown(details["input"])}
    said = {key: "more" if one is None else one for key, one in details.get("ctx", {}).items()}
    message = words.format(**values | said)
    place = source.key_place(location) if is_key else source.place(location)
    pattern = details.get("ctx", {}).get("pattern", "")
    hint = _nearly(kind, details["input"], pattern) or _described(model, location)
    return WRONG.finding(message, place, hint)


def _nearly(kind: str, value: Any, pattern: str) -> str:
    """Return what to do about a value that is nearly right, as a number in quotes is."""
    if kind == "tuple_type" and isinstance(value, str):
        return AS_LIST
    if pattern == SLUG_PATTERN and is_slug(slug := slug_of_name(str(value))):
        return f"did you mean `{slug}`?"
    if kind == "string_type" and isinstance(value, int | float):
        return f"put it in quotes: '{str(value).lower()}'"
    number = NUMBER.fullmatch(value.replace(",", ".")) if isinstance(value, str) else None
    if number and (kind == "float_type" or (kind == "int_type" and not number[2])):
        return f"take the quotes away: {number[1]}{number[2]}"
    return ""


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


@cache
def _json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return a model's JSON Schema, which takes milliseconds to make."""
    return model.model_json_schema()


def _schema_at(model: type[BaseModel], location: FieldPath) -> dict[str, Any]:
    """Return the part of a model's JSON Schema that describes a location; {} if none does."""
    root = _json_schema(model)
    node: dict[str, Any] = root
    for part in location:
        node = _resolve(root, node)
        child = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
        keyed = [node.get("additionalProperties"), *node.get("patternProperties", {}).values()]
        node = child or next(filter(None, keyed), {})
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


def _field_names(model: type[BaseModel], location: FieldPath) -> list[str]:
    """Return the names of the fields that a mapping at a location may have."""
    root = _json_schema(model)
    return list(_resolve(root, _schema_at(model, location) or root).get("properties", {}))


def _described(model: type[BaseModel], location: FieldPath) -> str:
    """Return a field's description in the schema, or else its parent's, as a hint."""
    while location and "description" not in _schema_at(model, location):
        location = location[:-1]
    return str(_schema_at(model, location)["description"]) if location else ""
