"""How the words of an English text are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.dictionary import dictionary
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.heteronyms import sense_of, used_to, variant_of
from kokoro_demo.g2p.ipa import from_espeak
from kokoro_demo.g2p.letters import spell
from kokoro_demo.g2p.reading import SILENT, Reading
from kokoro_demo.g2p.stress import change_stress, stress_compound
from kokoro_demo.g2p.tagger import tag
from kokoro_demo.g2p.vocabulary import find_word
from kokoro_demo.g2p.weak_forms import Following, link_r, weak_form
from kokoro_demo.text.spoken import Token

# What a capital adds to the stress of an unstressed word, and capitals throughout; what a point between digits loses.
CAPITAL, SHOUTED, UNSTRESSED = 0.5, 2.0, -2.0


def read_english(tokens: Sequence[Token], british: bool, fixed: Mapping[int, Reading]) -> list[Reading]:
    """The reading of each token.

    fixed: the readings that the writer gave, by the token's index.
    """
    reader = _Reader(tokens, british, fixed)
    following = Following()
    for first, last in reversed(_compounds(tokens)):
        following = reader.read_compound(first, last, following)
    return link_r(tokens, reader.readings) if british else reader.readings


class _Reader:
    """Reads a text from right to left, because small words lean on what follows them."""

    def __init__(self, tokens: Sequence[Token], british: bool, fixed: Mapping[int, Reading]) -> None:
        self.tokens, self.british, self.fixed = tokens, british, fixed
        texts = [token.text or "—" for token in tokens]
        self.small = [text.lower() for text in texts]
        self.tags = tag(texts)
        self.guesses = self._guess_unknown_words()
        self.readings = [SILENT] * len(tokens)

    def read_compound(self, first: int, last: int, following: Following) -> Following:
        """Read ``tokens[first:last]``, which hyphens join; the answer is what the token before has following."""
        if last - first > 1 and not any(index in self.fixed for index in range(first, last)):
            whole = "-".join(token.text for token in self.tokens[first:last])
            found = find_word(whole, self.british)
            if found is not None:
                said = self._stressed(variant_of(found[0], self.tags[first], following), whole, self.tokens[first])
                self.readings[first] = Reading(said, found[1])
                return following.behind(said, self.small[first])
        for index in range(last - 1, first - 1, -1):
            self.readings[index] = self._read(index, following)
            mark = self.tokens[index].text if self.tokens[index].kind == "punctuation" else ""
            following = following.behind(mark or self.readings[index].phonemes, self.small[index])
        parts = stress_compound([reading.phonemes for reading in self.readings[first:last]])
        for index, said in enumerate(parts, first):
            self.readings[index] = self.readings[index]._replace(phonemes=said)
        return following

    def _read(self, index: int, following: Following) -> Reading:
        token = self.tokens[index]
        if index in self.fixed:
            return self.fixed[index]
        if token.kind == "letters":
            said = spell(token.text, dictionary(self.british), self.british)
            return Reading(change_stress(said, token.stress), "spelled", missing=not said)
        if token.kind != "word":
            return SILENT
        word, tag_ = token.text, self.tags[index]
        found = find_word(word, self.british)
        said = weak_form(word, tag_, following)
        if said is None and word.lower() == "used" and following.word == "to":
            said = used_to(self.tags, index, self.british)
        if said is not None:
            known = found is not None and said in found[0].values()
            return Reading(change_stress(said, token.stress), "dictionary" if known else "rule")
        said = sense_of(self.small, index, tag_, self.british)
        if said is not None:
            known = found is not None and said in found[0].values()
            return Reading(self._stressed(said, word, token), "dictionary" if known else "rule")
        if found is not None:
            return Reading(self._stressed(variant_of(found[0], tag_, following), word, token), found[1])
        said = self.guesses[word]
        return Reading(change_stress(said, token.stress), "espeak", missing=not said)

    def _stressed(self, said: str, word: str, token: Token) -> str:
        if not word.islower():
            said = change_stress(said, SHOUTED if word.isupper() else CAPITAL)
        if token.rule and word == "point":
            said = change_stress(said, UNSTRESSED)
        return change_stress(said, token.stress)

    def _guess_unknown_words(self) -> dict[str, str]:
        """What eSpeak NG says of the words that neither the dictionary nor its rules know."""
        language = "en-gb" if self.british else "en-us"
        unknown = dict.fromkeys(
            token.text
            for index, token in enumerate(self.tokens)
            if token.kind == "word" and index not in self.fixed and find_word(token.text, self.british) is None
        )
        spoken = transcribe(list(unknown), language)
        return {word: split_unknown(from_espeak(ipa, language))[0] for word, ipa in zip(unknown, spoken, strict=True)}


def _compounds(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The tokens in runs ``[first, last)`` that hyphens join."""
    starts = [index for index, token in enumerate(tokens) if index == 0 or not token.joined]
    return list(zip(starts, [*starts[1:], len(tokens)], strict=True))
