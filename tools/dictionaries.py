"""Makes the pronunciation dictionaries of the package from those of misaki (Apache-2.0, by hexgrad).

``pip download --no-deps --ignore-requires-python misaki==0.9.4`` fetches the wheel; misaki does not support Python
3.13. ``python -m tools.dictionaries WHEEL`` writes the files; with ``--check`` it compares them with what it would
write. Only the entries that Kokoro v1 uses are kept, in the form in which they are looked up.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import zipfile
from pathlib import Path

from kokoro_demo.g2p.english.dictionary import ACCENTS, FOLDER, GRADES, file_of
from kokoro_demo.g2p.japanese import JOINED_WORDS

# Of misaki-0.9.4-py3-none-any.whl.
SHA256 = "90e2eeb169786c014c429e5058d2ea6bcd02d651f2a24450ba6c9ffc0f8da15a"


def dictionary_lines(entries: dict[str, str | dict[str, str | None]]) -> bytes:
    """Return sorted lines of ``word TAB phonemes``; several pronunciations are a JSON object by part of speech."""
    lines = []
    for word, entry in entries.items():
        if isinstance(entry, dict):
            entry = json.dumps({tag: phonemes for tag, phonemes in entry.items() if phonemes}, ensure_ascii=False)
        # The data writes the flap as ɾ and the glottal stop as ʔ; Kokoro v1 was trained with T and t.
        lines.append(f"{word}\t{entry}\n".replace("ɾ", "T").replace("ʔ", "t").encode())
    return b"".join(sorted(lines))


def files_from(wheel: Path) -> dict[Path, bytes]:
    """Return the uncompressed content of each file.

    Raises:
        SystemExit: if it is not the wheel of misaki 0.9.4.
    """
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{wheel} is not the wheel of misaki 0.9.4.")
    with zipfile.ZipFile(wheel) as package:
        files = {
            file_of(accent, grade): dictionary_lines(json.loads(package.read(f"misaki/data/{accent}_{grade}.json")))
            for accent in ACCENTS
            for grade in GRADES
        }
        words = package.read("misaki/data/ja_words.txt").decode().split()
        files[JOINED_WORDS] = "".join(f"{word}\n" for word in words).encode()
    return files


def main() -> None:
    """Write or check the files."""
    parser = argparse.ArgumentParser(prog="python -m tools.dictionaries", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    for path, content in files_from(options.wheel).items():
        if not options.check:
            path.write_bytes(gzip.compress(content, 9, mtime=0))
        elif gzip.decompress(path.read_bytes()) != content:
            raise SystemExit(f"{path.name} is not what the wheel gives.")
        print(f"{path.name}: {len(content):,} bytes, {path.stat().st_size:,} compressed")


if __name__ == "__main__":
    main()
