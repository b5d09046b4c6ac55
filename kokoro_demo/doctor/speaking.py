"""Checks that a checkpoint is complete, and how well and how fast it speaks."""

from __future__ import annotations

import time
from collections.abc import Iterator

from kokoro_demo.checkpoints.checkpoint import BUILTIN, Checkpoint, load_checkpoint, load_from, open_source
from kokoro_demo.checkpoints.hub import OFFICIAL_NAME, official_fingerprint, official_sha256
from kokoro_demo.checkpoints.integrity import sha256_of
from kokoro_demo.checkpoints.layout import CheckpointFiles, Folder
from kokoro_demo.checkpoints.packaged import PACKAGED_NAME, packaged_fingerprint
from kokoro_demo.commands.terminal import show_progress
from kokoro_demo.doctor import self_test
from kokoro_demo.doctor.finding import Finding
from kokoro_demo.errors import CheckpointError, KokoroError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer


def check_checkpoint(chosen: str | None, optional: bool) -> Iterator[Finding]:
    """Check a checkpoint's files, hashes, known sentence and speed.

    optional: whether the first voice would replace it, so that it is no fault if it is missing.
    """
    try:
        source = open_source(chosen)
        start = time.perf_counter()
        checkpoint = load_from(source, show_progress)
        seconds = time.perf_counter() - start
        yield Finding("right", f"{checkpoint.name} loads in {seconds:.1f} s, {len(checkpoint.voices.names())} voices")
        yield from check_files(source, checkpoint)
        yield from check_sentence(source, checkpoint)
        yield check_speed(checkpoint)
    except CheckpointError as error:
        yield Finding("note" if optional else "wrong", str(error))
    except KokoroError as error:
        yield Finding("wrong", str(error))


def check_first_voice() -> Iterator[Finding]:
    """Check the first voice's file, known sentence and speed."""
    try:
        start = time.perf_counter()
        checkpoint = load_checkpoint(BUILTIN)
        checkpoint.model.prepare()
        seconds = time.perf_counter() - start
        yield Finding("right", f"{checkpoint.name} loads in {seconds:.1f} s, and its file is the known one")
        yield check_known_sentence(self_test.FIRST, checkpoint)
        yield check_speed(checkpoint)
    except KokoroError as error:
        yield Finding("wrong", str(error))


def check_files(source: CheckpointFiles, checkpoint: Checkpoint) -> Iterator[Finding]:
    """Compare the files with the official ones, and check the packs that are on this machine."""
    official = checkpoint.fingerprint == official_fingerprint()
    known = OFFICIAL_NAME if official else PACKAGED_NAME if checkpoint.fingerprint == packaged_fingerprint() else ""
    yield Finding("right", f"config and weights are {f'those of {known}, as published' if known else 'its own'}")
    if not isinstance(source, Folder):
        return
    damaged, changed = [], []
    for name in checkpoint.voices.names():
        try:
            checkpoint.voices[name]
        except CheckpointError as error:
            damaged.append(str(error))
        pack = source.path / "voices" / f"{name}.pt"
        expected = official_sha256(f"voices/{name}.pt") if official and pack.is_file() else None
        if expected and sha256_of(pack) != expected:
            changed.append(name)
    if damaged:
        yield Finding("wrong", f"{len(damaged)} voices are damaged. {damaged[0]}")
    else:
        yield Finding("right", "every voice is intact")
    if changed:
        yield Finding("note", f"not as published: {', '.join(changed)}")


def check_sentence(source: CheckpointFiles, checkpoint: Checkpoint) -> Iterator[Finding]:
    """Check the known sentence, if there is one for this checkpoint."""
    known = None
    if checkpoint.fingerprint == official_fingerprint():
        known = self_test.OFFICIAL
    elif checkpoint.fingerprint == packaged_fingerprint():
        known = self_test.PACKAGED
    elif isinstance(source, Folder) and (source.path / self_test.FILE).is_file():
        known = self_test.SelfTest.read(source.path / self_test.FILE)
    if known is None:
        yield Finding("note", "there is no known sentence for it")
    else:
        yield check_known_sentence(known, checkpoint)


def check_known_sentence(known: self_test.SelfTest, checkpoint: Checkpoint) -> Finding:
    """Speak a known sentence, and compare the result."""
    faults = self_test.differences(known, self_test.measure(checkpoint, known.text, known.voice, known.phonemes))
    if faults:
        return Finding(
            "wrong",
            f"{known.text!r} in {known.voice} is not as it should be: {'; '.join(faults)}",
            "Install the versions of requirements.txt into a new environment.",
        )
    return Finding("right", f"{known.text!r} in {known.voice} is as it should be")


def check_speed(checkpoint: Checkpoint) -> Finding:
    """Measure how fast it speaks, after a sentence to warm up."""
    synthesizer = Synthesizer(checkpoint)
    # With different seeds, since what was already spoken is cached.
    warm_up, timed = (SpeechRequest(self_test.SENTENCE, checkpoint.voices.default, seed=seed) for seed in (0, 1))
    synthesizer.speak(warm_up)
    start = time.perf_counter()
    duration = synthesizer.speak(timed).duration
    ratio = duration / (time.perf_counter() - start)
    words = f"{ratio:.1f} times as fast as speech ({checkpoint.model.setting})"
    slow = ratio < 1
    return Finding("note" if slow else "right", f"it speaks {words}", "Long texts play with pauses." if slow else "")
