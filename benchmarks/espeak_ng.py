"""eSpeak NG as a synthesiser, to compare with."""

from __future__ import annotations

import ctypes
import time

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

# From its speak_lib.h.
SYNCHRONOUS, DO_NOT_EXIT, UTF8 = 2, 0x8000, 1
RATE_PARAMETER, NORMAL_RATE = 1, 175

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The library, opened for synthesis. Only once in a process, since it keeps its state in globals.

    Raises:
        RuntimeError: if it cannot be opened.
    """

    def __init__(self, voice: str = "en-us") -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.sample_rate: int = self._library.espeak_Initialize(SYNCHRONOUS, 0, data, DO_NOT_EXIT)
        if self.sample_rate <= 0 or self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"eSpeak NG cannot be opened with the voice {voice!r}.")
        self.first_after = self._begun = 0.0
        self._parts: list[NDArray[np.int16]] = []
        self._callback = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, speed: float = 1.0) -> NDArray[np.float32]:
        """Speak a text; returns (samples,) at `sample_rate`. `first_after` is then the seconds to the first sample."""
        self._begun = time.perf_counter()
        self._library.espeak_SetParameter(RATE_PARAMETER, round(NORMAL_RATE * speed), 0)
        self._parts = [np.zeros(0, np.int16)]
        encoded = text.encode() + b"\0"
        self._library.espeak_Synth(encoded, len(encoded), 0, 0, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.concatenate(self._parts).astype(np.float32) / np.float32(32768)

    def _collect(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: int) -> int:
        if samples and count > 0:
            if len(self._parts) == 1:
                self.first_after = time.perf_counter() - self._begun
            self._parts.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0
