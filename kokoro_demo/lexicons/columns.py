"""CSV with two columns, as spreadsheets save it: a word, and ``/ipa/``, ARPAbet or a respelling."""

from __future__ import annotations

import csv
import io
import re

from kokoro_demo.checklist.formulas import guarded, unguarded
from kokoro_demo.checklist.table import split_rows
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, encoded
from kokoro_demo.lexicons.notation import arpabet_to_ipa, is_arpabet

_DELIMITERS = "\t;,|"
_WORD_NAMES = frozenset("word words grapheme text term written string from original entry name".split())
_PHONEMES = re.compile("[\u0250-\u02af\u02c8\u02cc\u02d0æðŋθøœ]")


def recognises(content: Content) -> bool:
    """Return whether most rows have two cells that are not empty."""
    return not content.text.lstrip().startswith(("{", "[", "<")) and bool(_delimiter(content))


def read(content: Content) -> ParsedLexicon:
    """Return the entries, without a header; if a word has several, the first counts."""
    parsed = ParsedLexicon()
    for number, row in split_rows(content.text, _delimiter(content)):
        place = f"line {number}"
        cells = [unguarded(cell).strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or (number == 1 and cells[0].lower() in _WORD_NAMES):
            continue
        if len(cells) < 2 or not cells[1]:
            parsed.refuse(place, cells[0], "its second cell is empty")
            continue
        if any(cells[2:]):
            parsed.warnings.append(f"{place}: only the first two cells are read.")
        word, phonemes = cells[:2]
        if is_arpabet(phonemes):
            parsed.add(place, word, arpabet_to_ipa(phonemes), ipa=True)
        else:
            in_marks = len(phonemes) > 2 and phonemes[0] + phonemes[-1] in ("//", "[]")
            parsed.add(place, word, phonemes, ipa=in_marks or _PHONEMES.search(phonemes) is not None)
    if len(parsed.warnings) > 3:
        parsed.warnings[3:] = [f"And {len(parsed.warnings) - 3} more rows have more than two cells."]
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return a row for each entry, guarded against formulas, in UTF-8 with a byte order mark for spreadsheets."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["word", "pronunciation"])
    for word, entry in entries.items():
        writer.writerow([guarded(word), guarded(f"/{entry.pronunciation}/" if entry.ipa else entry.pronunciation)])
    return Exported(encoded(file.getvalue(), "utf-8-sig"))


def _delimiter(content: Content) -> str:
    """The delimiter of the cells in most rows; "" if there is none."""
    rows = [line for _, line in content.lines()][:2_000]
    for delimiter in _DELIMITERS:
        two = sum(1 for row in rows if len([cell for cell in row.split(delimiter) if cell.strip()]) >= 2)
        if rows and two * 2 > len(rows):
            return delimiter
    return ""


FORMAT = LexiconFormat("CSV, two columns", "csv", "text/csv; charset=utf-8", recognises, read, write)
