"""eSpeak NG's C library, loaded once per process from where it is installed, after a trial in a child process.

The trial is needed because the library ends its process if its data is missing or the path to it is too long.
phonemizer calls the library. By itself it would copy the library into the temporary folder for each backend, so it is
given the one that is loaded here.
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

# One less than N_PATH_HOME in eSpeak NG's speech.h, for the final zero byte. Longer paths are silently truncated.
LONGEST_PATH = 159
# From its speak_lib.h: no playback, and return an error instead of ending the process.
_SYNCHRONOUS, _DO_NOT_EXIT = 2, 0x8000
_LANGUAGE_FLAG = re.compile(r"\(.+?\)")  # "(fr)", before a word that is read in another language

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
    """eSpeak NG cannot be used. The message says why, and what to do."""


class EspeakLibrary:
    """The library with its data. Its state is global, so only one call may run at a time.

    library, data: the paths of its file and of its folder ``espeak-ng-data``.

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
        """Return the IPA of a text, with U+0361 between the parts of one phoneme and single spaces between words.

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
        """Make sure that there is a short enough path to the data.

        This is repeated for each new language, whose dictionary is read only then: by that time a link in the
        temporary folder may have been deleted.
        """
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
    """Return phonemizer's wrapper around a library that is already loaded and initialised.

    Raises:
        EspeakError: if phonemizer is not installed.
    """
    try:
        from phonemizer.backend.espeak.api import EspeakAPI
        from phonemizer.backend.espeak.wrapper import EspeakWrapper
    except ImportError as error:
        raise EspeakError("phonemizer is not installed. Run: pip install phonemizer") from error

    api = EspeakAPI.__new__(EspeakAPI)  # its __init__ would copy the library
    api._library, api._library_path = loaded, Path(path)
    wrapper = EspeakWrapper.__new__(EspeakWrapper)
    wrapper._espeak = api
    wrapper._version = wrapper._data_path = wrapper._voice = wrapper._libc_ = wrapper._tempfile_ = None
    return wrapper


def open_library() -> EspeakLibrary:
    """Load the library that comes with espeakng-loader.

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
    """Loads the library when it is first needed. If that fails, it tries again after a minute."""

    def __init__(self) -> None:
        self._library: EspeakLibrary | None = None
        self._not_before = 0.0
        self.problem = ""

    def phonemes(self, text: str, language: str) -> str:
        """Return what `EspeakLibrary.phonemes` does; "" if the library cannot be used, and then `problem` says why."""
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
    """Create a link to the data in a folder with a short path. It is removed when the process ends.

    Raises:
        EspeakError: if no link could be created.
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
        f"the path to its data is too long: {data} has {len(os.fsencode(data))} bytes, at most {LONGEST_PATH} are "
        "possible, and no link to it could be made in a temporary folder. Move the project to a shorter path, or set "
        "TMPDIR to a short one."
    )


def _unlink(link: str, owner: int) -> None:
    """Remove a link, unless this is a fork of the process that created it."""
    if os.getpid() == owner:
        with contextlib.suppress(OSError):
            os.unlink(link)


def _try_in_a_child(library: str, data: str) -> None:
    """Try the library in another Python process, because it may end the process.

    A frozen program, which has no Python to start, skips this.

    Raises:
        EspeakError: if the trial failed.
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
