"""How well does the front end read English? Prints a Markdown table.

    python -m benchmarks.pronunciation [--sets FOLDER [--peers NAME=PYTHON ...] [--every N]]

FOLDER has public test sets of written and spoken text (see `benchmarks.spoken_sets`). NAME is `nemo_text_processing`,
`wetext` or `spokenform`, and PYTHON the interpreter of an environment that has it. ``--every 8`` reads every eighth
text of the large sets, for a peer that would take hours.
The phonemes are compared word by word with the dictionary that Kokoro v1 was trained on, with the official pipeline's
output, with reported cases, and with heteronyms in sentences (all in tests/g2p). Function words, which change with
their neighbours, and capitalised words differ from the dictionary by design, and are left out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.spoken_sets import print_table

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "g2p"
TEXT = HERE / "running_text.txt"
STRESS = str.maketrans("", "", "ˈˌ")
WORDS_TO_TIME = 5_000

Row = tuple[str, str, str]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, metavar="FOLDER", help="public sets: only these are read")
    parser.add_argument("--peers", nargs="+", default=[], metavar="NAME=PYTHON", help="others to read the sets as well")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="read every Nth text of the large sets")
    options = parser.parse_args(arguments)
    if options.every < 1:
        parser.error("--every needs a whole number from 1 up.")
    if options.peers and not options.sets:
        parser.error("Give the sets that the peers are to read: --sets FOLDER.")
    if options.sets:
        print_table(options.sets, options.peers, options.every)
        return
    rows = [*resources(), *against_the_dictionary(), against_the_official_pipeline(), *cases(), *heteronyms()]
    print("| what | figure | bar |\n|---|---|---|")
    for what, figure, bar in rows:
        print(f"| {what} | {figure} | {bar} |")


def resources() -> Iterator[Row]:
    """Memory and time, which are measured first, before anything is loaded."""
    before = _resident()
    start = time.perf_counter()
    from kokoro_demo.g2p import phonemize
    from kokoro_demo.g2p.english.dictionary import dictionary

    dictionary(british=False)
    loading = time.perf_counter() - start
    phonemize("Loads what is loaded late: Zyxel.")
    text = " ".join((TEXT.read_text(encoding="utf-8").split() * 9)[:WORDS_TO_TIME])
    start = time.perf_counter()
    phonemize(text)
    reading = time.perf_counter() - start
    yield "modules and American dictionary loaded", f"{loading:.2f} s", "1 s"
    yield f"{WORDS_TO_TIME:,} words read, dictionary loaded", f"{reading:.2f} s", "2 s"
    yield "time for 1,000 words", f"{1000 * reading * 1000 / WORDS_TO_TIME:.0f} ms", ""
    yield "memory over the bare interpreter, American", f"{_resident() - before:.0f} MB", "150 MB"
    phonemize("And now in British English.", "en-gb")
    yield "memory over the bare interpreter, both accents", f"{_resident() - before:.0f} MB", "150 MB"


def against_the_dictionary() -> Iterator[Row]:
    """Running text against misaki's gold entries that have a single pronunciation."""
    from kokoro_demo.g2p import phonemize

    for language, accent in (("en-us", "us"), ("en-gb", "gb")):
        gold = _gold(accent)
        exact = unstressed = total = 0
        for word in phonemize(TEXT.read_text(encoding="utf-8"), language).words:
            entry = gold.get(word.text) or gold.get(word.text.lower()) or gold.get(word.text.capitalize())
            if not isinstance(entry, str) or _depends_on_neighbours(word.text, entry):
                continue
            phonemes = word.phonemes.removesuffix("ɹ") if accent == "gb" and not entry.endswith("ɹ") else word.phonemes
            total += 1
            exact += phonemes == entry
            unstressed += phonemes.translate(STRESS) == entry.translate(STRESS)
        yield f"{language}: words exactly the gold dictionary's", _share(exact, total), "98%"
        yield f"{language}: the same without stress", _share(unstressed, total), ""


def against_the_official_pipeline() -> Row:
    """Every word, with its marks, of the sentences whose official phonemes have been published."""
    from kokoro_demo.g2p import phonemize

    same = total = 0
    for row in _rows("official_sample.tsv"):
        ours, theirs = phonemize(row["text"]).phonemes.split(), row["phonemes"].split()
        total += len(theirs)
        same += sum(map(str.__eq__, ours, theirs)) if len(ours) == len(theirs) else 0
    return "words exactly the official pipeline's", _share(same, total), "95%"


def cases() -> Iterator[Row]:
    """Reported phonemes; `expected` has the dictionary's if a report contradicts it (see the file)."""
    from kokoro_demo.g2p import phonemize

    rows = _rows("cases.tsv")
    phonemes = [phonemize(row["input"], f"en-{row['accent']}").phonemes for row in rows]
    exact = sum(ours == row["expected"] for ours, row in zip(phonemes, rows, strict=True))
    lenient = sum(
        ours.translate(STRESS) == row["expected"].translate(STRESS) for ours, row in zip(phonemes, rows, strict=True)
    )
    yield "reported cases, exactly", _share(exact, len(rows)), "95%"
    yield "reported cases, without stress", _share(lenient, len(rows)), ""


def heteronyms() -> Iterator[Row]:
    """Words with the same spelling and different pronunciations, in sentences of our own."""
    from kokoro_demo.g2p import phonemize

    rows = _rows("heteronyms.tsv") + _rows("heteronym_compounds.tsv")
    right = 0
    for row in rows:
        words = phonemize(row["sentence"]).words
        phonemes = [word.phonemes for word in words if word.text.lower() == row["word"].lower()]
        right += phonemes == row["phonemes"].split()
    count = len({row["word"].lower() for row in rows})
    yield f"sentences with heteronyms right, {count} words", _share(right, len(rows)), "90%"


def _depends_on_neighbours(word: str, entry: str) -> bool:
    """Whether it is a function word without primary stress, which capitals and neighbours change."""
    return word.lower() in ("a", "i", "the", "to", "in", "an", "am", "by", "used") or (
        "ˈ" not in entry and not word.islower()
    )


def _gold(accent: str) -> dict[str, str | dict[str, str]]:
    from kokoro_demo.g2p.english.dictionary import file_of

    lines = gzip.decompress(file_of(accent, "gold").read_bytes()).decode().splitlines()
    entries = dict(line.split("\t") for line in lines)
    return {word: json.loads(entry) if entry.startswith("{") else entry for word, entry in entries.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part} of {whole})"


def _resident() -> float:
    """Memory in use, in MB."""
    status = Path("/proc/self/status").read_text()
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match.group(1)) / 1024 if match else float("nan")


if __name__ == "__main__":
    main()
