"""What the package runs on: Python, other packages, eSpeak NG, formats of audio."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal

from kokoro_demo.doctor.finding import Finding

PYTHONS = ((3, 10), (3, 15))
REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"
NEEDED = (
    "torch",
    "numpy",
    "huggingface_hub",
    "phonemizer",
    "espeakng-loader",
    "num2words",
    "soundfile",
    "onnxruntime",
)
FOR_THE_PAGE = ("gradio", "spaces")
PATIENCE_WITH_ESPEAK = 60.0
ESPEAK_SENTENCE, ESPEAK_PHONEMES = "Hola, buenos días.", "ˈola, bwˈenos ðˈias."


def look_at_packages() -> Iterator[Finding]:
    """The Python version, and every package against the version that is asked for."""
    version = platform.python_version()
    if PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        yield Finding("right", f"Python {version}, {platform.system()} {platform.machine()}")
    else:
        yield Finding("wrong", f"Python {version}", "Use Python 3.10 to 3.14.")
    asked = requirements()
    for name in NEEDED:
        yield look_at_package(name, asked.get(name, ""), "wrong")
    for name in FOR_THE_PAGE:
        yield look_at_package(name, asked.get(name, ""), "note")
    yield from look_at_phonemizers()


def look_at_package(name: str, asked: str, if_missing: Literal["note", "wrong"]) -> Finding:
    """One package. A version other than the one asked for may well work, so it is a note."""
    from packaging.specifiers import SpecifierSet

    install = f"Run: pip install '{name}{asked}'"
    version = installed_version(name)
    if version is None:
        return Finding(if_missing, f"{name} is not installed", install)
    if not SpecifierSet(asked).contains(version, prereleases=True):
        return Finding("note", f"{name} {version}, tried with {asked.replace(',', ' and ')}", install)
    return Finding("right", f"{name} {version}")


def look_at_phonemizers() -> Iterator[Finding]:
    """phonemizer-fork writes over phonemizer's files, and pip lets it."""
    if installed_version("phonemizer-fork") is None:
        return
    yield Finding(
        "wrong",
        "phonemizer-fork is installed and writes over phonemizer's files",
        "Run: pip uninstall -y phonemizer-fork phonemizer && pip install 'phonemizer"
        f"{requirements().get('phonemizer', '')}'",
    )


def requirements() -> dict[str, str]:
    """The versions that are asked for, by package; nothing if the package is installed without its repository."""
    from packaging.requirements import Requirement

    if not REQUIREMENTS.is_file():
        return {}
    lines = [line.partition("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()]
    asked = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {requirement.name: str(requirement.specifier) for requirement in asked}


def installed_version(name: str) -> str | None:
    """The version of an installed package, None if there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def look_at_espeak() -> Iterator[Finding]:
    """Have eSpeak NG read a sentence, in a process of its own, which it may end."""
    code = (
        "from kokoro_demo.g2p import phonemize; from kokoro_demo.g2p.espeak import espeak_problem; import sys; "
        f"sys.stdout.buffer.write(phonemize({ESPEAK_SENTENCE!r}, 'es').phonemes.encode()); "
        "sys.exit(espeak_problem() or 0)"
    )
    advice = "Run: pip install --force-reinstall --no-deps espeakng-loader phonemizer"
    try:
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            timeout=PATIENCE_WITH_ESPEAK,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except subprocess.TimeoutExpired:
        yield Finding("wrong", f"eSpeak NG gave no answer in {PATIENCE_WITH_ESPEAK:.0f} s", advice)
        return
    read = run.stdout.decode(errors="replace")
    if run.returncode != 0:
        last_words = run.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it ended without a word"]
        what, _, own_advice = last_words[0][:600].partition(" Run: ")
        yield Finding("wrong", f"eSpeak NG does not run: {what}", f"Run: {own_advice}" if own_advice else "")
    elif read != ESPEAK_PHONEMES:
        yield Finding("wrong", f"eSpeak NG reads {ESPEAK_SENTENCE!r} as /{read}/ and not /{ESPEAK_PHONEMES}/", advice)
    else:
        yield Finding("right", f"eSpeak NG reads {ESPEAK_SENTENCE!r} as /{read}/")


def look_at_formats() -> Iterator[Finding]:
    """The kinds of audio files that can be written: an old libsndfile lacks MP3."""
    import soundfile

    from kokoro_demo.audio import FORMATS

    lacking = [name for name, (container, subtype) in FORMATS.items() if not soundfile.check_format(container, subtype)]
    if lacking:
        yield Finding("note", f"cannot write {', '.join(lacking)}", "Run: pip install --force-reinstall soundfile")
    else:
        yield Finding("right", f"can write {', '.join(FORMATS)}")
