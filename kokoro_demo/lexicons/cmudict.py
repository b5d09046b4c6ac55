"""CMUdict (http://www.speech.cs.cmu.edu/cgi-bin/cmudict): lines of a word and ARPAbet, ``KOKORO  K OW1 K ER0 OW2``."""

from __future__ import annotations

import re

from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.languages import ENGLISH
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, encoded
from kokoro_demo.lexicons.notation import arpabet_to_ipa, is_arpabet, to_arpabet, unknown_arpabet

_VARIANT = re.compile(r"\(\d+\)$")
_COMMENT = re.compile(r"\s#.*$")
MAX_LINES = 2_000  # of a file, to recognise it


def recognises(content: Content) -> bool:
    """Return whether most lines are a word, spaces and ARPAbet."""
    lines = [line for _, line in content.lines() if not line.startswith((";;;", "#"))][:MAX_LINES]
    entries = sum(len(cells) == 2 and is_arpabet(cells[1]) for cells in map(_cells, lines))
    return entries * 2 > len(lines)


def read(content: Content) -> ParsedLexicon:
    """Return the entries, which match any capitalisation; if a word has several pronunciations, the first counts."""
    parsed = ParsedLexicon()
    for place, line in content.lines():
        if line.startswith((";;;", "#")):
            continue
        cells = _cells(line)
        word = _VARIANT.sub("", cells[0]).lower()
        if len(cells) < 2:
            parsed.refuse(place, word, "it has no pronunciation")
        elif unknown := unknown_arpabet(cells[1]):
            parsed.refuse(place, word, f"ARPAbet has no {unknown[0][:20]}")
        else:
            parsed.add(place, word, arpabet_to_ipa(cells[1]), ipa=True)
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return a line for each entry that is a single word."""
    lines, warnings = [], []
    for word, entry in entries.items():
        symbols, unknown = to_arpabet(phonemes_of(entry, language)[0])
        if " " in word or not symbols:
            why = "CMUdict has no words with spaces" if " " in word else "it has no sounds"
            warnings.append(f"“{word[:60]}” is left out, because {why}.")
            continue
        if unknown:
            warnings.append(f"“{word[:60]}”: ARPAbet has no symbol for {' '.join(unknown)}, which is left out.")
        lines.append(f"{word.upper()}  {symbols}\n")
    if entries and language not in ENGLISH:
        warnings.insert(0, "ARPAbet is for English; sounds of other languages are replaced by the nearest.")
    return Exported(encoded("".join(lines)), tuple(warnings))


def _cells(line: str) -> list[str]:
    return _COMMENT.sub("", line).split(None, 1)


FORMAT = LexiconFormat("CMUdict (ARPAbet)", "dict", "text/plain; charset=utf-8", recognises, read, write)
