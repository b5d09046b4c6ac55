"""A batch on a Ray cluster. Ray Data distributes the jobs to speakers on all machines, and reruns those of a lost one.

A job that runs twice, for instance because its result was lost with its machine, gives the same bytes; `batch.run` uses
one.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

from kokoro_demo.batch.work import Job, Result, Speaker, run_job, speaker_of
from kokoro_demo.cluster.ray_import import ClusterError, ray_module

# One job in each block, so that a lost machine costs few jobs; but no more blocks than Ray can schedule easily.
MAX_BLOCKS = 2_000


class RayWork:
    """Runs the jobs of a batch on a cluster; a context manager.

    address: of the cluster, in the form for ``ray.init``.
    checkpoint: see `load_checkpoint`; it must be available on every machine.
    cores: for each speaker.

    Raises:
        ClusterError: if Ray is missing, the cluster cannot be reached, or no machine has so many cores.
        CheckpointError: if a machine of the cluster cannot load the checkpoint.
    """

    def __init__(self, address: str, checkpoint: str | None, cores: int) -> None:
        ray = ray_module()
        try:
            ray.init(address=address, ignore_reinit_error=True, logging_level="warning", log_to_driver=False)
        except Exception as error:  # Ray's exceptions have no common base class
            raise ClusterError(f"There is no Ray cluster at {address[:80]}: {error}") from error
        self._checkpoint, self._cores = checkpoint, cores
        alive = [node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]]
        self._max_speakers = int(sum(count // cores for count in alive))
        if not self._max_speakers:
            raise ClusterError(f"No machine of the cluster has {cores} cores. Give fewer: --cores 1.")
        find = ray.remote(num_cpus=cores, max_retries=3)(_find_speaker)
        speaker = ray.get(find.remote(checkpoint))
        if isinstance(speaker, Exception):
            raise speaker
        self.speaker: Speaker = speaker

    def __enter__(self) -> RayWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ray_module().shutdown()

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Result]:
        """Run all jobs, and yield their results in any order."""
        ray_module()
        import ray.data

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = 0
        # Ray Data reruns a lost machine's tasks from their lineage, and restarts speakers as often as necessary.
        rows = [{"job": pickle.dumps(job)} for job in jobs]
        blocks = min(len(rows), MAX_BLOCKS)
        speakers = max(1, min(self._max_speakers, blocks))
        results = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            _BatchSpeaker,
            fn_constructor_args=(self._checkpoint,),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=speakers, max_tasks_in_flight_per_actor=2),
            batch_size=1,
            num_cpus=self._cores,
        )
        for row in results.iter_rows():
            yield pickle.loads(row["result"])


class _BatchSpeaker:
    """A speaker: a process on one machine of the cluster that loads the checkpoint once."""

    def __init__(self, checkpoint: str | None) -> None:
        self._synthesizer = _open(checkpoint)

    def __call__(self, rows: dict[str, Any]) -> dict[str, list[bytes]]:
        return {"result": [pickle.dumps(run_job(self._synthesizer, pickle.loads(job))) for job in rows["job"]]}


def _open(checkpoint: str | None) -> Any:
    from kokoro_demo.cluster.node import open_speaker

    return open_speaker(checkpoint)


def _find_speaker(checkpoint: str | None) -> Speaker | Exception:
    """Return the cluster's `Speaker`, or the error: if raised on another machine, it would arrive wrapped in Ray's."""
    from kokoro_demo.errors import KokoroError

    try:
        return speaker_of(_open(checkpoint))
    except KokoroError as error:
        return error
