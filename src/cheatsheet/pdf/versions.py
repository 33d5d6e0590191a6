"""What a section file depends on besides its inputs: the versions of libraries and of our code."""

import ctypes
import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow")
LIBRARIES = {  # the names by which WeasyPrint looks for them, too (text/ffi.py)
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}
SUBSETTER = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
CODE = Path(__file__).parent.parent
RENDERING = ("findings", "pdf", "stylesheets")  # our code that runs in a worker


@cache
def engine_versions() -> dict[str, str]:
    """Return the versions of what the PDF's bytes depend on besides the project itself."""
    found = {package: version(package) for package in PACKAGES}
    for name, files in LIBRARIES.items():
        found[name] = _library_version(files, "pango" if name == "Pango" else "hb")
    found["HarfBuzz's subsetter"] = "there" if _library(SUBSETTER) else "missing"
    return found


@cache
def engine_digest() -> str:
    """Return what is another wherever the same section may come out as another file."""
    digest = hashlib.blake2b(repr(engine_versions()).encode(), digest_size=16)
    for part in RENDERING:
        for path in sorted([*(CODE / part).glob("*.py"), *(CODE / part).glob("*.conf")]):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _library_version(files: tuple[str, ...], prefix: str) -> str:
    """Return the version that a library reports by `<prefix>_version_string`."""
    library = _library(files)
    if library is None:
        return "missing"
    function = getattr(library, f"{prefix}_version_string")
    function.restype = ctypes.c_char_p
    answer: bytes = function()
    return answer.decode()


def _library(files: tuple[str, ...]) -> ctypes.CDLL | None:
    """Return the first of some libraries that can be loaded, or None."""
    for file in files:
        with suppress(OSError):
            return ctypes.CDLL(file)
    return None
