"""Turn a written text into its spoken form.

The stages, in order: what models write for machines is left out (`unspoken`), the writer's marks are taken out
(`markup`), HTML, divided words, formulas and characters are cleaned (`html`, `line_ends`, `formulas`, `unicode`),
footnote marks are left out (`unspoken`), the layout is read (`markdown`), apostrophes, quotation marks and primes get
characters of their own (`quotes`), and then one scanner reads the text from left to right by the rules below.
"""

from __future__ import annotations

import re

from kokoro_demo.languages import ENGLISH, canonical_language
from kokoro_demo.text import languages
from kokoro_demo.text.clean import formulas, html, line_ends, markdown, markup, quotes, unicode, unspoken
from kokoro_demo.text.rules import (
    abbreviations,
    ambiguous_abbreviations,
    british,
    chat,
    chemistry,
    codes,
    compound_measures,
    dates,
    finance,
    fractions,
    games,
    identifiers,
    initials,
    labels,
    marks,
    measures,
    medicine,
    money,
    music,
    notices,
    numbers,
    ordinals,
    punctuation,
    references,
    roman,
    scripts,
    slashes,
    streets,
    symbols,
    times,
    web,
    weekdays,
    words,
    years,
)
from kokoro_demo.text.rules.shouting import Shouting
from kokoro_demo.text.scanner import Context, Scanner
from kokoro_demo.text.silent import with_silent_tokens
from kokoro_demo.text.spoken import SpokenText
from kokoro_demo.text.traced import Traced
from kokoro_demo.text.warnings import Warnings

# Signs that stand alone and are not spoken, with their spaces: they would separate words that belong together.
_STRAY = re.compile(r"(?:(?<= )|^)(?:[`~_|']* )+")

_ENGLISH = Scanner(
    scripts.ENGLISH,
    digit_rules=(
        *identifiers.RULES,
        *references.DIGIT_RULES,
        *british.DIGIT_RULES,
        chat.DIGIT_AS_WORD,
        *finance.DIGIT_RULES,
        *labels.DIGIT_RULES,
        *notices.DIGIT_RULES,
        *medicine.DIGIT_RULES,
        *chemistry.DIGIT_RULES,
        *music.DIGIT_RULES,
        *games.DIGIT_RULES,
        *money.PRE_DECIMAL,
        compound_measures.STONE,
        *dates.IN_DIGITS,
        *times.RULES,
        streets.HOUSE,
        *codes.FIRST,
        money.SIGN_LAST,
        *numbers.FIRST,
        *ordinals.RULES,
        *years.DECADES,
        *fractions.RULES,
        *web.RULES,
        *compound_measures.RULES,
        *measures.RULES,
        chat.SPELLING,
        codes.MIXED,
        *numbers.LAST,
    ),
    letter_rules=(
        words.PLAIN,
        chat.SPELLING,
        *references.LETTER_RULES,
        references.AND_FOLLOWING,
        words.STARRED_GRADE,
        *british.LETTER_RULES,
        chat.YOUR,
        *finance.LETTER_RULES,
        *labels.LETTER_RULES,
        *notices.LETTER_RULES,
        *medicine.LETTER_RULES,
        *chemistry.LETTER_RULES,
        *music.LETTER_RULES,
        *games.LETTER_RULES,
        identifiers.MAC_ADDRESS,
        identifiers.UUID,
        slashes.PERIOD_OVER_PERIOD,
        *dates.IN_WORDS,
        *weekdays.RULES,
        money.PRE_DECIMAL_WITH_SIGN,
        money.SIGN_FIRST,
        times.BOOK,
        times.OFFSET,
        times.ZONE,
        *streets.RULES,
        roman.WITH_STOP,
        *initials.RULES,
        abbreviations.POSSESSIVE,
        *ambiguous_abbreviations.RULES,
        *abbreviations.RULES,
        *web.RULES,
        words.AMPERSAND,
        words.GAS,
        *roman.RULES,
        codes.VERSION,
        chemistry.FORMULA,
        codes.MIXED,
        scripts.HANZI,
        scripts.ENGLISH.rule,
        measures.UNIT,
        words.ENGLISH,
    ),
    other_rules=(
        marks.MARK,
        *finance.OTHER_RULES,
        *labels.OTHER_RULES,
        *notices.OTHER_RULES,
        years.SHORT_YEAR,
        words.ELIDED,
        money.PRE_DECIMAL_WITH_SIGN,
        money.SIGN_FIRST,
        money.SIGN_PER,
        references.SIGNS,
        *games.OTHER_RULES,
        codes.BRACKETED,
        *british.OTHER_RULES,
        *web.OTHER_RULES,
        *measures.RULES,
        *numbers.LAST,
        *symbols.BEFORE_PUNCTUATION,
        *punctuation.RULES,
        *symbols.RULES,
    ),
)


def normalise(text: str, language: str) -> SpokenText:
    """Return `text` as a speaker of `language` would say it.

    >>> spoken = normalise("It cost $5.", "en-us")
    >>> spoken.spoken
    'It cost five dollars.'
    >>> spoken.changes
    (Change(start=8, end=10, written='$5', spoken='five dollars', rule='money'),)

    text: any string at all, with the writer's marks (see `kokoro_demo.text.clean.markup`).
    language: a code or an alias from `kokoro_demo.languages`. For a language without rules of its own
        (`kokoro_demo.text.languages`), digits and signs stay as they are, for eSpeak NG to read.

    Every letter and digit of `text` lies in the span of a token. What is not spoken is named in the warnings.

    Raises:
        RequestError: if `language` is not supported.
    """
    language = canonical_language(language)
    warnings = Warnings(text)
    marked = markup.take_out(unspoken.without_reasoning(Traced.of(text), warnings), warnings)
    traced = unicode.clean(formulas.read_formulas(line_ends.join_lines(html.read_html(marked.traced))))
    traced = markdown.read_markdown(unspoken.without_notes(traced, warnings))
    traced = quotes.resolve(traced).substituted(_STRAY, "")
    context = Context(traced.text, language, warnings, Shouting(traced.text).at)
    if language in ENGLISH:
        tokens = _ENGLISH.read(traced, context)
    else:
        tokens = languages.join_elided(languages.scanner_of(language).read(traced, context))
    tokens = punctuation.tidy(markup.apply(tokens, marked))
    return SpokenText(text, tuple(with_silent_tokens(text, tokens)), warnings.sentences(), warnings.dropped)
