"""How many texts of public test sets are read as the sets expect, by this package and by others?

A set is a file in a folder. ``NAME.tsv`` without a header has the written text, its kind (may be empty), and one or
more accepted readings. Files with named columns (``.tsv`` or ``.csv`` with a header, ``.json``, ``.jsonl``), such as
Apple's PolyNorm, have the written text in one of the columns `WRITTEN` and the reading in one of `SPOKEN`; the language
is that in a column "language" or "locale", or else English. ``homographs.tsv`` is not such a set, and is left out.

Readings are compared without case, punctuation, hyphens, spaces and "and"; "o" and "oh" equal "zero". "ST" in capitals
in a reading may stand for the letters, since one set writes "Atari ST" for the reading "S T".
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

WRITTEN = (
    "written",
    "original",
    "original_text",
    "unnormalized",
    "unnormalized_text",
    "input",
    "source",
    "raw",
    "text",
)
SPOKEN = ("spoken", "normalized", "normalized_text", "expected", "reference", "target", "output")
LARGE = 1000  # texts in a set of which a sample is enough
_EQUAL = {
    "mr": "mister", "mrs": "missus", "st": "saint", "dr": "doctor", "o": "zero", "oh": "zero", "no": "number",
    "vs": "versus", "etc": "et cetera", "etcetera": "et cetera",
}  # fmt: skip
# Programs for a peer's interpreter: they read a JSON list of texts, and print one of readings.
_PEERS = {
    "nemo_text_processing": (
        "from pathlib import Path\n"
        "from nemo_text_processing.text_normalization.normalize import Normalizer\n"
        "grammars = Path.home() / '.cache/kokoro_benchmarks/nemo_text_processing'\n"
        "grammars.mkdir(parents=True, exist_ok=True)\n"  # they take minutes to build
        "normalizer = Normalizer(input_case='cased', lang='en', cache_dir=str(grammars))\n"
        "read = lambda text: normalizer.normalize(text, punct_post_process=True)\n"
    ),
    "wetext": "from wetext import Normalizer\nread = Normalizer(lang='en', operator='tn').normalize\n",
    "spokenform": "from spokenform import prepare\nread = lambda text: prepare(text, language='en').spoken_text\n",
}
_RUN = """
import json, sys
texts = json.load(sys.stdin)
def safe(text):
    try:
        return read(text)
    except Exception as error:
        return repr(error)
spoken = [safe(text) for text in texts]
sys.stdout.write("\\n" + json.dumps(spoken))
"""


class Case(NamedTuple):
    """A text of a set, with every reading that the set accepts."""

    written: str
    accepted: tuple[str, ...]
    language: str = "en-us"


def print_table(folder: Path, peers: Sequence[str], every: int = 1) -> None:
    """Print a Markdown table with a row for each set and a column for each reader. every: reads one in so many texts of
    the large sets."""
    readers = ["kokoro_demo", *(peer.partition("=")[0] for peer in peers)]
    print(f"| set | texts | {' | '.join(readers)} |\n|---|---|{'---|' * len(readers)}")
    for name, cases in read_sets(folder):
        cases = cases[:: every if len(cases) > LARGE else 1]
        shares = [share_right(cases, ours(cases)), *(share_right(cases, read_by(peer, cases)) for peer in peers)]
        print(f"| {name} | {len(cases):,} | {' | '.join(f'{share:.1%}' for share in shares)} |", flush=True)


def ours(cases: Sequence[Case]) -> list[str]:
    """Return this package's readings."""
    from kokoro_demo import normalise

    return [normalise(case.written, case.language).spoken for case in cases]


def read_by(peer: str, cases: Sequence[Case]) -> list[str]:
    """Return another package's readings, from the interpreter in ``NAME=PYTHON``."""
    name, _, python = peer.partition("=")
    if name not in _PEERS or not python:
        raise SystemExit(f"{peer!r}: give NAME=PYTHON, where NAME is one of {', '.join(_PEERS)}.")
    texts = json.dumps([case.written for case in cases])
    done = subprocess.run([python, "-c", _PEERS[name] + _RUN], input=texts, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-2000:]}")
    spoken: list[str] = json.loads(done.stdout.rpartition("\n")[2])
    return spoken


def share_right(cases: Sequence[Case], spoken_texts: Sequence[str]) -> float:
    """Return the share of the texts whose reading is accepted."""
    right = sum(
        plain(spoken) in {form for reading in case.accepted for form in (plain(reading), plain(named(reading)))}
        for case, spoken in zip(cases, spoken_texts, strict=True)
    )
    return right / len(cases)


def named(reading: str) -> str:
    """Spell "ST", "DR" and "NO" in capitals as letters, since they are not abbreviations then."""
    return re.sub(r"\b(?:ST|DR|NO)\b", lambda match: " ".join(match.group()), reading)


def plain(spoken: str) -> str:
    """Normalise a reading for comparison: no case, punctuation, spaces or "and"."""
    words = re.sub(r"[^\w' ]", " ", spoken.lower().replace("’", "'")).replace("'", "").split()
    return "".join(_EQUAL.get(word, word) for word in words if word not in ("and", "sil")).replace(" ", "")


def read_sets(folder: Path) -> Iterator[tuple[str, list[Case]]]:
    """Yield each set of a folder with its name. Files that are not sets are reported and left out."""
    for path in sorted(folder.iterdir()):
        if path.stem.startswith("homograph") or path.suffix not in (".tsv", ".csv", ".json", ".jsonl"):
            continue
        cases = list(_named(path)) or (list(_unnamed(path)) if path.suffix == ".tsv" else [])
        if cases:
            yield path.stem, cases
        else:
            print(f"{path.name} has no columns of written and spoken text, and is left out.")


def _unnamed(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) > 2:
                yield Case(row[0], tuple(filter(None, row[2:])))


def _named(path: Path) -> Iterator[Case]:
    for row in _rows(path):
        small = {str(name).lower().strip(): value for name, value in row.items() if name}
        written = next((small[name] for name in WRITTEN if small.get(name)), None)
        spoken = next((small[name] for name in SPOKEN if small.get(name)), None)
        if written and spoken:
            accepted = tuple(map(str, spoken)) if isinstance(spoken, list) else (str(spoken),)
            language = str(small.get("language") or small.get("locale") or "en-us").lower().replace("_", "-")
            yield Case(str(written), accepted, language)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".jsonl":
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
    elif path.suffix == ".json":
        held = json.loads(text)
        rows = held if isinstance(held, list) else next((v for v in held.values() if isinstance(v, list)), [])
        yield from (row for row in rows if isinstance(row, dict))
    else:
        tab = path.suffix == ".tsv"
        yield from csv.DictReader(
            text.splitlines(), delimiter="\t" if tab else ",", quoting=csv.QUOTE_NONE if tab else csv.QUOTE_MINIMAL
        )
