"""Files of the user's: written whole or not at all, and text read in whatever encoding it was saved."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kokoro_demo.errors import RequestError

# Short, because the user's own name may be as long as the file system allows; the leading dot hides it.
PARTIAL_PREFIX = ".kokoro-"
PARTIAL_SUFFIX = ".part"
BINARY = re.compile("[\0-\x08\x0e-\x1a]")
# What Windows-1252 has in place of Latin-1's control characters; the five bytes that it leaves free stay controls,
# as in the WHATWG's Encoding Standard, by which browsers read.
_WINDOWS = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def write_whole(path: str | Path, data: bytes) -> Path:
    """Write `data` to `path`; on failure the old content, if any, is still there and nothing else.

    Raises:
        OSError: if it cannot be written; its `filename` is `path`.
    """
    with replacing(path) as file:
        file.write(data)
    return Path(path)


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` once the block has ended without an error.

    Links are followed, and a file that is replaced keeps its permissions. What is no regular file, such as /dev/stdout
    or a pipe, is written to directly.

    Raises:
        OSError: if it cannot be written; its `filename` is `path`, whatever file the system could not write.
    """
    path = Path(path)
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        direct = mode is not None and not stat.S_ISREG(mode)
        partial = target if direct else _new_file_beside(target)
    except OSError as error:
        raise _naming(error, path) from error
    if direct:
        with partial.open("wb") as file:
            yield file
        return
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            partial.chmod(stat.S_IMODE(mode))
        os.replace(partial, target)
    except OSError as error:
        raise _naming(error, path) if error.filename in (None, str(partial)) else error from error
    finally:
        partial.unlink(missing_ok=True)


def check_writable(path: str | Path) -> None:
    """Refuse a file that could not be written, before any work is done for it.

    Raises:
        RequestError: saying why.
    """
    path, problem = Path(path), ""
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        if mode is not None and stat.S_ISDIR(mode):
            problem = "it is a folder. Add the name of a file"
        elif not target.parent.is_dir():
            problem = f"there is no folder {str(path.parent)!r}"
        elif mode is None or stat.S_ISREG(mode):
            _new_file_beside(target).unlink()
    except OSError as error:
        problem = error.strerror or str(error)
    if problem:
        raise RequestError(f"Cannot write {str(path)!r}: {problem}.")


def encoding_of(data: bytes) -> str:
    """How a text file is encoded: "utf-16" if a byte order mark says so, else "utf-8-sig" if it is valid UTF-8, else
    "windows-1252", the Western encoding that Windows editors wrote. The page's script goes by the same rules."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8-sig"


def decode_text(data: bytes, name: str = "The file") -> str:
    """The text of a file, without its byte order mark.

    name: of the file, for the message.

    Raises:
        RequestError: if it holds characters that no text has.
    """
    encoding = encoding_of(data)
    if encoding == "windows-1252":
        text = data.decode("latin-1").translate(_WINDOWS)
    else:
        text = data.decode(encoding, errors="replace")
    if BINARY.search(text):
        raise RequestError(f"{name} is not a text file. Save it as plain text (UTF-8).")
    return text


def _mode_of(path: Path) -> int | None:
    """The mode of what is at `path`; None if nothing is."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _new_file_beside(target: Path) -> Path:
    """An empty file in the folder of `target` under a name that nothing else has, with the usual permissions."""
    while True:
        partial = target.parent / f"{PARTIAL_PREFIX}{secrets.token_hex(6)}{PARTIAL_SUFFIX}"
        try:
            # Opened by hand: `tempfile` would make a file that its owner alone may read.
            os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            continue
        return partial


def _naming(error: OSError, path: Path) -> OSError:
    """The same error, about the file that the user named."""
    return OSError(error.errno, error.strerror or str(error), str(path)) if error.errno else error
