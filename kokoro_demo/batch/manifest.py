"""The manifest of a batch: a line of JSON for each file, from which an interrupted run is resumed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from kokoro_demo.files import write_whole

NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the batch.

    file, captions: names in the folder; "" if there are no captions.
    text_sha256: of the written text in UTF-8.
    duration: in seconds.
    fingerprint: see `Speech`; for a chapter, a hash of its parts' fingerprints.
    bytes, sha256: of the file.
    setting: the precision and threads of the model that spoke it.
    key: identifies everything that determines the file.
    error: why there is no file; "" if there is one.
    """

    file: str
    captions: str
    text_sha256: str
    voice: str
    duration: float
    fingerprint: str
    warnings: tuple[str, ...]
    checkpoint: str
    setting: str
    bytes: int
    sha256: str
    key: str
    error: str = ""


class Manifest:
    """The manifest of a folder. An entry is added after its file is complete, and is then on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._entries: dict[str, Entry] = {}
        written = self._path.read_bytes() if self._path.exists() else b""
        self._torn = bool(written) and not written.endswith(b"\n")
        for entry in filter(None, map(_read, written.splitlines())):
            self._entries[entry.file] = entry

    def done(self, file: str, key: str) -> Entry | None:
        """Return the entry of a complete file with this key; None if there is none."""
        entry = self._entries.get(file)
        if entry is None or entry.key != key or entry.error:
            return None
        path = self._folder / file
        whole = path.is_file() and path.stat().st_size == entry.bytes
        return entry if whole and (not entry.captions or (self._folder / entry.captions).is_file()) else None

    def add(self, entry: Entry) -> None:
        """Record that a file was written, or why it was not."""
        self._entries[entry.file] = entry
        with self._path.open("ab") as file:
            file.write((b"\n" if self._torn else b"") + _line(entry))
            file.flush()
            os.fsync(file.fileno())
        self._torn = False

    def finish(self, order: Iterable[str]) -> None:
        """Rewrite the manifest with one entry for each of these files, in this order."""
        lines = [_line(self._entries[file]) for file in order if file in self._entries]
        write_whole(self._path, b"".join(lines))


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def hash_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(line: bytes) -> Entry | None:
    """An entry; None for an incomplete line, as a killed process leaves one. Its file is then written again."""
    try:
        fields = json.loads(line)
        return Entry(**{**fields, "warnings": tuple(fields["warnings"])})
    except (ValueError, TypeError, KeyError):
        return None


def _line(entry: Entry) -> bytes:
    return (json.dumps(asdict(entry), ensure_ascii=False) + "\n").encode()
