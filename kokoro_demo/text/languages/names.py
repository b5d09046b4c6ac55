"""Abbreviations, initials, words in capitals, ordinals and Roman numerals."""

from __future__ import annotations

import re

from kokoro_demo.text.languages.amounts import END, word_before, words_after
from kokoro_demo.text.languages.locale import Agreement, Locale
from kokoro_demo.text.languages.quantities import any_key
from kokoro_demo.text.patterns import like
from kokoro_demo.text.rules.roman import value
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, words

_CAPITAL = r"A-ZÀ-ÖØ-Þ"
_NUMBER_NEXT = re.compile(r" ?(?:[-–(]?\d|[IVXLC]+(?!\w)|n\.?[º°]|[A-Z]{1,4}-?\d)")
_NAME_NEXT = re.compile(rf" ?[{_CAPITAL}'][\w'.]| (?:et |y |e |le |la |l'|de |du |di |da |do |das |dos |del )")
_NUMBER_BEFORE = re.compile(r"(?:\d|\b[IVXLC]+(?:er|e)?) ?\Z")
_CAPITAL_BEFORE = re.compile(rf"(?<![\w'])[{_CAPITAL}][\w-]* \Z")
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÏÒ-ÖÙ-Ý]")
_HINDI_WORD = r"[\u0904-\u0939][\u0900-\u097f]*(?![\u0900-\u097f.])"
_GLUED = rf"(?<=[.°º])(?=\d|[{_CAPITAL}][a-zà-öø-ÿ]|{_HINDI_WORD})"  # "p.12", "Dr.Lima"
_DOTTED = rf"(?P<dotted>[{_CAPITAL}](?:\. ?[{_CAPITAL}]){{1,7}}\.?(?!\w))"
_INITIAL = re.compile(rf"[{_CAPITAL}]\.(?= ?[{_CAPITAL}])")
_CAPITALS = rf"(?P<run>[{_CAPITAL}]{{2,20}})(?P<plural>s?)(?![\w'])"
_SYLLABLE = re.compile(r"[\u0904-\u0939\u0958-\u095f]\u093c?(?:\u094d[\u0915-\u0939])*[\u0900-\u0903\u093e-\u094c]*")
_SYLLABLES = re.compile(r"(?:[\u0904-\u0939][\u0900-\u097f]{0,6}\. ?){1,8}[\u0904-\u0939][\u0900-\u097f]{0,6}\.")
_MOST_SPELLED = 6  # letters; a longer run of capitals without a vowel is not spelled out


def _key(written: str) -> str:
    return re.sub(r"[. ]", "", written)


