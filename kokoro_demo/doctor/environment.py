"""Checks what the package depends on: Python, other packages, eSpeak NG, audio formats."""

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
ESPEAK_TIMEOUT = 60.0
ESPEAK_SENTENCE, ESPEAK_PHONEMES = "Hola, buenos días.", "ˈola, bwˈenos ðˈias."


def check_packages() -> Iterator[Finding]:
    """Check the Python version, and the version of every package."""
    version = platform.python_version()
    if PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        yield Finding("right", f"Python {version}, {platform.system()} {platform.machine()}")
    else:
        yield Finding("wrong", f"Python {version}", "Use Python 3.10 to 3.14.")
    required = requirements()
    for name in NEEDED:
        yield check_package(name, required.get(name, ""), "wrong")
    for name in FOR_THE_PAGE:
        yield check_package(name, required.get(name, ""), "note")
    yield from check_phonemizers()


def check_package(name: str, required: str, if_missing: Literal["note", "wrong"]) -> Finding:
    """Check one package. A version outside the required range may still work, so it is only a note."""
    from packaging.specifiers import SpecifierSet

    install = f"Run: pip install '{name}{required}'"
    version = installed_version(name)
    if version is None:
        return Finding(if_missing, f"{name} is not installed", install)
    if not SpecifierSet(required).contains(version, prereleases=True):
        return Finding("note", f"{name} {version}, tried with {required.replace(',', ' and ')}", install)
    return Finding("right", f"{name} {version}")


def check_phonemizers() -> Iterator[Finding]:
    """Check for phonemizer-fork, which overwrites phonemizer's files."""
    if installed_version("phonemizer-fork") is None:
        return
    yield Finding(
        "wrong",
        "phonemizer-fork is installed, and overwrites phonemizer's files",
        "Run: pip uninstall -y phonemizer-fork phonemizer && pip install 'phonemizer"
        f"{requirements().get('phonemizer', '')}'",
    )


def requirements() -> dict[str, str]:
    """Return the required versions by package; empty if the package is installed without its repository."""
    from packaging.requirements import Requirement

    if not REQUIREMENTS.is_file():
        return {}
    lines = [line.partition("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()]
    required = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {requirement.name: str(requirement.specifier) for requirement in required}


def installed_version(name: str) -> str | None:
    """Return the version of an installed package; None if it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def check_espeak() -> Iterator[Finding]:
    """Check that eSpeak NG can read a sentence; it runs in another process, since it may crash."""
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
            timeout=ESPEAK_TIMEOUT,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except subprocess.TimeoutExpired:
        yield Finding("wrong", f"eSpeak NG did not answer within {ESPEAK_TIMEOUT:.0f} s", advice)
        return
    read = run.stdout.decode(errors="replace")
    if run.returncode != 0:
        last_line = run.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it ended without a message"]
        what, _, own_advice = last_line[0][:600].partition(" Run: ")
        yield Finding("wrong", f"eSpeak NG does not run: {what}", f"Run: {own_advice}" if own_advice else "")
    elif read != ESPEAK_PHONEMES:
        yield Finding("wrong", f"eSpeak NG reads {ESPEAK_SENTENCE!r} as /{read}/ and not /{ESPEAK_PHONEMES}/", advice)
    else:
        yield Finding("right", f"eSpeak NG reads {ESPEAK_SENTENCE!r} as /{read}/")


def check_formats() -> Iterator[Finding]:
    """Check which audio formats can be written; an old libsndfile lacks MP3."""
    import soundfile

    from kokoro_demo.audio import FORMATS

    lacking = [name for name, (container, subtype) in FORMATS.items() if not soundfile.check_format(container, subtype)]
    if lacking:
        yield Finding("note", f"cannot write {', '.join(lacking)}", "Run: pip install --force-reinstall soundfile")
    else:
        yield Finding("right", f"can write {', '.join(FORMATS)}")
