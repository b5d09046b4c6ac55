"""eSpeak NG's C library: loaded once in a process, from where it is installed, after a child process has tried it.

phonemizer speaks with it. Its own way to load the library copies it into the temporary folder for each backend, so it
is given the one that is loaded here. Without its data, or with a path to the data that is too long for it, the library
ends the process that it is in.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import hashlib
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# One less than N_PATH_HOME in eSpeak NG's speech.h: its paths end with a zero byte. Longer ones are cut off in silence.
LONGEST_PATH = 159
# From its speak_lib.h: play nothing, and return an error rather than end the process.
_SYNCHRONOUS, _DO_NOT_EXIT = 2, 0x8000
_LANGUAGE_FLAG = re.compile(r"\(.+?\)")  # "(fr)" before a word that is read as another language's

_TRIAL = """
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
text = ctypes.c_char_p(b"kokoro")
library.espeak_TextToPhonemes.restype = ctypes.c_char_p
runs = library.espeak_Initialize(2, 0, sys.argv[2].encode(), 0x8000) > 0
runs = runs and library.espeak_SetVoiceByName(b"en-us") == 0
sys.exit(0 if runs and library.espeak_TextToPhonemes(ctypes.byref(text), 1, 2) else 3)
"""
TRIAL_SECONDS = 60.0
TRY_AGAIN_AFTER = 60.0
_REINSTALL = "Run: pip install --force-reinstall --no-deps espeakng-loader"


class EspeakError(Exception):
    """eSpeak NG cannot be used: why, and what to do, in a sentence or two."""


class EspeakLibrary:
    """The library with its data. It keeps its state in globals: one call at a time.

    library, data: paths to its file and to its folder ``espeak-ng-data``.

    Raises:
        EspeakError: if it cannot be loaded.
    """

    def __init__(self, library: str, data: str) -> None:
        self._data = data
        self._reached = self._language = ""
        if not Path(library).is_file():
            raise EspeakError(f"{library} is missing. {_REINSTALL}")
        if not Path(data, "phontab").is_file():
            raise EspeakError(f"its data is missing in {data}. {_REINSTALL}")
        self._reach_data()
        _try_in_a_child(library, self._reached)
        try:
            self._c = ctypes.CDLL(library)
        except OSError as error:
            raise EspeakError(f"it cannot be loaded ({error}). {_REINSTALL}") from error
        if self._c.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(self._reached), _DO_NOT_EXIT) <= 0:
            raise EspeakError(f"its data in {data} cannot be read. {_REINSTALL}")
        self._wrapper = _wrapper(self._c, library)

    def phonemes(self, text: str, language: str) -> str:
        """The IPA of a text, parts of one phoneme tied by U+0361, words separated by single spaces.

        Raises:
            EspeakError: if it has no voice for the language.
        """
        if language != self._language:
            self._reach_data()
            self._language = ""
            try:
                self._wrapper.set_voice(language)
            except RuntimeError as error:
                raise EspeakError(f"it has no voice for {language!r}. {_REINSTALL}") from error
            self._language = language
        phonemes = self._wrapper.text_to_phonemes(text, tie=True)
        return " ".join(_LANGUAGE_FLAG.sub("", phonemes).split())

    def _reach_data(self) -> None:
        """Find a path to the data that is short enough. A link may have been tidied away since: each language's
        dictionary is read when its voice is first chosen."""
        if self._reached and Path(self._reached, "phontab").is_file():
            return
        if len(os.fsencode(self._data)) <= LONGEST_PATH:
            self._reached = self._data
            return
        link = self._reached or _link_to(self._data)
        if not os.path.lexists(link):
            os.symlink(self._data, link)
        self._reached = link


def _wrapper(loaded: ctypes.CDLL, path: str) -> Any:
    """phonemizer's wrapper of a library that is loaded and has its data.

    Raises:
        EspeakError: if phonemizer is not installed.
    """
    try:
        from phonemizer.backend.espeak.api import EspeakAPI
        from phonemizer.backend.espeak.wrapper import EspeakWrapper
    except ImportError as error:
        raise EspeakError("phonemizer is not installed. Run: pip install phonemizer") from error

    api = EspeakAPI.__new__(EspeakAPI)  # its __init__ is what copies
    api._library, api._library_path = loaded, Path(path)
    wrapper = EspeakWrapper.__new__(EspeakWrapper)
    wrapper._espeak = api
    wrapper._version = wrapper._data_path = wrapper._voice = wrapper._libc_ = wrapper._tempfile_ = None
    return wrapper


def open_library() -> EspeakLibrary:
    """The library that espeakng-loader brings.

    Raises:
        EspeakError: if it cannot be used.
    """
    try:
        import espeakng_loader

        return EspeakLibrary(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    except ImportError as error:
        raise EspeakError("espeakng-loader is not installed. Run: pip install espeakng-loader") from error
    except RuntimeError as error:
        raise EspeakError(f"{error}. {_REINSTALL}") from error


class Espeak:
    """The library once it is needed. If it cannot be used, that is tried again after a minute."""

    def __init__(self) -> None:
        self._library: EspeakLibrary | None = None
        self._not_before = 0.0
        self.problem = ""

    def phonemes(self, text: str, language: str) -> str:
        """As `EspeakLibrary.phonemes`; "" if the library cannot be used, and `problem` says why."""
        try:
            if self._library is None:
                if time.monotonic() < self._not_before:
                    return ""
                self._library = open_library()
            pronunciation = self._library.phonemes(text, language)
        except (EspeakError, OSError) as error:
            self.problem = str(error)
            if self._library is None:
                self._not_before = time.monotonic() + TRY_AGAIN_AFTER
            return ""
        self.problem = ""
        return pronunciation


def _link_to(data: str) -> str:
    """A link to the data, in a folder whose path is short. It is removed when the process ends.

    Raises:
        EspeakError: if there is no such folder.
    """
    name = f"espeak-{hashlib.sha256(os.fsencode(data)).hexdigest()[:8]}-{secrets.token_hex(4)}"
    for folder in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp", str(Path.home())]):
        link = os.path.join(folder, name)
        if len(os.fsencode(link)) > LONGEST_PATH:
            continue
        try:
            os.symlink(data, link)
        except (OSError, NotImplementedError):
            continue
        atexit.register(_unlink, link, os.getpid())
        return link
    raise EspeakError(
        f"its data lies too deep: {data} has {len(os.fsencode(data))} bytes, {LONGEST_PATH} is the most, and no link "
        "to it could be made in a temporary folder. Move the project to a shorter path, or set TMPDIR to a short one."
    )


def _unlink(link: str, owner: int) -> None:
    """Remove a link, but not if this is a fork of the process that uses it."""
    if os.getpid() == owner:
        with contextlib.suppress(OSError):
            os.unlink(link)


def _try_in_a_child(library: str, data: str) -> None:
    """Have another Python use the library, which it may not survive. A program that brings its own Python has none.

    Raises:
        EspeakError: if it did not do what is asked.
    """
    if getattr(sys, "frozen", False) or not re.match("python|pypy", Path(sys.executable or "").name.lower()):
        return
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _TRIAL, library, data],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EspeakError(f"it gave no answer in {TRIAL_SECONDS:.0f} seconds.") from error
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        why = last[0][:200] if last else f"status {done.returncode}"
        raise EspeakError(f"it ended the process that tried it ({why}). {_REINSTALL}")