class Names:
    """Reads abbreviations, initials and Roman numerals in one language."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self._full: dict[str, tuple[tuple[str, str], ...]] = {}
        for written, meanings in locale.abbreviations.items():
            key = _key(written.replace("?", ""))
            self._full[key] = (*self._full.get(key, ()), *meanings)
        patterns = sorted(map(self._pattern, locale.abbreviations), key=len, reverse=True)
        elision = rf"(?P<elision>\b(?:{locale.elisions})')?" if locale.elisions else "(?P<elision>)"
        self._abbreviation = re.compile(rf"{elision}(?P<short>{'|'.join(patterns)})(?:{END}|{_GLUED})")
        self._numeral = re.compile(rf"(?P<numeral>[IVXLCDM]{{1,9}})(?:{locale.numeral_end})?(?![\w'])")
        self._dotted_run = re.compile(rf"{elision}{_DOTTED}")
        self._capitals_run = re.compile(rf"{elision}{_CAPITALS}")
        centuries = any_key(locale.centuries)
        self._listed = re.compile(
            rf"(?i:\b{centuries})\.? (?:[IVXLC]{{1,7}}(?: ?[,–-] ?| (?:y|e|et|a|al|au|o|ou|à) )){{0,5}}\Z"
        )

        self._before_century = re.compile(
            rf"(?:(?: ?, ?| (?:y|e|et|o|ou|a|al|à|au|ao) )[IVXLC]{{1,7}}){{1,5}} (?i:{centuries})(?!\w)"
        )

    @staticmethod
    def _pattern(written: str) -> str:
        """The pattern for an abbreviation: spaces are optional, and the first of several letters may be a capital."""
        first = written[0]
        if len(_key(written)) == 1:
            return re.escape(written)
        begin = rf"[{first}{first.upper()}]" if first.islower() and first.upper() != first else re.escape(first)
        rest = re.escape(written[1:]).replace(r"\ ", " ?").replace(r"\?", "?")
        return begin + rest

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a letter."""
        return (
            Rule("abbreviation", self._abbreviation, self._abbreviated),
            Rule("roman numeral", self._numeral, self._roman),
            Rule("initials", self._dotted_run, self._dotted),
            Rule("initials", _INITIAL, self._initial),
            *([Rule("initials", _SYLLABLES, self._syllables)] if self.locale.letter_names else []),
            Rule("initials", self._capitals_run, self._capitals),
        )

    def ordinals(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a digit."""
        return (Rule("ordinal", self.locale.ordinal_pattern, self._ordinal),)

    def _ordinal(self, match: re.Match[str], context: Context) -> RuleResult | None:
        hyphened = context.text.startswith("-feira", match.end())  # "3ª-feira"
        following = "feira" if hyphened else " ".join(words_after(context.text, match.end())[:1])
        spoken = self.locale.ordinal_of(int(match["number"]), match["end"].lstrip("."), following)
        return RuleResult(words(spoken), match.end()) if spoken else None

    def _abbreviated(self, match: re.Match[str], context: Context) -> RuleResult | None:
        short, text, start, end = match["short"], context.text, match.start("short"), match.end()
        key = _key(short)
        small = key[0].lower() + key[1:]
        known = (*self._full.get(key, ()), *(self._full.get(small, ()) if small != key else ()))
        for full, kind in sorted(known, key=lambda entry: entry[1] != "number"):  # "SS 16" is a road
            if not self._fits(kind, key, text, start, end):
                continue
            if short[-1] == "." and kind in ("word", "closing") and ends_sentence(text, end):
                end -= 1
            full = full if match["elision"] else like(short, full)
            return RuleResult(words((match["elision"] or "") + full), end)
        return None

    def _fits(self, kind: str, key: str, text: str, start: int, end: int) -> bool:
        """Whether the text around an abbreviation fits its kind."""
        if kind == "number":
            return _NUMBER_NEXT.match(text, end) is not None
        if kind == "closing":
            return _NUMBER_BEFORE.search(text, max(0, start - 12), start) is not None
        if kind == "name" or (kind == "title" and len(key) == 1):
            after_name = _CAPITAL_BEFORE.search(text, max(0, start - 24), start)
            initial = kind == "title" and after_name and word_before(text, start) not in self.locale.function_words
            return _NAME_NEXT.match(text, end) is not None and not initial
        return True

    def _dotted(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "O.N.U.", "J. R. R."; of their full stops, only the last may end a sentence."""
        run = _key(match["dotted"])
        end = match.end()
        if match.group()[-1] == "." and ends_sentence(context.text, end):
            end -= 1
        if match.group()[-1] != ".":
            return None
        if match["elision"]:
            return RuleResult(words(match["elision"] + "-".join(run)), end)
        if " " in match.group() or (len(run) == 2 and run.lower() not in self.locale.spoken):
            return RuleResult([Piece(letter, "letters") for letter in run], end)
        return RuleResult(self._run(run, context.shouted(match.start())), end)

    def _syllables(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "ए.पी.जे." as letters, "भा.ज.पा." as one word."""
        parts = re.split(r"\. ?", match.group().rstrip(". "))
        if all(part in self.locale.letter_names for part in parts):
            return RuleResult(words(" ".join(parts)), match.end())
        if all(_SYLLABLE.fullmatch(part) for part in parts):
            return RuleResult(words("".join(parts)), match.end())
        return None

    def _initial(self, match: re.Match[str], context: Context) -> RuleResult:
        return RuleResult(letters(match.group()[0]), match.end())

    def _run(self, run: str, shouted: bool) -> list[Piece]:
        low = run.lower()
        spelled = low not in self.locale.spoken and (
            (low in self.locale.spelled and not shouted)
            or (self.locale.spells_capitals and len(run) <= _MOST_SPELLED and not shouted)
            or (len(run) <= _MOST_SPELLED and not _VOWEL.search(run))
        )
        return [Piece(run, "letters" if spelled else "word", plain=True)]

    def _capitals(self, match: re.Match[str], context: Context) -> RuleResult | None:
        (piece,) = self._run(match["run"], context.shouted(match.start()))
        if piece.kind == "word":
            return None
        if match["elision"]:  # "l'ONG" is one word
            return RuleResult(words(match["elision"] + "-".join(piece.text)), match.end())
        return RuleResult([piece._replace(text=piece.text + match["plural"])], match.end())

    def _roman(self, match: re.Match[str], context: Context) -> RuleResult | None:
        locale, text, numeral, end = self.locale, context.text, match["numeral"], match.end()
        number = value(numeral)
        if not number:
            return None
        start = match.start()
        before = word_before(text, start)
        following = words_after(text, end)
        after = following[0] if following else ""
        noun = Agreement(locale.gender_of(after) or "m", noun=bool(after) and after not in locale.function_words)
        if match["end"]:
            spoken = locale.ordinal_of(number, match["end"], after)
            return RuleResult(words(spoken), end) if spoken else None
        if self._listed.search(text, max(0, start - 60), start):
            return RuleResult(words(locale.century(number, Agreement(locale.century_gender))), end)
        if after in locale.centuries or self._before_century.match(text, end):
            return RuleResult(words(locale.ordinal(number, Agreement(locale.century_gender, noun=True))), end)
        if len(numeral) == 1 and numeral not in "IVX":
            return None
        if before in locale.rulers:
            return RuleResult(words(locale.ruler(number, Agreement("f" if before in locale.queens else "m"))), end)
        if before in locale.parts_of_books:
            return RuleResult(words(locale.part_of_book(number, Agreement(locale.gender_of(before) or "m"))), end)
        if after in locale.numbered:
            return RuleResult(words(locale.ordinal(number, noun)), end)
        if len(numeral) == 1 or numeral.strip("IVX") or context.shouted(start) or numeral.lower() in locale.spoken:
            return None
        return RuleResult(words(locale.cardinal(number)), end)
