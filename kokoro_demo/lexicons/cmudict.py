"""CMUdict's lines (http://www.speech.cs.cmu.edu/cgi-bin/cmudict): a word and ARPAbet, ``KOKORO  K OW1 K ER0 OW2``."""

from __future__ import annotations

import re

from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.languages import ENGLISH
from kokoro_demo.lexicons.content import Content, Form, Reading, Written, encoded
from kokoro_demo.lexicons.notation import arpabet_to_ipa, is_arpabet, to_arpabet, unknown_arpabet

_VARIANT = re.compile(r"\(\d+\)$")
_COMMENT = re.compile(r"\s#.*$")
LOOKED_AT = 2_000


def recognises(content: Content) -> bool:
    """Whether most lines are a word, spaces, and ARPAbet."""
    lines = [line for _, line in content.lines() if not line.startswith((";;;", "#"))][:LOOKED_AT]
    found = sum(len(cells) == 2 and is_arpabet(cells[1]) for cells in map(_cells, lines))
    return found * 2 > len(lines)


def read(content: Content) -> Reading:
    """The entries, for any capitals; of the pronunciations of a word, the first counts."""
    reading = Reading()
    for place, line in content.lines():
        if line.startswith((";;;", "#")):
            continue
        cells = _cells(line)
        word = _VARIANT.sub("", cells[0]).lower()
        if len(cells) < 2:
            reading.refuse(place, word, "it has no pronunciation")
        elif unknown := unknown_arpabet(cells[1]):
            reading.refuse(place, word, f"ARPAbet has no {unknown[0][:20]}")
        else:
            reading.add(place, word, arpabet_to_ipa(cells[1]), ipa=True)
    return reading


def write(entries: Lexicon, language: str) -> Written:
    """A line for each entry of one word, whose symbols are those of English."""
    lines, warnings = [], []
    for word, entry in entries.items():
        symbols, unknown = to_arpabet(phonemes_of(entry, language)[0])
        if " " in word or not symbols:
            why = "a word there has no spaces" if " " in word else "nothing of it can be said"
            warnings.append(f"“{word[:60]}” is left out, because {why}.")
            continue
        if unknown:
            warnings.append(f"“{word[:60]}”: ARPAbet has nothing for {' '.join(unknown)}, which is left out.")
        lines.append(f"{word.upper()}  {symbols}\n")
    if entries and language not in ENGLISH:
        warnings.insert(0, "ARPAbet is made for English; the sounds of other languages are written by their nearest.")
    return Written(encoded("".join(lines)), tuple(warnings))


def _cells(line: str) -> list[str]:
    return _COMMENT.sub("", line).split(None, 1)


FORM = Form("CMUdict (ARPAbet)", "dict", "text/plain; charset=utf-8", recognises, read, write)
