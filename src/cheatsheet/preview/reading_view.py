"""The project's EPUB as the files that are in it, for a browser to show as they are."""

import asyncio
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from cheatsheet.book.templates import RenderError
from cheatsheet.epub.making import set_up_epub
from cheatsheet.epub.packaging import FOLDER
from cheatsheet.findings import has_errors
from cheatsheet.manuscript import load_glossary
from cheatsheet.model.editions import EPUB
from cheatsheet.preview.update import Workers


class ReadingView:
    """The files of the EPUB, made when one is asked for and the project has changed since."""

    def __init__(self, project: Path, workers: Workers) -> None:
        self._project = project
        self._workers = workers
        self._made_at = -1
        self._files: dict[str, bytes] = {}
        self._one_at_a_time = asyncio.Lock()

    async def file(self, path: str, generation: int) -> bytes | None:
        """Return a file of the EPUB as the project is at a generation; `path` is from the contents.

        None where there is no such file, no EPUB, or an error that keeps it from being made.
        """
        async with self._one_at_a_time:
            if generation != self._made_at:
                self._files = await asyncio.to_thread(self._make)
                self._made_at = generation
        return self._files.get(path)

    def _make(self) -> dict[str, bytes]:
        """Make the EPUB, and return its files."""
        glossary, _ = load_glossary(self._project)
        if glossary is None or EPUB not in glossary.book.epubs:
            return {}
        store, back = self._workers.store, self._workers.back
        build = set_up_epub(self._project, glossary, EPUB, store, back)
        try:
            pagination = None if has_errors(build.findings) else build.lay_out(lambda *_: None)
            if pagination is None or has_errors(pagination.findings):
                return {}
            data = build.link(pagination, back).data
        except RenderError:
            return {}
        with ZipFile(BytesIO(data)) as packed:
            names = [name for name in packed.namelist() if name.startswith(f"{FOLDER}/")]
            return {name.removeprefix(f"{FOLDER}/"): packed.read(name) for name in names}
