"""`{terms}` and its like in the texts of the book's settings → the numbers that they stand for."""

from collections.abc import Mapping
from typing import Any, TypeVar

from cheatsheet.model.base import PLACEHOLDER, Model

OWN = {"stamp"}  # a field whose placeholders are filled for each buyer

M = TypeVar("M", bound=Model)


def filled(model: M, values: Mapping[str, str]) -> M:
    """Return a model with the values of placeholders in its texts; others stay as they are."""
    fields = {name: getattr(model, name) for name in type(model).model_fields if name not in OWN}
    changed = {name: _filled(value, values) for name, value in fields.items()}
    return model.model_copy(update={n: v for n, v in changed.items() if v is not fields[n]})


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    """Return a value with placeholders filled in all of its texts; itself where it has none."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda sign: values.get(sign[1], sign[0]), value)
    if isinstance(value, Model):
        return filled(value, values)
    if isinstance(value, tuple):
        return tuple(_filled(item, values) for item in value)
    if isinstance(value, dict):
        return {key: _filled(item, values) for key, item in value.items()}
    return value
