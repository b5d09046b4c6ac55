"""Speech of eSpeak NG with its exact timing: 16-bit audio, and for every word and phoneme the sample where it begins.

From eSpeak NG's speak_lib.h: with phoneme events on and in IPA, the synthesis callback brings a list of events
beside each buffer of samples.

A variant named "steady-NAME" is eSpeak NG's variant NAME made easier to learn and to understand: without the random
flutter of its pitch and the roughness of its pulses, which no text can foretell, and with a faint echo, since a
recogniser made for rooms hears speech between digital silences badly.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

SYNCHRONOUS = 2
PHONEME_EVENTS, PHONEME_IPA, DO_NOT_EXIT = 1, 2, 0x8000
UTF8 = 1
RATE_PARAMETER, PITCH_PARAMETER = 1, 3
LIST_END, WORD, PHONEME = 0, 1, 7
STEADY, STEADY_VARIANTS = "steady-", ("f2", "benjamin", "edward")
# In the language of eSpeak NG's voice files; the echo is of 30 ms.
STEADY_SETTINGS = "\nflutter 0\nroughness 0\necho 30 10\n"


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class Event:
    """What begins at `sample`: a word at `text_position` (from 0) or, where `ipa` is not None, a phoneme."""

    sample: int
    text_position: int
    ipa: str | None


@dataclass(frozen=True, slots=True)
class EspeakSpeech:
    """audio: (samples,) float32 at `sample_rate`."""

    audio: NDArray[np.float32]
    sample_rate: int
    events: tuple[Event, ...]


class Espeak:
    """The library, opened for synthesis. One a process: it keeps its state in globals."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        options = PHONEME_EVENTS | PHONEME_IPA | DO_NOT_EXIT
        self._folder = tempfile.TemporaryDirectory(prefix="espeak-ng-")
        data = with_steady_variants(Path(self._folder.name))
        self.sample_rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, str(data).encode(), options)
        if self.sample_rate <= 0:
            raise RuntimeError("eSpeak NG cannot be opened.")
        self._chunks: list[NDArray[np.int16]] = []
        self._events: list[Event] = []
        self._callback = _Callback(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, voice: str, rate: int = 165, pitch: int = 50) -> EspeakSpeech:
        """Speak `text` with eSpeak's `voice` ("en-us+f3") at `rate` words a minute and `pitch` from 0 to 99."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"eSpeak NG has no voice {voice!r}.")
        self._library.espeak_SetParameter(RATE_PARAMETER, rate, 0)
        self._library.espeak_SetParameter(PITCH_PARAMETER, pitch, 0)
        self._chunks, self._events = [], []
        encoded = text.encode() + b"\0"
        self._library.espeak_Synth(encoded, len(encoded), 0, 0, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        samples = np.concatenate([np.zeros(0, np.int16), *self._chunks])
        return EspeakSpeech(samples.astype(np.float32) / np.float32(32768), self.sample_rate, tuple(self._events))

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
        if samples and count > 0:
            self._chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while events[index].type != LIST_END:
            event = events[index]
            if event.type == WORD:
                self._events.append(Event(event.sample, event.text_position - 1, None))
            elif event.type == PHONEME:
                self._events.append(
                    Event(event.sample, event.text_position - 1, event.id.string.decode("utf-8", "ignore"))
                )
            index += 1
        return 0


def with_steady_variants(folder: Path) -> Path:
    """eSpeak NG's data, linked into `folder`, with the steady twins."""
    data = folder / "espeak-ng-data"
    shutil.copytree(espeakng_loader.get_data_path(), data, copy_function=os.symlink)
    variants = data / "voices" / "!v"
    for variant in STEADY_VARIANTS:
        steady = (variants / variant).read_bytes() + STEADY_SETTINGS.encode()
        (variants / f"{STEADY}{variant}").write_bytes(steady)
    return data


@lru_cache(maxsize=1)
def espeak() -> Espeak:
    """The process's one eSpeak."""
    return Espeak()
