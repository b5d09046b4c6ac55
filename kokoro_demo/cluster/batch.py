"""A batch on a Ray cluster: Ray Data hands the jobs to speakers on every machine, and redoes those of a lost machine.

A job done twice, such as one whose result was lost with its machine, gives the same bytes; `batch.run` takes one.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

from kokoro_demo.batch.work import Job, Made, Speaker, make, speaker_of
from kokoro_demo.cluster.ray_import import ClusterError, ray_module

# Blocks of one job each, so that a lost machine costs few jobs, up to as many as Ray schedules with ease.
MOST_BLOCKS = 2_000


class RayWork:
    """The jobs of a batch on a cluster; used in a ``with`` statement.

    address: of the cluster, as ``ray.init`` takes it.
    checkpoint: as `load_checkpoint` takes it; it must be there on every machine.
    cores: of each speaker.

    Raises:
        ClusterError: if Ray is missing, the cluster cannot be reached, or no machine has so many cores.
        CheckpointError: if a machine of the cluster cannot load the checkpoint.
    """

    def __init__(self, address: str, checkpoint: str | None, cores: int) -> None:
        ray = ray_module()
        try:
            ray.init(address=address, ignore_reinit_error=True, logging_level="warning", log_to_driver=False)
        except Exception as error:  # Ray has errors of its own for every way to fail
            raise ClusterError(f"There is no Ray cluster at {address[:80]}: {error}") from error
        self._checkpoint, self._cores = checkpoint, cores
        alive = [node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]]
        self._most = int(sum(count // cores for count in alive))
        if not self._most:
            raise ClusterError(f"No machine of the cluster has {cores} cores. Give fewer: --cores 1.")
        ask = ray.remote(num_cpus=cores, max_retries=3)(_ask)
        found = ray.get(ask.remote(checkpoint))
        if isinstance(found, Exception):
            raise found
        self.speaker: Speaker = found

    def __enter__(self) -> RayWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ray_module().shutdown()

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Made]:
        """Does all jobs, in any order."""
        ray_module()
        import ray.data

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = 0
        # Ray Data reruns a lost machine's tasks from their lineage; its speakers restart as often as needed.
        rows = [{"job": pickle.dumps(job)} for job in jobs]
        blocks = min(len(rows), MOST_BLOCKS)
        most = max(1, min(self._most, blocks))
        made = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            _Speaking,
            fn_constructor_args=(self._checkpoint,),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=most, max_tasks_in_flight_per_actor=2),
            batch_size=1,
            num_cpus=self._cores,
        )
        for row in made.iter_rows():
            yield pickle.loads(row["made"])


class _Speaking:
    """A speaker: a process of its own on one machine of the cluster, which loads the checkpoint once."""

    def __init__(self, checkpoint: str | None) -> None:
        self._synthesizer = _open(checkpoint)

    def __call__(self, rows: dict[str, Any]) -> dict[str, list[bytes]]:
        return {"made": [pickle.dumps(make(self._synthesizer, pickle.loads(job))) for job in rows["job"]]}


def _open(checkpoint: str | None) -> Any:
    from kokoro_demo.cluster.node import open_speaker

    return open_speaker(checkpoint)


def _ask(checkpoint: str | None) -> Speaker | Exception:
    """The cluster's `Speaker`, or the error: raised on another machine, it would arrive wrapped in Ray's."""
    from kokoro_demo.errors import KokoroError

    try:
        return speaker_of(_open(checkpoint))
    except KokoroError as error:
        return error
