"""The user's files: atomic writing, and decoding of text in whatever encoding it was saved."""

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

# Not derived from the user's file name, which may already be as long as the file system allows. The dot hides it.
PARTIAL_PREFIX = ".kokoro-"
PARTIAL_SUFFIX = ".part"
BINARY = re.compile("[\0-\x08\x0e-\x1a]")
# What Windows-1252 has in place of Latin-1's control characters. The five bytes that it leaves undefined stay control
# characters, as in the WHATWG's Encoding Standard, which browsers follow.
_WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def write_whole(path: str | Path, data: bytes) -> Path:
    """Write `data` to `path` atomically: on failure the old content, if any, is intact and no other file is left.

    Raises:
        OSError: if it cannot be written; its `filename` is `path`.
    """
    with replacing(path) as file:
        file.write(data)
    return Path(path)


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file to write to; it replaces `path` if the ``with`` block ends without an error.

    Links are followed, and a replaced file keeps its permissions. Anything but a regular file, such as /dev/stdout or
    a pipe, is written to directly.

    Raises:
        OSError: if it cannot be written; its `filename` is `path`, even if the system reported the temporary file.
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
    """Check that `path` can be written, before any work is done for it.

    Raises:
        RequestError: saying why it cannot.
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
    """Return the encoding of a text file: "utf-16" if it begins with that byte order mark, "utf-8-sig" if it is valid
    UTF-8, or else "windows-1252", which Western Windows editors used. The page's script has the same rules."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8-sig"


def decode_text(data: bytes, name: str = "The file") -> str:
    """Return the text of a file, without its byte order mark.

    name: of the file, for the error message.

    Raises:
        RequestError: if it contains control characters that no text file has.
    """
    encoding = encoding_of(data)
    if encoding == "windows-1252":
        text = data.decode("latin-1").translate(_WINDOWS_1252)
    else:
        text = data.decode(encoding, errors="replace")
    if BINARY.search(text):
        raise RequestError(f"{name} is not a text file. Save it as plain text (UTF-8).")
    return text


def _mode_of(path: Path) -> int | None:
    """The mode of the file at `path`; None if there is none."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _new_file_beside(target: Path) -> Path:
    """Create an empty file with a unique name in the folder of `target`, with the usual permissions."""
    while True:
        partial = target.parent / f"{PARTIAL_PREFIX}{secrets.token_hex(6)}{PARTIAL_SUFFIX}"
        try:
            # `tempfile` would create a file that only its owner may read.
            os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            continue
        return partial


def _naming(error: OSError, path: Path) -> OSError:
    """The same error, but about the file that the user named."""
    return OSError(error.errno, error.strerror or str(error), str(path)) if error.errno else error
