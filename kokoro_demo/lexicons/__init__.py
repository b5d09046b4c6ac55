"""Imports and exports lexicons in other programs' formats, which are detected by content; merging gives a report.

>>> from kokoro_demo.lexicons import export_lexicon, merge_lexicon
>>> merged = merge_lexicon("Nguyen = win", "KOKORO  K OW1 K ER0 OW2")
>>> merged.lines
'Nguyen = win\\nkokoro = /kˈoʊkɚˌoʊ/'
>>> merged.summary
'CMUdict (ARPAbet): 1 taken.'
>>> export_lexicon(merged.lines, "csv").data.decode("utf-8-sig").split()[0]
'word,pronunciation'
"""

from kokoro_demo.lexicons.content import Exported, Refused
from kokoro_demo.lexicons.formats import FORMATS
from kokoro_demo.lexicons.merge import MergedLexicon, Taken, entries_for, export_lexicon, merge_lexicon, with_entry

__all__ = [
    "FORMATS",
    "Exported",
    "MergedLexicon",
    "Refused",
    "Taken",
    "entries_for",
    "export_lexicon",
    "merge_lexicon",
    "with_entry",
]
