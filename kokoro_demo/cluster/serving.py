"""The API on Ray Serve: speakers, each a process with its own cores, behind fronts that take the requests.

A front hands a request to a speaker and passes on what comes back while it is made. If the speaker is lost, another
one does the request again: the same request has the same bytes, so those that were sent already are left out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kokoro_demo.cluster.ray_import import ray_module
from kokoro_demo.errors import RequestError

# Paths and queries of requests are a visitor's text, too.
NO_REQUESTS = {"enable_access_log": False}


@dataclass(frozen=True, slots=True)
class Options:
    """The options of ``serve run``, each as ``name=value``.

    cores: of each speaker. gpu: the share of a GPU that each has, such as 0.25; with 0 it computes on its cores.
    replicas: the most speakers; least: that are always there. Ray scales between the two by the number of waiting
    requests.
    at_once: requests that a speaker may hold, one of which it speaks.
    waiting: requests that may wait in each front; more are answered with 429.
    fronts: that take requests.
    up_after, down_after: seconds that many or few requests must have waited before a speaker is added or ended.
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
    """The options as they were written.

    Raises:
        RequestError: naming the one that is wrong.
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
    """The application for Ray Serve."""
    ray_module()
    from ray import serve

    from kokoro_demo.cluster.front import Front
    from kokoro_demo.cluster.speaking import Speaking

    options = read_options(given)
    # A key or a checkpoint that the operator chose here counts on every machine.
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
            # Waiting requests are averaged over no longer than it may take to act on them.
            "metrics_interval_s": min(10.0, options.up_after / 2),
            "look_back_period_s": min(30.0, options.up_after),
        },
        graceful_shutdown_timeout_s=60,
        logging_config=NO_REQUESTS,
    )(Speaking)
    front = serve.deployment(
        name="front",
        num_replicas=options.fronts,
        ray_actor_options={"num_cpus": 0},
        max_ongoing_requests=1000,
        logging_config=NO_REQUESTS,
    )(serve.ingress()(Front))
    return front.bind(speaking.bind(chosen, options.gpu > 0))
