"""Utterances that were made before, so that what is asked for again need not be made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kokoro_demo.model import Utterance

# Nearly three minutes of sound.
KEPT_BYTES = 16 * 2**20


class PhraseCache:
    """Utterances by all that decides them, the longest unasked forgotten first. Safe to share between threads.

    kept_bytes: how much sound is kept.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._held = 0
        self._utterances: OrderedDict[Hashable, Utterance] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: Hashable) -> Utterance | None:
        """The utterance kept under `key`. Its time is that of a look: no stage was computed."""
        with self._changing:
            if key not in self._utterances:
                return None
            self._utterances.move_to_end(key)
            return self._utterances[key]._replace(seconds={})

    def keep(self, key: Hashable, utterance: Utterance) -> None:
        """Keep an utterance, unless it alone is more than is kept."""
        if utterance.waveform.nbytes > self._kept_bytes:
            return
        with self._changing:
            if key in self._utterances:
                return
            self._utterances[key] = utterance
            self._held += utterance.waveform.nbytes
            while self._held > self._kept_bytes:
                self._held -= self._utterances.popitem(last=False)[1].waveform.nbytes
