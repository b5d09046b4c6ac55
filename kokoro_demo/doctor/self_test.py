"""A sentence with a known result, by which an installation can be checked.

A checkpoint folder may have its own in ``self_test.json``; those of the official and packaged weights and of the first
voice are here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.errors import CheckpointError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer

FILE = "self_test.json"
SENTENCE = "The quick brown fox jumps over the lazy dog."
# Processors round differently: now and then a duration differs by a frame, and the loudness by a little.
LOUDNESS_TOLERANCE, LENGTH_TOLERANCE = 0.05, 0.01


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The expected or measured result of a sentence.

    samples: the length of the waveform.
    rms: the root mean square of the waveform, whose samples are in [-1, 1].
    durations: of the model's tokens, in frames of 25 ms; empty if unknown.
    """

    text: str
    voice: str
    phonemes: str
    samples: int
    rms: float
    durations: tuple[int, ...] = ()

    @classmethod
    def read(cls, path: Path) -> SelfTest:
        """Read a ``self_test.json``.

        Raises:
            CheckpointError: if it is damaged.
            OSError: if it cannot be read.
        """
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**values, "durations": tuple(values.get("durations", ()))})
        except (ValueError, TypeError, AttributeError) as error:
            raise CheckpointError(f"{path} is damaged: {error}.") from error

    def write(self, path: Path) -> None:
        """Write a ``self_test.json``."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


# Published for the reference implementation: 130 frames, and this root mean square.
OFFICIAL = SelfTest(SENTENCE, "af_heart", "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ.", 78_000, 0.0472)
# Measured with the first voice.
FIRST_DURATIONS = (
    13, 1, 1, 2, 2, 1, 1, 2, 2, 2, 2, 2, 3, 3, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 1,
    2, 2, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 2, 2, 5, 4, 12, 6, 1,
)  # fmt: skip
FIRST = SelfTest(OFFICIAL.text, "af_heart_small", OFFICIAL.phonemes, 73_800, 0.0438, FIRST_DURATIONS)
# The same sentence, measured with the 8-bit weights of the package index.
PACKAGED = SelfTest(OFFICIAL.text, OFFICIAL.voice, OFFICIAL.phonemes, 78_000, 0.0463)


def measure(checkpoint: Checkpoint, text: str, voice: str, phonemes: str | None = None) -> SelfTest:
    """Speak a sentence and measure the result.

    phonemes: the model's input; defaults to those of the text.

    Raises:
        RequestError, CheckpointError: if it cannot be spoken.
    """
    synthesizer = Synthesizer(checkpoint)
    request = SpeechRequest(text, voice)
    read = synthesizer.pronounce(request).phonemes
    chunks = list(synthesizer.stream(SpeechRequest(text, voice, phonemes=phonemes or read, untouched=True)))
    audio = np.concatenate([chunk.audio for chunk in chunks])
    durations = tuple(frames for chunk in chunks for frames in chunk.durations)
    rms = round(float(np.sqrt(np.mean(np.square(audio, dtype=np.float64)))), 4)
    return SelfTest(text, voice, read, len(audio), rms, durations)


def differences(known: SelfTest, measured: SelfTest) -> list[str]:
    """Describe how a measured sentence differs from the expected one; empty if it does not."""
    faults = []
    if measured.phonemes != known.phonemes:
        faults.append(f"it is read as /{measured.phonemes}/ instead of /{known.phonemes}/")
    if abs(measured.samples - known.samples) > LENGTH_TOLERANCE * known.samples:
        faults.append(f"it has {measured.samples:,} samples instead of {known.samples:,}")
    if known.durations and not _alike(known.durations, measured.durations):
        faults.append("its phonemes last differently")
    if abs(measured.rms - known.rms) > LOUDNESS_TOLERANCE * known.rms:
        faults.append(f"its loudness is {measured.rms:.4f} instead of {known.rms:.4f}")
    return faults


def _alike(known: tuple[int, ...], measured: tuple[int, ...]) -> bool:
    return len(known) == len(measured) and all(
        abs(expected - actual) <= 1 for expected, actual in zip(known, measured, strict=True)
    )


def record(folder: Path, text: str = SENTENCE) -> SelfTest:
    """Measure the ``self_test.json`` of a checkpoint folder on this machine, with its best voice, and write it.

    Raises:
        CheckpointError: if the folder is not a checkpoint.
    """
    checkpoint = load_checkpoint(folder)
    measured = measure(checkpoint, text, checkpoint.voices.default)
    measured.write(folder / FILE)
    return measured
