"""The preview's web server: for this machine alone, and for nothing but what it made itself."""

import asyncio
import json
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import asdict
from mimetypes import guess_type
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from cheatsheet.manuscript import load_glossary
from cheatsheet.model.editions import DEFAULT_EDITION, require_edition
from cheatsheet.preview.listening import HOST, listen
from cheatsheet.preview.pictures import ENCODING, MEDIA_TYPE
from cheatsheet.preview.session import Session
from cheatsheet.preview.update import first_of_all

PAGE = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRESH = {"Cache-Control": "no-store"}
ALIVE_S = 15.0  # a stream that is silent for longer may be taken for dead
SWITCH_S = 0.0005  # until PDFium's thread gets the interpreter, in place of 5 ms
LONGEST = 64 * 1024  # bytes of a request's body
END_S = 1  # that the end waits for who has sent half a request


def serve(
    project: Path,
    port: int | None = None,
    edition: str = DEFAULT_EDITION,
    compared: Path | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve the preview of a project until Ctrl-C.

    `ready` is given its address as soon as it can be opened. `compared` is a PDF to compare the
    pages with, in place of the last good build. Without a port it is PORT, or a free one where
    that is taken. Raises UnknownEditionError, PortError, and OSError for what the system refuses.
    """
    glossary, _ = load_glossary(project)
    if glossary is not None:
        require_edition(glossary, edition)
    sys.setswitchinterval(SWITCH_S)
    listening = listen(port)
    asyncio.run(_serve(Session(project, edition, compared), listening, ready))


async def _serve(session: Session, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve until a signal comes."""
    server = _Server(session)
    work = asyncio.create_task(session.run())
    work.add_done_callback(lambda _: server.stop())
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, server.handle_exit)  # the terminal was closed
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    opening = asyncio.create_task(asyncio.to_thread(ready, address))  # a browser may take its time
    try:
        await server.serve(sockets=[listening])
    finally:
        opening.cancel()
        work.cancel()
        with suppress(asyncio.CancelledError), first_of_all():
            await work


class _Server(uvicorn.Server):
    """A server whose streams end when it is asked to stop."""

    def __init__(self, session: Session) -> None:
        self._session = session
        app = make_app(session)
        config = uvicorn.Config(
            app,
            log_level="critical",
            lifespan="off",
            headers=[*HEADERS.items()],
            timeout_graceful_shutdown=END_S,
        )
        super().__init__(config)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Stop, as a signal asks; at the second without waiting for anybody.

        Unlike uvicorn's own, the signal is not raised again: the program ends well.
        """
        self.force_exit = self.should_exit
        self.stop()

    def stop(self) -> None:
        """Stop: let the streams end, and then the server."""
        self._session.close()
        self.should_exit = True


def make_app(session: Session) -> ASGIApp:
    """Return the application: pages, state and pictures of a session."""
    answers = _Answers(session)
    routes = [
        Route("/", answers.page),
        Route("/events", answers.events),
        Route("/pictures/{key}/{page}", answers.picture),
        Route("/overlays/{section}", answers.overlays),
        Route("/marks/{finding}", answers.mark),
        Route("/book.pdf", answers.book),
        Route("/epub/{path:path}", answers.epub),
        Route("/favicon.ico", answers.icon),
        Route("/view", answers.view, methods=["POST"]),
        Route("/edition", answers.edition, methods=["POST"]),
        Mount("/page", StaticFiles(directory=PAGE)),
    ]
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    return Starlette(routes=routes, middleware=[trusted, Middleware(_Guard)])


class _Guard:
    """Refuses what another site's page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        refused = scope["type"] == "http" and _is_foreign(Request(scope))
        app = Response("another site may not ask", 403) if refused else self._app
        await app(scope, receive, send)


def _is_foreign(request: Request) -> bool:
    """Tell whether another site's page sends a request; what follows a link to here is none.

    By the Origin header, and by Fetch Metadata Request Headers (W3C), which browsers always send.
    """
    origin, site = (request.headers.get(name) for name in ("origin", "sec-fetch-site"))
    follows = request.method == "GET" and request.headers.get("sec-fetch-mode") == "navigate"
    by_site = site not in {None, "same-origin", "none"} and not follows
    return by_site or origin not in {None, f"http://{request.headers.get('host')}"}


