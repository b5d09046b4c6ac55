"""A local package index with data wheels, which can fail in several ways."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kokoro_demo.checkpoints.wheels import Wheel


class PackageIndex:
    """Serves `wheels` by their file names, as a simple index (PEP 503).

    fail: called with each handler before it responds; True if it has responded itself.
    """

    def __init__(self) -> None:
        self.wheels: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.fail: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: False
        self.released = threading.Event()
        self.url = ""

    def add(self, package: str, part: bytes) -> Wheel:
        """Make a wheel that contains a part; returns its description."""
        module = package.replace("-", "_")
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as wheel:
            wheel.writestr(f"{module}/__init__.py", "raise RuntimeError('a package of data is never imported')\n")
            wheel.writestr(f"{module}/part.bin", part)
            about = f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.1.0\n"
            wheel.writestr(f"{module}-0.1.0.dist-info/METADATA", about)
            tag = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            wheel.writestr(f"{module}-0.1.0.dist-info/WHEEL", tag)
            wheel.writestr(f"{module}-0.1.0.dist-info/RECORD", "")
        data = written.getvalue()
        known = Wheel(package, "0.1.0", hashlib.sha256(data).hexdigest(), len(data))
        self.wheels[known.filename] = data
        return known

    def asked_for(self, wheel: Wheel) -> int:
        """How often a wheel was requested."""
        return sum(path.endswith(wheel.filename) for path in self.requests)

    def hang(self, handler: BaseHTTPRequestHandler) -> bool:
        """A failure: accept the connection and never respond."""
        self.released.wait(30)
        handler.close_connection = True
        return True


def on_wheels(failure: Callable[[BaseHTTPRequestHandler], bool]) -> Callable[[BaseHTTPRequestHandler], bool]:
    """A failure of the files only; pages are served."""
    return lambda handler: handler.path.endswith(".whl") and failure(handler)


@contextmanager
def serving() -> Iterator[PackageIndex]:
    index = PackageIndex()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            index.requests.append(self.path)
            if index.fail(self):
                return
            name = self.path.rstrip("/").rpartition("/")[2]
            if self.path.endswith(".whl"):
                self.send(index.wheels.get(name), "application/zip")
                return
            links = [
                f'<a href="/files/{file}#sha256={hashlib.sha256(data).hexdigest()}">{file}</a>'
                for file, data in index.wheels.items()
                if file.startswith(name.replace("-", "_") + "-")
            ]
            self.send("".join(links).encode() or None, "text/html")

        def send(self, body: bytes | None, kind: str) -> None:
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    index.url = f"http://127.0.0.1:{server.server_port}/simple/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield index
    finally:
        index.released.set()
        server.shutdown()
        server.server_close()
