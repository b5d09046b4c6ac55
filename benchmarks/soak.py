"""Does the server hold? ``python -m benchmarks.soak`` prints Markdown tables for a run against the app itself.

32 clients send mixed requests at the same time; a fifth are hostile, or disconnect before the response. Each response
is compared with the one to the same request when there were no others:

- wrong: other bytes, or a status that is wrong for such a request;
- crossed: the bytes of another request;
- lost: a valid request without a complete response. If the server is busy, the client retries.

``--requests 10000 --minutes 120`` is the long form; by default it ends after two minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import FIRST_VOICE
from kokoro_demo.voices.catalogue import describe

ROOT = Path(__file__).parents[1]
CLIENTS = 32
HOSTILE_SHARE = 0.2
SETTLED = 500
WORDS = "river boat lamp clock window stone garden letter winter bridge harbour candle".split()
VOICES = ("af_heart", "bm_george", "af_bella(2)+bf_emma")
FORMATS = ("wav", "pcm", "flac")
LONG = "The old man looked at the river for a long time. " * 100
SPEECH = "v1/audio/speech"
PATIENCE = 300.0


def honest_requests() -> list[tuple[str, dict[str, object]]]:
    """Return a name and a body for each; no two sound alike."""
    bodies = [
        {"model": "kokoro", "voice": voice, "input": f"The {word} is here.", "response_format": format, "seed": seed}
        for seed, (word, voice, format) in enumerate(
            (word, VOICES[place % len(VOICES)], FORMATS[place % 2 if place % 5 else 2])
            for place, word in enumerate(WORDS)
        )
    ]
    return [(f"speech {place}", body) for place, body in enumerate(bodies)]


# What is sent, and the statuses that are right for it.
HOSTILE: dict[str, tuple[bytes, set[int]]] = {
    "no JSON": (b"{" * 1000, {400}),
    "half a character": (b'{"model": "kokoro", "input": "\\ud83d"}', {400}),
    "an hour of silence": (json.dumps({"model": "kokoro", "input": "a " + "[pause:10s]" * 1800}).encode(), {400}),
    "too long a text": (json.dumps({"model": "kokoro", "input": "a" * 30_000}).encode(), {400}),
    "too large a body": (b'{"input": "' + b"a" * 3_000_000 + b'"}', {400, 413}),
    "nested a thousand deep": (b'{"input": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", {400}),
    "no such voice": (
        json.dumps({"model": "kokoro", "input": "Hi.", "voice": "../../etc/passwd"}).encode(),
        {400, 404},
    ),
    "speed of nothing": (b'{"model": "kokoro", "input": "Hi.", "speed": NaN}', {400}),
}


class Soak:
    """The clients, and their results."""

    def __init__(self, url: str, requests: int, deadline: float, pid: int) -> None:
        self.url, self.requests, self.deadline, self.pid = url, requests, deadline, pid
        self.honest = honest_requests()
        self.expected: dict[str, str] = {}
        self.found: Counter[str] = Counter()
        self.faults: list[str] = []
        self.memory: list[tuple[int, float]] = []
        self.begun = 0
        self._lock = threading.Lock()

    def listen_alone(self) -> None:
        """Record the response to each valid request while there are no others."""
        with httpx.Client(base_url=self.url, timeout=PATIENCE) as client:
            for name, body in self.honest:
                answer = client.post(SPEECH, json=body)
                answer.raise_for_status()
                self.expected[name] = digest(answer.content)
        if len(set(self.expected.values())) != len(self.expected):
            raise SystemExit("Two different requests have the same sound.")

    def run(self) -> None:
        """Run all clients at the same time, until the requests or the time are used up."""
        clients = [threading.Thread(target=self._client, args=(number,)) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _client(self, number: int) -> None:
        draw = random.Random(number)
        with httpx.Client(base_url=self.url, timeout=PATIENCE) as client:
            while self._next():
                hostile = draw.random() < HOSTILE_SHARE
                try:
                    self._hostile(client, draw) if hostile else self._honest(client, draw)
                except httpx.HTTPError as error:
                    if hostile:
                        self._count("hostile, cut off")
                    else:
                        self._fault("lost", f"{type(error).__name__}: {error}")

    def _next(self) -> bool:
        with self._lock:
            if self.begun >= self.requests or time.monotonic() > self.deadline:
                return False
            self.begun += 1
            if self.begun % 100 == 0:
                self.memory.append((self.begun, resident(self.pid)))
            return True

    def _honest(self, client: httpx.Client, draw: random.Random) -> None:
        if draw.random() < 0.1:
            path = draw.choice(["health", "v1/models", "v1/audio/voices"])
            answer = client.get(path)
            self._count("right, information") if answer.status_code == 200 else self._fault(
                "wrong", f"{path}: {answer.status_code}"
            )
            return
        name, body = draw.choice(self.honest)
        for _ in range(1000):
            answer = client.post(SPEECH, json=body)
            if answer.status_code != 429:
                break
            self._count("busy, retried")
            time.sleep(min(2.0, float(answer.headers.get("Retry-After", 1))) * draw.random())
        heard = digest(answer.content)
        if answer.status_code != 200:
            self._fault("lost", f"{name}: {answer.status_code} {answer.text[:200]}")
        elif heard == self.expected[name]:
            self._count("right, spoken")
        elif heard in self.expected.values():
            self._fault("crossed", name)
        else:
            self._fault("wrong", f"{name}: {len(answer.content)} bytes")

    def _hostile(self, client: httpx.Client, draw: random.Random) -> None:
        kind = draw.choice([*HOSTILE, "leaves while it is spoken", "leaves before it is answered", "half a body"])
        if kind == "leaves while it is spoken":
            body = {"model": "kokoro", "input": LONG, "response_format": "pcm"}
            with client.stream("POST", SPEECH, json=body) as answer:
                next(answer.iter_raw(100), b"")
            status, accepted = answer.status_code, {200, 429}
        elif kind in ("leaves before it is answered", "half a body"):
            host, port = re.findall(r"//([\d.]+):(\d+)", self.url)[0]
            body_sent = json.dumps({"model": "kokoro", "input": LONG}).encode()
            head = f"POST /{SPEECH} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            head += f"Content-Length: {len(body_sent)}\r\n\r\n"
            with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
                connection.sendall(head.encode() + body_sent[: len(body_sent) // (2 if kind == "half a body" else 1)])
                time.sleep(draw.random() * 0.3)
            self._count("hostile, left")
            return
        else:
            content, accepted = HOSTILE[kind]
            status = client.post(SPEECH, content=content, headers={"Content-Type": "application/json"}).status_code
            accepted = accepted | {429}
        self._count("hostile, refused or left") if status in accepted else self._fault("wrong", f"{kind}: {status}")

    def _count(self, what: str) -> None:
        with self._lock:
            self.found[what] += 1

    def _fault(self, what: str, which: str) -> None:
        with self._lock:
            self.found[what] += 1
            self.faults.append(f"{what}: {which}")


def digest(content: bytes) -> str:
    """Identify the content of a response."""
    return hashlib.sha256(content).hexdigest()[:16]


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000


@contextmanager
def app(checkpoint: str) -> Iterator[tuple[str, subprocess.Popen[bytes], Path]]:
    """Run the app in its own process; yields its address, process and log once it speaks with the checkpoint."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "KOKORO_CHECKPOINT": checkpoint, "GRADIO_SERVER_PORT": str(port)}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            for _ in range(600):
                if process.poll() is not None:
                    raise SystemExit(log.read_text(encoding="utf-8"))
                try:
                    health = httpx.get(f"{url}health", timeout=5).json()
                    if checkpoint == "builtin" or health["checkpoint"] != describe(FIRST_VOICE).title:
                        break
                except (httpx.HTTPError, ValueError, KeyError):
                    pass
                time.sleep(0.5)
            yield url, process, log
        finally:
            process.terminate()
            process.wait(30)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    options.add_argument("--requests", type=int, default=10_000)
    options.add_argument("--minutes", type=float, default=2.0, help="stop after this time")
    options.add_argument("--checkpoint", default=os.environ.get("KOKORO_CHECKPOINT", "builtin"))
    chosen = options.parse_args()
    with app(chosen.checkpoint) as (url, process, log):
        soak = Soak(url, chosen.requests, 0.0, process.pid)
        soak.listen_alone()
        began = time.monotonic()
        soak.deadline = began + 60 * chosen.minutes
        soak.run()
        seconds = time.monotonic() - began
        soak.memory.append((soak.begun, resident(process.pid)))
        text = log.read_text(encoding="utf-8", errors="replace")
    shown = [phrase for phrase in (*(f"{word} is here" for word in WORDS), "old man looked") if phrase in text]
    print(
        f"{machine()}, {Path(chosen.checkpoint).name}, {CLIENTS} clients, {soak.begun:,} requests in {seconds:.0f} s\n"
    )
    print("| | requests |\n|---|---|")
    for what in ("wrong", "crossed", "lost", *sorted(set(soak.found) - {"wrong", "crossed", "lost"})):
        print(f"| {what} | {soak.found[what]:,} |")
    print("\n| after requests | MB resident |\n|---|---|")
    step = max(1, len(soak.memory) // 12)
    for number, megabytes in [*soak.memory[:-1:step], soak.memory[-1]]:
        print(f"| {number:,} | {megabytes:.0f} |")
    settled = [megabytes for number, megabytes in soak.memory if number >= SETTLED]
    if len(settled) > 1:
        print(f"\nAfter the first {SETTLED}: {min(settled):.0f} to {max(settled):.0f} MB.")
    print(
        f"\nTracebacks in the log: {text.count('Traceback')}; words of the texts in it: {', '.join(shown) or 'none'}."
    )
    for fault in soak.faults[:20]:
        print(fault)
    sys.exit(1 if soak.faults or shown else 0)


if __name__ == "__main__":
    main()
