"""What does Ray cost, and what does a second speaker gain? ``python -m benchmarks.cluster`` prints a Markdown table.

The plain server, and Ray Serve with one and with two speakers, take turns to answer the same requests. Each speaker is
a process with one core. Needs requirements-cluster.txt, and two cores.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import socket
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.soak import app
from benchmarks.turns import in_turns, machine, ratio, spread

ROOT = Path(__file__).parents[1]
SENTENCES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
PLAIN, ONE, TWO = "plain server", "Ray, one speaker", "Ray, two speakers"
CLIENTS = 6
BYTES_PER_SECOND = 48_000
# Requests that speak nothing, which measure the cost of forwarding.
QUESTIONS = 50


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="see KOKORO_CHECKPOINT; builtin is the first voice")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--requests", type=int, default=6, help="sentences that are spoken in a round")
    chosen = options.parse_args()
    os.environ.update(KOKORO_CHECKPOINT=chosen.checkpoint, OMP_NUM_THREADS="1", KOKORO_THREADS="1")
    with app(chosen.checkpoint) as (plain, _, _), ray_server() as (one_node, two_nodes):
        urls = {PLAIN: plain.rstrip("/"), ONE: one_node, TWO: two_nodes}
        seeds = itertools.count()
        spoken = in_turns({name: speech_work(url, chosen.requests, seeds) for name, url in urls.items()}, chosen.rounds)
        listed = in_turns({name: list_work(url) for name, url in urls.items()}, chosen.rounds)
    print(f"{machine()}, {chosen.checkpoint}, {CLIENTS} clients, one core a speaker\n")
    print("| | seconds for a second of speech | against the plain server | ms for a request that speaks nothing |")
    print("|---|---|---|---|")
    for name in urls:
        small = spread([seconds * 1000 for seconds in listed[name]])
        print(f"| {name} | {spread(spoken[name])} | {ratio(spoken[name], spoken[PLAIN]):.2f} | {small} |")
    print(f"\nTwo speakers against one: {ratio(spoken[TWO], spoken[ONE]):.2f} of the time.")


def speech_work(url: str, count: int, seeds: Iterator[int]) -> Callable[[], float]:
    """Speak sentences for clients that ask at the same time; a call returns the seconds of audio. All requests
    differ."""

    def speak(number: int) -> float:
        body = {"input": SENTENCES[number % len(SENTENCES)], "response_format": "pcm", "seed": next(seeds)}
        request = urllib.request.Request(
            f"{url}/v1/audio/speech", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=600) as answer:
            return len(answer.read()) / BYTES_PER_SECOND

    def work() -> float:
        with ThreadPoolExecutor(CLIENTS) as clients:
            return sum(clients.map(speak, range(count)))

    return work


def list_work(url: str) -> Callable[[], float]:
    """Request the list of models, again and again; a call returns the number of requests."""

    def work() -> float:
        for _ in range(QUESTIONS):
            with urllib.request.urlopen(f"{url}/v1/models", timeout=60) as answer:
                answer.read()
        return float(QUESTIONS)

    return work


@contextmanager
def ray_server() -> Iterator[tuple[str, str]]:
    """Start a cluster on this machine; yields the addresses of one speaker and of two."""
    import ray
    from ray import serve

    from kokoro_demo.cluster import app as clustered

    port = free_port()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(num_cpus=3, object_store_memory=200 * 2**20, include_dashboard=False, log_to_driver=False)
    try:
        serve.start(http_options={"port": port})
        for count, name in ((1, "one"), (2, "two")):
            options = {"cores": "1", "least": str(count), "replicas": str(count)}
            serve.run(clustered(options), name=name, route_prefix=f"/{name}")
        yield f"http://127.0.0.1:{port}/one", f"http://127.0.0.1:{port}/two"
    finally:
        serve.shutdown()
        ray.shutdown()


def free_port() -> int:
    """Return a port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
