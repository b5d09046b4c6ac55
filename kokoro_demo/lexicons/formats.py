"""The formats of lexicons. To add one, write a module with a `LexiconFormat`, list it here, and add tests."""

from __future__ import annotations

from pathlib import Path

from kokoro_demo.errors import RequestError
from kokoro_demo.lexicons import cartesia, cmudict, columns, elevenlabs, misaki, own, pls
from kokoro_demo.lexicons.content import Content, LexiconFormat

# By name. A file is tried in this order, so the most distinctive formats come first.
FORMATS: dict[str, LexiconFormat] = {
    "pls": pls.FORMAT,
    "elevenlabs": elevenlabs.FORMAT,
    "cartesia": cartesia.FORMAT,
    "misaki": misaki.FORMAT,
    "cmudict": cmudict.FORMAT,
    "fixes": own.FORMAT,
    "csv": columns.FORMAT,
}


def detect_format(content: Content) -> str:
    """Return the name of a file's format, detected by its content.

    Raises:
        RequestError: if it is in no known format.
    """
    for name, lexicon_format in FORMATS.items():
        if lexicon_format.recognises(content):
            return name
    labels = ", ".join(each.label for each in FORMATS.values())
    what = "The lexicon is empty." if not content.text.strip() else "This is not a lexicon in a known format."
    raise RequestError(f"{what} Known formats: {labels}.")


def format_named(name: str) -> LexiconFormat:
    """Return the format with this name.

    Raises:
        RequestError: if there is none.
    """
    if name not in FORMATS:
        raise RequestError(f"There is no lexicon format {name[:40]!r}. Known formats: {', '.join(FORMATS)}.")
    return FORMATS[name]


def format_for_file(path: Path) -> str:
    """Return the name of the format for a file, by its suffix; .json means misaki's.

    Raises:
        RequestError: if the suffix is unknown.
    """
    suffix = path.suffix.lower().removeprefix(".")
    by_suffix = {each.suffix: name for name, each in FORMATS.items() if name not in ("elevenlabs", "cartesia")}
    if suffix not in by_suffix:
        raise RequestError(f"Which format should {str(path)!r} have? Choose one with --to: {', '.join(FORMATS)}.")
    return by_suffix[suffix]
