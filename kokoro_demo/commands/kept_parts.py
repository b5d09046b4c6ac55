"""Keeps the finished parts of a long text on disk, so that an interrupted run can be resumed."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kokoro_demo.audio import encode
from kokoro_demo.files import write_whole
from kokoro_demo.g2p.pronunciation import Part as ScriptPart
from kokoro_demo.g2p.pronunciation import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KEPT_NAME = re.compile(r"[0-9a-f]{32}\.(?:flac|json|done)")


@dataclass(frozen=True, slots=True)
class Part:
    """One spoken part. Times are in seconds from its beginning, spans refer to its own text and phonemes.

    samples, sample_rate: 0 if it has no words.
    fingerprint: see `Speech`; "" if it has no words.
    script: the voices of a script and what they speak; empty if one voice speaks all of it.
    """

    samples: int
    sample_rate: int
    phonemes: str
    spoken: str
    words: tuple[Word, ...]
    timings: tuple[tuple[float, float], ...]
    warnings: tuple[str, ...]
    fingerprint: str = ""
    script: tuple[ScriptPart, ...] = ()


class KeptParts:
    """Finished parts in a folder, each under a key that identifies everything that determines it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def get(self, key: str) -> Part | None:
        """Return a part that is complete; None if there is none."""
        import soundfile

        try:
            kept = json.loads(self._path(key, "json").read_bytes())
            words = [
                Word(**{**word, "span": tuple(word["span"]), "phoneme_span": tuple(word["phoneme_span"])})
                for word in kept.pop("words")
            ]
            timings = tuple((float(start), float(end)) for start, end in kept.pop("timings"))
            script = tuple(_script_part(values) for values in kept.pop("script"))
            kept |= {"warnings": tuple(kept["warnings"])}
            part = Part(**kept, words=tuple(words), timings=timings, script=script)
            whole = not part.samples or soundfile.info(self._path(key, "flac")).frames == part.samples
        except (OSError, ValueError, TypeError, KeyError, AttributeError, soundfile.SoundFileError):
            return None
        return part if whole else None

    def keep(self, key: str, part: Part, audio: NDArray[np.float32] | None) -> None:
        """Keep a part. Its description is written last, so that an incomplete part has none.

        audio: (samples,) in [-1, 1]; None if it has no words.

        Raises:
            OSError: if it cannot be written.
        """
        self.keep_encoded(key, part, None if audio is None else encode(audio, part.sample_rate, "flac"))

    def keep_encoded(self, key: str, part: Part, sound: bytes | None) -> None:
        """The same for audio that is already encoded as FLAC; None if it has no words."""
        if sound is not None:
            write_whole(self._path(key, "flac"), sound)
        write_whole(self._path(key, "json"), json.dumps(asdict(part), ensure_ascii=False).encode())

    def sound(self, key: str) -> NDArray[np.int16]:
        """Return the samples of a part, (samples,) of 16 bits."""
        import soundfile

        return soundfile.read(self._path(key, "flac"), dtype="int16")[0]

    def is_done(self, key: str) -> bool:
        """Whether `mark_done` was called, in this run or an earlier one."""
        return self._path(key, "done").is_file()

    def mark_done(self, key: str) -> None:
        """Record that the file of this key is complete."""
        write_whole(self._path(key, "done"), b"")

    def discard(self, keys: Iterable[str]) -> None:
        """Remove these parts."""
        for key in keys:
            for suffix in ("json", "flac"):
                self._path(key, suffix).unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove everything that this class has written, and the folder if it is then empty."""
        for path in self.folder.iterdir():
            if _KEPT_NAME.fullmatch(path.name):
                path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / f"{key}.{suffix}"


def _script_part(values: dict[str, Any]) -> ScriptPart:
    """A part of a script, from JSON, where tuples are lists."""
    pairs = {name: tuple(tuple(pair) for pair in values[name]) for name in ("places", "marks")}
    spans = {name: tuple(values[name]) for name in ("span", "words", "phoneme_span")}
    return ScriptPart(**{**values, **pairs, **spans})
