"""The API on Ray Serve: speakers, each a process with cores of its own, behind fronts that accept the requests.

A front forwards a request to a speaker, and streams the response back while it is generated. If the speaker is lost,
another one repeats the request: equal requests give equal bytes, so what was already sent is skipped.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kokoro_demo.cluster.ray_import import ray_module
from kokoro_demo.errors import RequestError

# Paths and query strings contain visitors' text.
NO_REQUESTS = {"enable_access_log": False}


@dataclass(frozen=True, slots=True)
class Options:
    """The options of ``serve run``, each as ``name=value``.

    cores: CPU cores of each speaker. gpu: the share of a GPU for each speaker, such as 0.25; 0 for the CPU.
    replicas: the largest number of speakers. least: the smallest. Ray scales between them by the number of waiting
        requests.
    at_once: requests that a speaker holds at a time; it speaks one of them.
    waiting: requests that may wait in each front; further ones are refused with status 429.
    fronts: the number of fronts.
    up_after, down_after: seconds for which many or few requests must wait before a speaker is added or removed.
    """

    cores: float = 2.0
    gpu: float = 0.0
    least: int = 1
    replicas: int = 4
    at_once: int = 2
    waiting: int = 64
    fronts: int = 1
    up_after: float = 10.0
    down_after: float = 300.0


def read_options(given: Mapping[str, str]) -> Options:
    """Parse the options.

    Raises:
        RequestError: naming the one that is invalid.
    """
    kinds = {field.name: float if isinstance(field.default, float) else int for field in fields(Options)}
    values: dict[str, Any] = {}
    for name, written in given.items():
        if name not in kinds:
            raise RequestError(f"There is no option {name[:40]!r}. There are: {', '.join(kinds)}.")
        try:
            values[name] = kinds[name](written)
        except ValueError:
            raise RequestError(f"{name} must be a number, not {written[:40]!r}.") from None
        if values[name] < 0 or (values[name] == 0 and name != "gpu"):
            raise RequestError(f"{name} must be more than 0.")
    options = Options(**values)
    if options.least > options.replicas:
        raise RequestError("least must not be more than replicas.")
    return options


def build(given: Mapping[str, str]) -> Any:
    """Build the application for Ray Serve."""
    ray_module()
    from ray import serve

    from kokoro_demo.cluster.front import Front
    from kokoro_demo.cluster.speaking import SpeakerReplica

    options = read_options(given)
    # So that a key or a checkpoint that the operator sets here applies on every machine.
    chosen = {name: value for name, value in os.environ.items() if name.startswith("KOKORO_")}
    speaking = serve.deployment(
        name="speaking",
        ray_actor_options={"num_cpus": options.cores, "num_gpus": options.gpu},
        max_ongoing_requests=options.at_once,
        max_queued_requests=options.waiting,
        autoscaling_config={
            "min_replicas": options.least,
            "max_replicas": options.replicas,
            "target_ongoing_requests": max(1, options.at_once - 0.5),
            "upscale_delay_s": options.up_after,
            "downscale_delay_s": options.down_after,
            # The average covers no more time than there is to react.
            "metrics_interval_s": min(10.0, options.up_after / 2),
            "look_back_period_s": min(30.0, options.up_after),
        },
        graceful_shutdown_timeout_s=60,
        logging_config=NO_REQUESTS,
    )(SpeakerReplica)
    front = serve.deployment(
        name="front",
        num_replicas=options.fronts,
        ray_actor_options={"num_cpus": 0},
        max_ongoing_requests=1000,
        logging_config=NO_REQUESTS,
    )(serve.ingress()(Front))
    return front.bind(speaking.bind(chosen, options.gpu > 0))
