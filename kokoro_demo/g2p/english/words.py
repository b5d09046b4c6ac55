"""Reads the words of an English text: gives each token its phonemes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kokoro_demo.g2p.english.chinese import is_chinese, read_chinese
from kokoro_demo.g2p.english.colloquial import beginning, stutters
from kokoro_demo.g2p.english.context import Sentence
from kokoro_demo.g2p.english.dictionary import Entry, dictionary
from kokoro_demo.g2p.english.grammar import correct_tags
from kokoro_demo.g2p.english.guesses import guess
from kokoro_demo.g2p.english.heteronyms import is_heteronym, sense_of, used_to, variant_of
from kokoro_demo.g2p.english.letters import spell
from kokoro_demo.g2p.english.senses import choice_of, choose
from kokoro_demo.g2p.english.stress import change_stress, stress_compound
from kokoro_demo.g2p.english.tagger import tag
from kokoro_demo.g2p.english.vocabulary import find_word
from kokoro_demo.g2p.english.weak_forms import Following, link_r, weak_form
from kokoro_demo.g2p.hanzi import is_installed
from kokoro_demo.g2p.token_phonemes import INCLUDED, SILENT, TokenPhonemes
from kokoro_demo.text.spoken import SpokenText, Token

# How stress changes (see `change_stress`) for a capitalised word, a word in capitals, and the "point" of a decimal.
CAPITAL, SHOUTED, UNSTRESSED = 0.5, 2.0, -2.0


def read_english(spoken: SpokenText, british: bool, fixed: Mapping[int, TokenPhonemes]) -> list[TokenPhonemes]:
    """Return the phonemes of each token.

    fixed: the writer's own pronunciations, by the token's index.
    """
    reader = Reader(spoken, british, fixed)
    following = Following()
    for first, last in reversed(_compounds(spoken.tokens)):
        following = reader.read_compound(first, last, following)
    return link_r(spoken.tokens, reader.by_token) if british else reader.by_token


class Reader:
    """Reads a text from right to left, because the weak forms of small words depend on what follows them."""

    def __init__(self, spoken: SpokenText, british: bool, fixed: Mapping[int, TokenPhonemes]) -> None:
        self.written, self.tokens, self.british, self.fixed = spoken.written, spoken.tokens, british, fixed
        # Words in capitals are emphasised; the tagger would take them for names.
        texts = [token.text.lower() if _is_in_capitals(token) else token.text or "—" for token in self.tokens]
        self.small = [text.lower() for text in texts]
        self.tags = correct_tags(self.small, tag(texts), self._undecided())
        self.sentence = Sentence(texts, self.small, self.tags, [token.joined for token in self.tokens])
        self.guesses = guess(self._unknown(), british)
        self.by_token = [SILENT] * len(self.tokens)

    def read_compound(self, first: int, last: int, following: Following) -> Following:
        """Read ``tokens[first:last]``, which hyphens join, and return what follows the token before them."""
        if last - first > 1 and not any(index in self.fixed for index in range(first, last)):
            whole = "-".join(token.text for token in self.tokens[first:last])
            entry = find_word(whole, self.british)
            if entry is not None:
                pronunciation = self._stressed(
                    variant_of(entry[0], self.tags[first], following), whole, self.tokens[first]
                )
                self.by_token[first:last] = [TokenPhonemes(pronunciation, entry[1]), *[INCLUDED] * (last - first - 1)]
                return following.preceded_by(pronunciation, self.small[first])
        broken = self._stutters(first, last)
        for index in range(last - 1, first - 1, -1):
            if index in broken:
                pronunciation = beginning(self.tokens[index].text, self.by_token[broken[index]].phonemes)
                self.by_token[index] = TokenPhonemes(pronunciation, "rule", missing=not pronunciation)
            else:
                self.by_token[index] = self._read(index, following)
            mark = self.tokens[index].text if self.tokens[index].kind == "punctuation" else ""
            following = following.preceded_by(mark or self.by_token[index].phonemes, self.small[index])
        unbroken = max(broken.values(), default=first)
        self._join(unbroken, last)
        for index in range(first + 1, unbroken + 1):
            self.by_token[index] = self.by_token[index]._replace(included=True)
        return following

    def _stutters(self, first: int, last: int) -> dict[int, int]:
        """The stuttered beginnings in ``tokens[first:last]``, each with the index of the whole word."""
        if last - first == 1 or any(index in self.fixed for index in range(first, last)):
            return {}
        in_sentence = first > 0 and self.tokens[first - 1].kind in ("word", "letters")
        broken = stutters([token.text for token in self.tokens[first:last]], in_sentence)
        wholes: dict[int, int] = {}
        for index in range(last - 1, first - 1, -1):
            if broken[index - first]:
                wholes[index] = wholes.get(index + 1, index + 1)
        return wholes

    def _join(self, first: int, last: int) -> None:
        """Make one word of what hyphens join, with one main stress, unless there are digits among the parts."""
        written = self.written[self.tokens[first].start : self.tokens[last - 1].end]
        if last - first == 1 or any(character.isdigit() for character in written):
            return
        parts = stress_compound([pronounced.phonemes for pronounced in self.by_token[first:last]])
        for index, pronunciation in enumerate(parts, first):
            self.by_token[index] = self.by_token[index]._replace(phonemes=pronunciation, included=index > first)

    def _read(self, index: int, following: Following) -> TokenPhonemes:
        token = self.tokens[index]
        if index in self.fixed:
            return self.fixed[index]
        if token.kind == "letters":
            phonemes = spell(token.text, dictionary(self.british), self.british)
            return TokenPhonemes(change_stress(phonemes, token.stress), "spelled", missing=not phonemes)
        if token.kind != "word":
            return SILENT
        word = token.text
        if is_chinese(word):
            phonemes = read_chinese(word, self.british)
            missing = not phonemes and is_installed()  # if not, the text stage has named the packages
            return TokenPhonemes(change_stress(phonemes, token.stress), "dictionary", missing=missing)
        known_word = find_word(word, self.british)
        weak = self._weak_form(index, following)
        if weak:
            known = known_word is not None and weak in known_word[0].values()
            return TokenPhonemes(change_stress(weak, token.stress), "dictionary" if known else "rule")
        entry, source = known_word or (None, "rule")
        meant = self._meant(index, entry, following)
        if meant:
            known = entry is None or meant in entry.values()
            return TokenPhonemes(self._stressed(meant, word, token), source if known else "rule")
        phonemes = self.guesses[word]
        return TokenPhonemes(change_stress(phonemes, token.stress), "espeak", missing=not phonemes)

    def _meant(self, index: int, entry: Entry | None, following: Following) -> str | None:
        """The pronunciation of a word in the sense that it has here; None if the word is unknown."""
        by_rule = self.by_rule(index, entry, following)
        sense = sense_of(self.small, index, self.tags[index])
        if sense and sense.certain:
            return by_rule
        choice = choice_of(self.small[index], self.tags[index], entry, self.british, by_rule)
        return choose(choice, self.sentence, index) if choice else by_rule

    def by_rule(self, index: int, entry: Entry | None, following: Following) -> str | None:
        """The pronunciation that the table of heteronyms or the part of speech selects; None if neither does."""
        sense = sense_of(self.small, index, self.tags[index])
        if sense:
            return sense.phonemes(self.british)
        return variant_of(entry, self.tags[index], following) if entry else None

    def _weak_form(self, index: int, following: Following) -> str | None:
        if self.small[index] == "used" and following.word == "to":
            return used_to(self.small, self.tags, index, self.british)
        tag_ = "NN" if self._is_letter_a(index) else self.tags[index]
        return weak_form(self.tokens[index].text, tag_, following)

    def _is_letter_a(self, index: int) -> bool:
        """Whether "A" is the letter, as in "the A team": a capital after a word and before small letters."""
        if self.tokens[index].text != "A" or index == 0 or self.tokens[index - 1].kind not in ("word", "letters"):
            return False
        return index + 1 == len(self.tokens) or not self.tokens[index + 1].text[:1].isupper()

    def _stressed(self, phonemes: str, word: str, token: Token) -> str:
        as_written = 1 < len(word) == token.end - token.start and not token.rule
        if as_written and self.written[token.start : token.end].isupper():
            phonemes = change_stress(phonemes, SHOUTED)
        elif not word.islower():
            phonemes = change_stress(phonemes, CAPITAL)
        if token.rule and word == "point":
            phonemes = change_stress(phonemes, UNSTRESSED)
        return change_stress(phonemes, token.stress)

    def _undecided(self) -> Iterator[int]:
        for index, token in enumerate(self.tokens):
            if token.kind == "word":
                entry = find_word(token.text, self.british)
                if is_heteronym(self.small[index], entry[0] if entry else None):
                    yield index

    def _unknown(self) -> Iterator[str]:
        for index, token in enumerate(self.tokens):
            if token.kind != "word" or index in self.fixed or is_chinese(token.text):
                continue
            if find_word(token.text, self.british) is None:
                yield token.text


def _is_in_capitals(token: Token) -> bool:
    return token.kind == "word" and len(token.text) > 1 and token.text.isupper()


def _compounds(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The ranges ``[first, last)`` of tokens that hyphens join."""
    starts = [index for index, token in enumerate(tokens) if index == 0 or not token.joined]
    return list(pairwise([*starts, len(tokens)]))
