"""A local Hub with files, which can fail in several ways."""

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class MockHub:
    """Serves `files` of one repository at one commit, whatever its name.

    fail: called with each handler before it responds; True if it has responded itself.
    requests: (method, path) of each request.
    ranges: (path, first byte) of the requests for the rest of a file.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.commit = COMMIT
        self.requests: list[tuple[str, str]] = []
        self.ranges: list[tuple[str, int]] = []
        self.fail: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: False
        self.released = threading.Event()
        self.url = ""

    def hang(self, handler: BaseHTTPRequestHandler) -> bool:
        """A failure: accept the connection and never respond."""
        self.released.wait(20)
        handler.close_connection = True
        return True

    def asked_for(self, path: str) -> list[str]:
        """The methods with which a file was requested."""
        return [method for method, asked in self.requests if asked.endswith("/" + path)]


def status(code: int, error_code: str = "") -> Callable[[BaseHTTPRequestHandler], bool]:
    """A failure: respond with a status."""

    def answer(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(code)
        if error_code:
            handler.send_header("X-Error-Code", error_code)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    return answer


def sign_in_page(handler: BaseHTTPRequestHandler) -> bool:
    """A failure: the login page of a network responds instead of the Hub."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    return True


@contextmanager
def serving() -> Iterator[MockHub]:
    hub = MockHub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, with_body: bool) -> None:
            path = unquote(urlsplit(self.path).path)
            hub.requests.append((self.command, path))
            if hub.fail(self):
                return
            if path.startswith("/api/"):
                self.send_json(self.api(path))
                return
            name = path.partition("/resolve/")[2].partition("/")[2]
            if name not in hub.files:
                status(404, "EntryNotFound")(self)
                return
            body, begin = hub.files[name], 0
            if part := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
                begin = int(part[1])
                hub.ranges.append((path, begin))
            self.send_response(206 if begin else 200)
            if begin:
                self.send_header("Content-Range", f"bytes {begin}-{len(body) - 1}/{len(body)}")
            self.send_header("X-Repo-Commit", hub.commit)
            self.send_header("ETag", f'"{etag(name, body)}"')
            self.send_header("Content-Length", str(len(body) - begin))
            self.end_headers()
            if with_body:
                self.wfile.write(body[begin:])

        def api(self, path: str) -> object:
            if "/tree/" in path:
                return [listed(name, body) for name, body in hub.files.items()]
            return {"id": "owner/name", "sha": hub.commit, "siblings": [{"rfilename": name} for name in hub.files]}

        def send_json(self, value: object) -> None:
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.released.set()
        server.shutdown()
        server.server_close()


def listed(name: str, body: bytes) -> dict[str, object]:
    """A file in the Hub's listing; git has a pointer with the SHA-256 of a large one."""
    entry: dict[str, object] = {"type": "file", "path": name, "size": len(body), "oid": etag(name, body)}
    if len(etag(name, body)) == 64:
        entry |= {"oid": "0" * 40, "lfs": {"oid": etag(name, body), "size": len(body), "pointerSize": 134}}
    return entry


def etag(name: str, body: bytes) -> str:
    """As on the Hub: the SHA-256 of a large file, and git's hash of a small one."""
    if name.endswith((".pth", ".pt")):
        return hashlib.sha256(body).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until `condition` holds; fail if it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)
