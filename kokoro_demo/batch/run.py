"""Runs a batch. Results may arrive in any order and more than once; the state is in the folder and its manifest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kokoro_demo.batch.manifest import Entry, Manifest, hash_of, hash_of_text
from kokoro_demo.batch.texts import Item
from kokoro_demo.batch.work import Job, Result, Speaker, text_job
from kokoro_demo.commands.book import BookFile, Cut, key_of, plan_parts, write_file
from kokoro_demo.commands.kept_parts import KeptParts
from kokoro_demo.commands.terminal import warn
from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.files import write_whole

PARTS = ".parts"

# Runs jobs, in any order; a result may come twice.
Work = Callable[[Sequence[Job]], Iterable[Result]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """An item with its files and jobs. parts: of a chapter, the key of each job and the part of the text."""

    item: Item
    file: str
    captions: str
    key: str
    jobs: tuple[Job, ...]
    parts: tuple[tuple[str, Cut], ...] = ()


@dataclass(frozen=True, slots=True)
class _Progress:
    """The jobs of a run, each under its key.

    kept: the parts of chapters that have been spoken.
    to_do: the jobs that are not done yet.
    waiting: the files that need each job.
    errors: why jobs have failed.
    """

    kept: KeptParts
    to_do: dict[str, Job]
    waiting: dict[str, list[_Plan]]
    errors: dict[str, str]


def _progress_of(plans: Iterable[_Plan], kept: KeptParts) -> _Progress:
    """Return what is to do for these files; parts that an earlier run has kept are done."""
    progress = _Progress(kept, {}, {}, {})
    for plan in plans:
        for job in plan.jobs:
            if job.key not in progress.waiting and (job.suffix or kept.get(job.key) is None):
                progress.to_do[job.key] = job
            progress.waiting.setdefault(job.key, []).append(plan)
    return progress


class Batch:
    """One run. `folder` must exist.

    suffix, captions: the suffixes of the files; captions is "" for none.
    """

    def __init__(self, items: Sequence[Item], folder: Path, suffix: str, captions: str, speaker: Speaker) -> None:
        self._folder, self._suffix, self._captions, self._speaker = folder, suffix, captions, speaker
        self._manifest = Manifest(folder)
        self._plans = [self._plan(item) for item in items]
        self._pending = {plan.file: plan for plan in self._plans if self._manifest.done(plan.file, plan.key) is None}
        self._shown_warnings: set[str] = set()
        self.failed = 0

    def run(self, work: Work) -> None:
        """Write all files that do not exist yet, with progress on standard error.

        Raises:
            CheckpointError: if something is left unspoken, or was spoken by another checkpoint.
            OSError: if a file cannot be written; finished work is kept.
        """
        if len(self._pending) < len(self._plans):
            print(f"{len(self._plans) - len(self._pending)} of {len(self._plans)} files are there.", file=sys.stderr)
        kept = KeptParts(self._folder / PARTS)
        progress = _progress_of(self._pending.values(), kept)
        try:
            self._finish_chapters(self._pending.values(), progress)
            self._do_jobs(work, progress)
        except BaseException:
            done = len(self._plans) - len(self._pending)
            print(
                f"\n{done} of {len(self._plans)} files are in {self._folder}. Run the same command again to continue.",
                file=sys.stderr,
            )
            raise
        if not self.failed:
            kept.remove()
        self._manifest.finish(plan.file for plan in self._plans)

    def _do_jobs(self, work: Work, progress: _Progress) -> None:
        """Run all jobs, and write each file when its last job is done."""
        from tqdm import tqdm

        total = sum(len(job.request.text) for job in progress.to_do.values())
        interval = 0.5 if sys.stderr.isatty() else 60
        with tqdm(total=total, unit=" characters", mininterval=interval) as bar:
            for result in work(tuple(progress.to_do.values())) if progress.to_do else ():
                job = progress.to_do.pop(result.key, None)
                if job is None:
                    continue  # a lost machine had already done it
                if result.speaker != self._speaker:
                    raise CheckpointError(
                        f"{result.speaker.name} ({result.speaker.fingerprint}) spoke instead of "
                        f"{self._speaker.name} ({self._speaker.fingerprint}). Use one checkpoint on every machine."
                    )
                self._accept(result, job, progress)
                bar.update(len(job.request.text))
                self._show(result.warnings or (result.part.warnings if result.part else ()), bar.clear)
        if progress.to_do:
            raise CheckpointError(f"{len(progress.to_do)} texts or parts were not spoken. Run the same command again.")

    def _plan(self, item: Item) -> _Plan:
        file, captions = f"{item.stem}.{self._suffix}", f"{item.stem}.{self._captions}" if self._captions else ""
        if item.chapter is None:
            job = text_job(item.request, self._suffix, self._captions, self._speaker.fingerprint)
            return _Plan(item, file, captions, job.key, (job,))
        parts = plan_parts(self._book_file(item, file, captions), item.request, self._speaker.fingerprint)
        jobs = tuple(Job(key, replace(item.request, text=cut.spoken)) for key, cut in parts)
        key = key_of([*(job.key for job in jobs), self._suffix, self._captions])
        return _Plan(item, file, captions, key, jobs, tuple(parts))

    def _book_file(self, item: Item, file: str, captions: str) -> BookFile:
        assert item.chapter is not None
        return BookFile(self._folder / file, self._folder / captions if captions else None, [item.chapter])

    def _accept(self, result: Result, job: Job, progress: _Progress) -> None:
        """Write the result, or keep it until its chapter is complete."""
        if result.error:
            progress.errors[result.key] = result.error
        plans = progress.waiting[result.key]
        if job.suffix:
            for plan in plans:
                if not result.error:
                    write_whole(self._folder / plan.file, result.sound)
                    if plan.captions:
                        write_whole(self._folder / plan.captions, result.captions)
                self._record(plan, result.duration, result.fingerprint, result.warnings, result.setting, result.error)
            return
        if result.part is not None:
            progress.kept.keep_encoded(result.key, result.part, result.sound or None)
        self._finish_chapters(plans, progress, result.setting)

    def _finish_chapters(self, plans: Iterable[_Plan], progress: _Progress, setting: str = "") -> None:
        """Write the chapters whose parts have all been spoken."""
        for plan in list(plans):
            unfinished = any(key in progress.to_do for key, _ in plan.parts)
            if plan.parts and plan.file in self._pending and not unfinished:
                self._finish_chapter(plan, progress, setting)

    def _finish_chapter(self, plan: _Plan, progress: _Progress, setting: str) -> None:
        kept = progress.kept
        failures = [progress.errors[key] for key, _ in plan.parts if key in progress.errors]
        spoken = [(key, cut, part) for key, cut in plan.parts if (part := kept.get(key)) is not None]
        parts = [part for _, _, part in spoken]
        seconds = 0.0
        if not failures:
            try:
                file = self._book_file(plan.item, plan.file, plan.captions)
                seconds = write_file(file, spoken, kept, plan.item.request, self._speaker.name)
            except RequestError as error:
                failures = [str(error)]
        fingerprints = [part.fingerprint for part in parts if part.fingerprint]
        digits = key_of(fingerprints)
        fingerprint = fingerprints[0] if len(fingerprints) == 1 else f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"
        warnings = tuple(dict.fromkeys(warning for part in parts for warning in part.warnings))
        self._record(plan, seconds, fingerprint, warnings, setting, " ".join(dict.fromkeys(failures)))
        if not failures:
            still_needed = {key for other in self._pending.values() for key, _ in other.parts}
            kept.discard(key for key, _ in plan.parts if key not in still_needed)

    def _record(
        self, plan: _Plan, seconds: float, fingerprint: str, warnings: tuple[str, ...], setting: str, error: str
    ) -> None:
        path = self._folder / plan.file
        if error:
            self.failed += 1
            self._show([f"{plan.file} was not written: {error}"])
        self._manifest.add(
            Entry(
                file=plan.file,
                captions=plan.captions,
                text_sha256=hash_of_text(plan.item.text),
                voice=plan.item.request.voice,
                duration=round(seconds, 4),
                fingerprint="" if error else fingerprint,
                warnings=warnings,
                checkpoint=self._speaker.name,
                setting=setting,
                bytes=0 if error else path.stat().st_size,
                sha256="" if error else hash_of(path),
                key=plan.key,
                error=error,
            )
        )
        self._pending.pop(plan.file)

    def _show(self, warnings: Iterable[str], clear: Callable[[], object] = lambda: None) -> None:
        fresh = [warning for warning in warnings if warning not in self._shown_warnings]
        self._shown_warnings.update(fresh)
        if fresh:
            clear()
            warn(fresh)