class _Answers:
    """What is answered to each request."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def page(self, _: Request) -> Response:
        """Answer with the page."""
        return FileResponse(PAGE / "index.html", headers=FRESH)

    async def icon(self, _: Request) -> Response:
        """Answer with the icon, which a browser asks for where a page does not name one."""
        return FileResponse(PAGE / "icon.svg")

    async def events(self, _: Request) -> Response:
        """Answer with the state, now and whenever it changes (server-sent events, WHATWG HTML)."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=FRESH)

    async def _stream(self) -> AsyncIterator[str]:
        """Yield the state whenever it changes; a comment where it has not for long."""
        last = ""
        with self._session.listen() as news:
            while not self._session.closed:
                with suppress(TimeoutError):
                    async with asyncio.timeout(ALIVE_S):
                        await news.wait()
                if not news.is_set():
                    yield ": still here\n\n"
                    continue
                news.clear()
                if (state := json.dumps(self._session.shown())) != last:
                    yield f"data: {state}\n\n"
                last = state

    async def picture(self, request: Request) -> Response:
        """Answer with a picture of a page; with nothing where its PDF has been replaced."""
        key = request.path_params["key"]
        page = _number(request.path_params["page"])
        width = max(1, _number(request.query_params.get("width", "")))
        data = await self._session.pictures.picture(key, page, width)
        if data is None:
            return Response(status_code=204)
        kept = "private, max-age=3600, immutable"
        headers = {"Cache-Control": kept, "Content-Encoding": ENCODING}
        return Response(data, media_type=MEDIA_TYPE, headers=headers)

    async def overlays(self, request: Request) -> Response:
        """Answer with the frames of a section's pages."""
        shown = self._session.state.shown.get(request.path_params["section"])
        frames = [asdict(frame) for frame in shown.frames] if shown else []
        return JSONResponse(frames, headers=FRESH)

    async def mark(self, request: Request) -> Response:
        """Answer with the page and the areas on it that a finding is about."""
        page, areas = await self._session.mark(request.path_params["finding"])
        return JSONResponse({"page": page, "areas": areas}, headers=FRESH)

    async def book(self, _: Request) -> Response:
        """Answer with the whole book's PDF, as it was last linked."""
        pdf = self._session.state.book
        if not pdf:
            raise HTTPException(404, "the book has not been linked yet")
        return Response(pdf, media_type="application/pdf", headers=FRESH)

    async def epub(self, request: Request) -> Response:
        """Answer with a file of the EPUB, made anew if something was saved since."""
        path = request.path_params["path"]
        data = await self._session.epub_file(path)
        if data is None:
            raise HTTPException(404, "there is no EPUB, or an error keeps it from being made")
        kind = guess_type(path)[0] or "application/octet-stream"
        return Response(data, media_type=kind, headers=FRESH)

    async def view(self, request: Request) -> Response:
        """Take note of which sections are in view."""
        body = await _body(request)
        sections = body.get("sections")
        if not isinstance(sections, list) or not all(isinstance(s, str) for s in sections):
            raise HTTPException(400, "which sections?")
        self._session.look_at(sections, follows=body.get("follows") is True)
        return Response(status_code=204)

    async def edition(self, request: Request) -> Response:
        """Show another edition."""
        edition = (await _body(request)).get("edition")
        if not isinstance(edition, str) or not self._session.switch(edition):
            raise HTTPException(400, "there is no such edition")
        return Response(status_code=204)


def _number(text: str) -> int:
    """Return the whole number of at most nine digits that a request says."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise HTTPException(400, "which page, and how many px wide?")
    return int(text)


async def _body(request: Request) -> dict[str, Any]:
    """Return a request's body, which must be a JSON object of moderate length."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > LONGEST:
            raise HTTPException(413, "too long")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise HTTPException(400, "no JSON object")
    return value
