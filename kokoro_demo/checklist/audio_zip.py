"""A spoken list as a ZIP: a WAV for each row, named after its text, and a table of results."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kokoro_demo.audio import encode
from kokoro_demo.checklist.check import CheckedRow
from kokoro_demo.checklist.results import to_csv
from kokoro_demo.speech import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESULTS_NAME = "results.csv"
# Bytes of audio, about 35 minutes: the ZIP is in memory.
MAX_SOUND = 100_000_000
_NAME_BYTES = 60
# A fixed time, so that the same list gives the same bytes; ZIP has no earlier year.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class AudioZip:
    """Collects the audio of rows; it can be closed at any time."""

    def __init__(self) -> None:
        self._written = io.BytesIO()
        self._zip = zipfile.ZipFile(self._written, "w")
        self._names: dict[int, str] = {}

    @property
    def count(self) -> int:
        """The number of rows that it contains."""
        return len(self._names)

    @property
    def size(self) -> int:
        """Its size so far, in bytes."""
        return self._written.tell()

    @property
    def full(self) -> bool:
        """Whether it has no room for another row."""
        return self.size >= MAX_SOUND

    def add(self, checked: CheckedRow, audio: NDArray[np.float32]) -> None:
        """Add the audio of a row.

        audio: (samples,) float32 in [-1, 1] at 24 kHz.
        """
        name = sound_name(checked.row.number, checked.row.text)
        self._add(name, encode(audio, SAMPLE_RATE, "wav"))
        self._names[checked.row.number] = name

    def close(self, rows: Sequence[CheckedRow], extra_columns: Sequence[str]) -> bytes:
        """Return the ZIP, with the results of all rows; their column `audio` has the names of the files."""
        self._add(RESULTS_NAME, to_csv(rows, extra_columns, self._names), zipfile.ZIP_DEFLATED)
        self._zip.close()
        return self._written.getvalue()

    def _add(self, name: str, data: bytes, compression: int = zipfile.ZIP_STORED) -> None:
        entry = zipfile.ZipInfo(name, _NO_TIME)
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, data, compression)


def sound_name(number: int, text: str) -> str:
    """Return a readable file name that is valid on every system: "007-i-read-it-yesterday.wav".

    The number makes it unique and sortable. Letters of any script are kept, everything else is removed.
    """
    signs = unicodedata.normalize("NFC", text[:200]).lower()
    words = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in signs).split()
    name = "-".join([f"{number:03}", *words[:8]])
    return name.encode()[:_NAME_BYTES].decode(errors="ignore").rstrip("-") + ".wav"
