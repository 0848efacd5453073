"""A store that speaks S3 on this machine, and notes what it is asked for."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

FORBIDDEN = "forbidden-bucket"
_DENIED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"


class Asked(NamedTuple):
    """One request: for objects the path is /BUCKET/KEY."""

    method: str
    path: str
    query: str
    byte_range: tuple[int, int] | None  # first and last byte


@dataclass
class Store:
    """The running server."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def asked_for(self, method: str, path: str) -> list[Asked]:
        return [one for one in self.asked if (one.method, one.path) == (method, path)]


class _Noting:
    """Notes every request; denies all to one bucket."""

    def __init__(self, app: Callable[..., Iterable[bytes]], store: Store) -> None:
        self._app = app
        self._store = store

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", environ.get("HTTP_RANGE", ""))
        found = (int(asked[1]), int(asked[2])) if asked else None
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        self._store.asked.append(Asked(environ["REQUEST_METHOD"], path, query, found))
        if path.startswith(f"/{FORBIDDEN}"):
            start("403 Forbidden", [("Content-Length", str(len(_DENIED)))])
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [_DENIED]
        return self._app(environ, start)


@contextmanager
def running_store() -> Iterator[Store]:
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store = Store()
    app = _Noting(DomainDispatcherApplication(create_backend_app), store)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    store.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
