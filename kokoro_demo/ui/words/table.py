"""The table of words: how each is written, spoken, and pronounced; the source of its phonemes; and its times."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from kokoro_demo.g2p.pronunciation import Pronunciation, Word
from kokoro_demo.ui.counts import SOURCES
from kokoro_demo.ui.words.fixing import written

MAX_ROWS = 300
HEADS = ("Written", "Spoken", "Phonemes", "Source", "Start", "End")


def words_html(
    pronunciation: Pronunciation,
    heard: Mapping[tuple[int, int], Word],
    automatic: Callable[[str], str],
) -> str:
    """A table of the first `MAX_ROWS` words.

    heard: the words of the last speech by their spans, with times; empty if that speech was of another text.
    automatic: returns the phonemes of a word without any fix.
    """
    words = pronunciation.words
    if not words:
        return '<p class="page-message">There are no words in this text.</p>'
    rows = "".join(_row(at, word, heard.get(word.span), automatic) for at, word in enumerate(words[:MAX_ROWS]))
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS) + "<td></td>"
    more = len(words) - MAX_ROWS
    note = f'<p class="page-message">The first {MAX_ROWS} of {len(words):,} words. Shorten the text for the rest.</p>'
    return (
        f'{note if more > 0 else ""}<div class="words-scroll"><table class="words" aria-label="Words">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(at: int, word: Word, heard: Word | None, automatic: Callable[[str], str]) -> str:
    plain = html.escape(written(word))
    without_fix = automatic(written(word)) if word.source == "fix" else word.phonemes
    changed = f'<del title="without your fix">{html.escape(without_fix)}</del>' if without_fix != word.phonemes else ""
    start, end = (_seconds(heard.start), _seconds(heard.end)) if heard else ("", "")
    actions = (
        (f'"hear" data-sound="word-{at}"', "Hear"),
        ('"text"', "Save in text"),
        ('"fixes"', "Save in My fixes"),
        ('"both"', "Accents"),
    )
    buttons = "".join(
        f'<button type="button" data-do={action} aria-label="{name}: {plain}">{name}</button>'
        for action, name in actions
    )
    phonemes = html.escape(word.phonemes)
    as_written = ' class="as-written"' if word.spoken == written(word) else ""
    return (
        f'<tr data-at="{at}" data-word="{html.escape(word.text)}"{" data-changed" if changed else ""}>'
        f'<th scope="row">{plain}</th><td{as_written}>{html.escape(word.spoken)}</td>'
        f'<td><input value="{phonemes}" data-own="{phonemes}" aria-label="Phonemes of {plain}" spellcheck="false">'
        f"{changed}</td><td>{_source(word)}</td><td>{start}</td><td>{end}</td><td>{buttons}</td></tr>"
    )


def _source(word: Word) -> str:
    """The source of a word's phonemes, and the rule that made its spoken words, if any."""
    rule = f" · {html.escape(word.rule.replace('_', ' '))}" if word.rule else ""
    return SOURCES[word.source] + rule


def _seconds(time: float | None) -> str:
    return "" if time is None else f"{time:.2f} s"
