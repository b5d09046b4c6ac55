"""Runs the app behind nginx.conf and Caddyfile, if nginx and caddy are installed, and tries to get past them.

    python deploy/try_proxies.py [--caddy PATH]

Each run makes its own names, certificates and passwords, in a temporary folder. The exit status is 0 on success.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEPLOY = Path(__file__).parent
NAME, PASSWORD, KEY = "alice", "a password", "a-key"
PASSWORD_HEADER = {"Authorization": "Basic " + base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()}
KEY_HEADER = {"Authorization": f"Bearer {KEY}"}
# Paths that look like those of the API, or lead to them, only because of their dots or slashes.
DISGUISED = (
    "/gradio_api/info/../../v1/x",
    "/gradio_api/file=x/%2e%2e/%2e%2e/v1/x",
    "/config/../health",
    "//config",
    "/v1/../config",
    "/V1/../config",
    "/health/../config",
    "/healthy/../config",
    "/v1/..%2fconfig",
)


def main() -> None:
    options = argparse.ArgumentParser(prog="try_proxies.py", description=__doc__.partition("\n")[0])
    options.add_argument("--caddy", default=shutil.which("caddy"))
    caddy = options.parse_args().caddy
    nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    with tempfile.TemporaryDirectory() as name, app() as port:
        folder = Path(name)
        folder.chmod(0o755)
        certificate(folder)
        if nginx:
            with running([nginx, "-e", "stderr", "-c", nginx_config(folder, port)]):
                check("nginx", 8443)
        if caddy:
            os.environ.update(XDG_CONFIG_HOME=name, XDG_DATA_HOME=name)
            with running([caddy, "run", "--adapter", "caddyfile", "--config", caddyfile(folder, port, caddy)]):
                check("caddy", 8444)
    if not nginx and not caddy:
        sys.exit("Neither nginx nor caddy is installed.")


def check(name: str, port: int) -> None:
    """Raise AssertionError if the proxy accepts a request that it should refuse, or the other way round."""
    config, speech = "/config", "/v1/audio/speech"
    assert ask(port, config)[0] == 401
    assert ask(port, config, KEY_HEADER)[0] == 401
    assert ask(port, config, PASSWORD_HEADER)[0] == 200
    assert ask(port, "/health")[0] == 200
    assert ask(port, "/v1/models")[0] == 401
    status, answer = ask(port, "/v1/models", KEY_HEADER)
    assert status == 200
    assert json.loads(answer)["object"] == "list"
    body = json.dumps({"input": "The old man looked at the sea.", "response_format": "wav"}).encode()
    assert ask(port, speech, {}, body)[0] == 401
    status, sound = ask(port, speech, KEY_HEADER | {"Content-Type": "application/json"}, body)
    assert status == 200
    assert sound.startswith(b"RIFF")
    for path in DISGUISED:
        status, answer = ask(port, path, KEY_HEADER)
        assert status >= 300, f"{name} lets {path} in: {status} {answer[:200]!r}"
    print(f"{name}: the page asks for the password, programs for the key, and no disguised path gets past.")


def ask(port: int, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> tuple[int, bytes]:
    """Send a request over HTTPS, its path unchanged; returns the status and the body of the response."""
    context = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("localhost", port, context=context, timeout=60)
    connection.request("GET" if body is None else "POST", path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read()


@contextmanager
def app() -> Iterator[int]:
    """Run the app with the first voice and an API key; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {"KOKORO_CHECKPOINT": "builtin", "KOKORO_API_KEY": KEY, "GRADIO_SERVER_PORT": str(port)}
    with running([sys.executable, "app.py"], environment):
        wait_for(port)
        yield port


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None) -> Iterator[None]:
    """Run a server until the end of the block."""
    with subprocess.Popen(command, cwd=DEPLOY.parent, env={**os.environ, **(environment or {})}) as server:
        try:
            if environment is None:
                wait_for(8443 if "nginx" in command[0] else 8444)
            yield
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int) -> None:
    """Wait until a server listens on the port."""
    for _ in range(480):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise SystemExit(f"No server listens on port {port}.")


def certificate(folder: Path) -> None:
    """Write cert.pem, key.pem and kokoro.htpasswd, which has the hash of the password."""
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject, *files],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    hashed = subprocess.check_output(["openssl", "passwd", "-apr1", PASSWORD], text=True).strip()
    (folder / "kokoro.htpasswd").write_text(f"{NAME}:{hashed}\n", encoding="utf-8")


def nginx_config(folder: Path, port: int) -> str:
    """Write a complete configuration for this run that includes nginx.conf; returns its path."""
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    shutil.copy(DEPLOY / "nginx-proxy.conf", folder / "kokoro-proxy.conf")
    for original, replacement in {
        "listen 443": "listen 8443",
        "speech.example.org;": "localhost;",
        "/etc/letsencrypt/live/speech.example.org/fullchain.pem": str(folder / "cert.pem"),
        "/etc/letsencrypt/live/speech.example.org/privkey.pem": str(folder / "key.pem"),
        "/etc/nginx/kokoro": str(folder / "kokoro"),
        ":7860": f":{port}",
    }.items():
        site = site.replace(original, replacement)
    folders = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    head = f"daemon off; error_log stderr; pid {folder}/pid; events {{}}"
    path.write_text(f"{head}\nhttp {{ {folders}\n{site} }}\n", encoding="utf-8")
    return str(path)


def caddyfile(folder: Path, port: int, caddy: str) -> str:
    """Write the Caddyfile with the name and password of this run; returns its path."""
    hashed = subprocess.check_output([caddy, "hash-password", "--plaintext", PASSWORD], text=True).strip()
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    version = subprocess.check_output([caddy, "version"], text=True).lstrip("v").split(".")
    if (int(version[0]), int(version[1])) < (2, 8):
        text = text.replace("basic_auth @page", "basicauth @page")
    for original, replacement in {
        "speech.example.org {": f"localhost:8444 {{\n\ttls {folder}/cert.pem {folder}/key.pem",
        "alice $2a$14$replace.this": f"{NAME} {hashed}",
        ":7860": f":{port}",
    }.items():
        text = text.replace(original, replacement)
    path = folder / "Caddyfile"
    path.write_text("{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + text, encoding="utf-8")
    return str(path)


if __name__ == "__main__":
    main()
