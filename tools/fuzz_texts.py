"""Generates everyday texts from a grammar, and looks for errors in their reading that a program can recognise.

``python -m tools.fuzz_texts`` makes texts of numbers, units, ranges, dates, times, money, abbreviations, punctuation,
brackets, addresses, codes and foreign scripts, and reads each of them. These are errors: an exception, a token outside
the text or out of order, something left out without a warning, a digit in the spoken text, a symbol outside the
alphabet, and spoken English that is read differently the second time. Then each piece is repeated to fill 20,000
characters, which must take linear time. Prints every kind of error with the first texts that had it, and how many there
were.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.languages import ENGLISH, LANGUAGES
from kokoro_demo.text import SpokenText, normalise

SHOWN = 8  # texts of each kind of fault
LONG = 20_000
MAX_SECONDS = 3.0  # for a text of LONG characters on one core
MAX_EXPONENT = 1.8  # a text four times as long may take at most 4 ** MAX_EXPONENT times as long

# Pieces by kind, and by language.
_TABLE = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
PIECES = {kind: pieces.split(" ") for kind, pieces in (line.split("\t") for line in _TABLE)}
PIECES["marks"] += ["\n", "\n\n", "\t"]
# Markup and the beginnings of addresses are left out without a warning.
_MARKED = re.compile(r"[<\[&`$\\|^]|https?://|^#|\n#")
Make = Callable[[random.Random], str]


def _figures(chance: random.Random) -> str:
    """A number as people write it."""
    size = chance.choice((1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 9, 12, 20, 40))
    digits = "".join(chance.choices("0123456789", k=size))
    match chance.randrange(12):
        case 0:
            return f"{int(digits):,}"
        case 1:
            return f"{int(digits):,}".replace(",", chance.choice(". '\u202f"))
        case 2 | 3:
            return f"{digits[:6]}{chance.choice('..,')}{chance.randrange(1000)}"
        case 4:
            return chance.choice((f".{digits[:3]}", f"0.{digits[:4]}", f"{int(digits[:3])} {chance.randrange(1, 9)}/8"))
        case 5:
            return f"{chance.randrange(1000, 2100)}"
        case 6:
            return chance.choice("½¼¾⅓") if chance.random() < 0.3 else f"{int(digits[:2])}{chance.choice('½¼¾')}"
        case _:
            return str(int(digits)) if chance.random() < 0.9 else digits


def _joined(chance: random.Random, parts: Sequence[str]) -> str:
    return chance.choice(
        ("-", "–", "—", " - ", " – ", " to ", "/", "x", " x ", ":", ".", ",", ", ", " ", "+", "=", "-")
    ).join(parts)


def _range(chance: random.Random) -> str:
    return _joined(chance, [_figures(chance) for _ in range(chance.choice((2, 2, 2, 2, 3, 4)))])


def _measure(chance: random.Random) -> str:
    number = chance.choice((_figures, _figures, _range))(chance)
    return f"{number}{chance.choice(('', ' ', '-'))}{chance.choice(PIECES['units'])}" + chance.choice(
        ("", "", "s", ".", "²", "/h", "/day")
    )


def _money(chance: random.Random) -> str:
    sign, number = chance.choice(PIECES["signs"]), chance.choice((_figures, _figures, _range))(chance)
    after = chance.choice(("", "", "k", "m", "bn", "M", " million", "/month", " p.a.", "-worth"))
    return (
        f"{sign}{chance.choice(('', ' ', '-'))}{number}{after}" if chance.random() < 0.7 else f"{number} {sign}{after}"
    )


def _date(chance: random.Random) -> str:
    mark = chance.choice("/-. ")
    day, month, year = chance.randrange(0, 33), chance.randrange(0, 14), chance.choice((1066, 1999, 2024, 24, 7))
    name = chance.choice(("Jan", "Sept.", "May", "march", "December", "de mayo", "août", "月"))
    return chance.choice(
        (
            f"{day}{mark}{month}{mark}{year}",
            f"{day:02}{mark}{month:02}{mark}{year:02}",
            f"{year}-{month:02}-{day:02}",
            f"{day}{mark}{month}",
            f"{name} {day}",
            f"{day} {name} {year}",
            f"{day}th {name}",
            f"{name} {day}, {year}",
            f"{year}s",
            f"'{year % 100:02}s",
            f"{year}-{(year + 1) % 100:02}",
            f"{year}/{year % 100}",
            f"{day}-{day + 2} {name}",
            f"{year}年{month}月{day}日",
            f"Q{month}",
            f"{day}th century",
            f"{name} {day}-{name} {day}",
            f"c.{year}",
        )
    )


def _time(chance: random.Random) -> str:
    hour, minute = chance.randrange(0, 26), chance.randrange(0, 62)
    clock = f"{hour}{chance.choice((':', ':', '.', 'h'))}{minute:02}"
    clock = chance.choice((clock, clock, f"{clock}:{minute:02}", f"{hour}", f"{hour:02}{minute:02}"))
    after = chance.choice(("", "", " am", "pm", " p.m.", "h", " hrs", " GMT", "Z", " o'clock", "a", "-5"))
    return clock + after + chance.choice(("", "", f"-{hour + 1}pm", f" – {hour + 1}:00"))


def _code(chance: random.Random) -> str:
    def some(letters: str, size: int) -> str:
        return "".join(chance.choices(letters, k=chance.randint(1, size)))

    def upper(size: int) -> str:
        return some("ABCDEFGHIJKLMNOPQRSTUVWXYZ", size)

    def figures(size: int) -> str:
        return some("0123456789", size)

    return chance.choice(
        (
            f"{upper(3)}{figures(4)}",
            f"{upper(2)}{figures(2)}{upper(1)} {figures(1)}{upper(2)}",
            f"{upper(4)}-{figures(4)}",
            f"{figures(3)}{upper(2)}",
            f"0{figures(4)} {figures(3)} {figures(4)}",
            f"+{figures(2)} {figures(3)} {figures(7)}",
            f"({figures(3)}) {figures(3)}-{figures(4)}",
            f"v{figures(2)}.{figures(2)}.{figures(2)}",
            f"{figures(2)}.{figures(2)}.{figures(2)}",
            f"www.{some('abcdef', 5)}.co.uk/{figures(3)}",
            f"https://{some('abcxyz', 6)}.com/{some('abc-_', 6)}?q={figures(2)}",
            f"{some('abc.', 6)}@{some('abc', 5)}.org",
            f"#{upper(3)}{figures(2)}",
            f"@{some('abc_', 6)}",
            f"{figures(3)}.{figures(3)}.{figures(2)}.1",
            f"{some('abcdef0123456789', 8)}-{some('abcdef0123456789', 4)}",
            f"0x{some('abcdef0123', 6)}",
            f"{upper(1)}.{upper(1)}.",
            f"{upper(1)}&{upper(1)}",
            f"{upper(5)}'s",
            f"{upper(3)}s",
            f"{some('ab', 3)}_{some('AB', 2)}",
            f"{some('ab', 3)}{upper(2)}{some('ab', 2)}.py",
            f"{figures(2)}-{figures(2)}-{figures(2)}",
            f"{figures(3)}-{figures(1)}",
            f"{figures(1)}:{figures(1)}",
            f"{figures(3)}/{figures(3)}",
        )
    )


def _person(chance: random.Random) -> str:
    initials, name = chance.choice((".", "", ". K.")), chance.choice(("Smith", "Jones", "García", "de Gaulle"))
    return f"{chance.choice(PIECES['short'])} {chance.choice('ABJMW')}{initials} {name}"


def _bracketed(chance: random.Random) -> str:
    opening, closing = chance.choice(("()", "[]", "“”", '""', "''", "«»", "{}", "‘’", "（）", "「」"))
    return f"{opening}{_piece(chance)}{chance.choice((',', '', '.'))}{closing}"


def _listed(pieces: Sequence[str]) -> Make:
    return lambda chance: chance.choice(pieces)


MAKERS: tuple[Make, ...] = (
    _figures,
    _range,
    _measure,
    _money,
    _date,
    _time,
    _code,
    _person,
    _bracketed,
    _listed(PIECES["words"]),
    _listed(PIECES["words"]),
    _listed(PIECES["words"]),
    _listed(PIECES["short"]),
    _listed(PIECES["short"]),
    _listed(PIECES["marks"]),
    _listed(PIECES["foreign"]),
    _listed(PIECES["markup"]),
)


def _piece(chance: random.Random) -> str:
    return chance.choice(MAKERS)(chance)


def everyday_text(chance: random.Random, language: str) -> str:
    """A text of one to a dozen pieces that people do type, in random order."""
    language_pieces = PIECES.get(language, [])
    pieces: list[str] = []
    for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12))):
        if pieces:
            pieces.append(
                chance.choice((" ", " ", " ", " ", " ", "", ", ", ". ", "\n", " " if language in ENGLISH else ""))
            )
        pieces.append(chance.choice(language_pieces) if language_pieces and chance.random() < 0.45 else _piece(chance))
    text = "".join(pieces)
    return text[: chance.randint(1, len(text))] if text and chance.random() < 0.05 else text


def _faults_of(spoken: SpokenText, text: str) -> Iterator[str]:
    """Yield what is wrong with a spoken text by itself."""
    covered, last = bytearray(len(text)), 0
    for token in spoken.tokens:
        if not 0 <= token.start < token.end <= len(text):
            yield "a token outside the text"
            return
        if token.start < last:
            yield "tokens out of order"
        last = token.start
        covered[token.start : token.end] = b"\1" * (token.end - token.start)
    if any(character.isalnum() and not done for character, done in zip(text, covered, strict=True)):
        yield "a letter that no token covers"
    if any(character.isdecimal() for character in spoken.spoken):
        yield "a figure in the spoken text"
    silent = [
        token
        for token in spoken.tokens
        if token.kind == "silent" and any(map(str.isalnum, text[token.start : token.end]))
    ]
    if silent and not spoken.warnings and not _MARKED.search(text):
        yield "something left out without a warning"


def _sounds(phonemes: str) -> str:
    """The phonemes without stress and spaces, which also depend on capitals, digits ("point") and hyphens."""
    return re.sub("[ˈˌ ]", "", phonemes)


def faults(text: str, language: str) -> list[str]:
    """Return the kinds of error that occur when `text` is read."""
    try:
        spoken = normalise(text, language)
        problems = list(_faults_of(spoken, text))
        read = phonemize(text, language)
        if set(read.phonemes) - set(SYMBOLS):
            problems.append("a symbol outside the alphabet")
        starts = [word.span[0] for word in read.words]
        if starts != sorted(starts):
            problems.append("words out of order")
        if not (read.warnings or _MARKED.search(text)) and any(
            not word.phonemes and any(map(str.isalnum, word.text)) for word in read.words
        ):
            problems.append("a word without a sound and without a warning")
        words = all(token.kind in ("word", "punctuation") for token in spoken.tokens)
        if language in ENGLISH and words and not spoken.warnings and not set(text) & set("[|\n"):
            if normalise(spoken.spoken, language).spoken != spoken.spoken:
                problems.append("spoken text that is spoken otherwise")
            elif _sounds(phonemize(spoken.spoken, language).phonemes) != _sounds(read.phonemes):
                problems.append("spoken text with other sounds")
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return [f"{type(error).__name__} in {place.filename.rsplit('/', 1)[-1]}:{place.lineno}"]
    return problems


def _seconds(text: str, language: str) -> float:
    began = time.process_time()
    phonemize(text, language)
    return time.process_time() - began


def slow_pieces(language: str) -> Iterator[tuple[str, float, float]]:
    """Yield the pieces that are slow when repeated to fill `LONG` characters: the text, and the seconds for a quarter
    of it and for all of it."""
    language_pieces = PIECES.get(language, [])
    pieces = dict.fromkeys(
        (
            *PIECES["units"],
            *PIECES["signs"],
            *PIECES["short"],
            *PIECES["marks"],
            *PIECES["foreign"],
            *PIECES["markup"],
            *language_pieces,
            "1",
            "a",
            "A",
            "1 ",
            "1,",
            "1.",
            "1-",
            "1/",
            "1:",
        )
    )
    for piece in pieces:
        for text in (piece, "1" + piece + " "):
            short = _seconds(text * (LONG // 4 // len(text)), language)
            long = _seconds(text * (LONG // len(text)), language)
            if long > MAX_SECONDS or (long > 0.5 and long > 4**MAX_EXPONENT * short):
                yield text, short, long


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 1 if there was an error, or else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200_000, help="texts (default: %(default)s)")
    parser.add_argument(
        "--language", action="append", choices=LANGUAGES, help="several may be named (default: en-us en-gb)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first text, to share them out")
    parser.add_argument("--no-long", action="store_true", help="leave out the texts of 20,000 characters")
    options = parser.parse_args(arguments)
    languages = options.language or list(ENGLISH)
    counts: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    for number in range(options.first, options.first + options.count):
        language = languages[number % len(languages)]
        text = everyday_text(random.Random(f"{options.seed} {number}"), language)
        for kind in faults(text, language):
            counts[kind] += 1
            if len(shown[kind]) < SHOWN:
                shown[kind].append(f"{language} {number}: {text!r}")
    for language in () if options.no_long else languages:
        for piece, short, long in slow_pieces(language):
            counts["slow"] += 1
            shown["slow"].append(f"{language} {piece!r}: {short:.2f} s, four times as much {long:.2f} s")
    for kind, count in counts.most_common():
        print(f"{count:8} {kind}", *shown[kind], sep="\n         ")
    print(f"{options.count} texts in {', '.join(languages)}: {sum(counts.values())} faults")
    return 1 if counts else 0


if __name__ == "__main__":
    raise SystemExit(main())
