"""Names that files have: which a system keeps for itself."""

from typing import Annotated

from pydantic import AfterValidator

from cheatsheet.model.base import Slug

# Names that Windows keeps for devices, whatever the extension.
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


def _on_every_system(name: str) -> str:
    """Return what can be a file's name on every system. Raises ValueError."""
    if name in DEVICES:
        raise ValueError(f"is `{name}`, which Windows keeps for a device and gives no file")
    return name


FileName = Annotated[Slug, AfterValidator(_on_every_system)]
