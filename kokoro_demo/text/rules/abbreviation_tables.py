"""What abbreviations stand for, from `abbreviations.tsv`, which has one line for each.

Its columns are the kind, the abbreviation, its words, the spellings that need no full stop, and limits on its use. The
kinds, with the limits that each may have:

- title: a name follows, so its full stop does not end a sentence. "alone": it is expanded even if no name follows.
- word: anything may follow. "capital": only with a capital, like the name of a month. "inside": also an ordinary
  word, so it is not expanded at the end of a sentence. "number": only before digits or a Roman numeral.
- numbered: a number follows.
- book: of the Bible, before a chapter and a verse.
- latin: read as its English meaning. degree: read as letters. slash: written with a slash.
- state: of the U.S., after the name of a town. old state: as written before 1963, with a full stop.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

_TABLE = Path(__file__).with_name("abbreviations.tsv")
_spoken: dict[str, dict[str, str]] = defaultdict(dict)
_without_stop: dict[str, set[str]] = defaultdict(set)
_used: dict[str, set[str]] = defaultdict(set)

for _line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
    _kind, _abbreviation, _words, _spellings, _use = _line.split("\t")
    _spoken[_kind][_abbreviation] = _words
    _without_stop[_kind].update(_spellings.replace("-", "").split())
    for _name in _use.replace("-", "").split():
        _used[_name].add(_abbreviation)

TITLES = _spoken["title"]
TITLES_WITHOUT_STOP = frozenset(_without_stop["title"])
TITLES_ALONE = frozenset(_used["alone"])
WORDS = _spoken["word"]
WITHOUT_STOP = frozenset(_without_stop["word"])
CAPITAL_ONLY = frozenset(_used["capital"])
NOT_AT_END = frozenset(_used["inside"])
BEFORE_NUMBER = frozenset(_used["number"])
NUMBERED = _spoken["numbered"]
BOOKS = _spoken["book"]
LATIN = _spoken["latin"]
DEGREES = _spoken["degree"]
SLASHED = _spoken["slash"]
STATES = _spoken["state"]
OLD_STATES = _spoken["old state"]
