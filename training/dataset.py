"""Utterances to train on: tokens with the frames that eSpeak NG gave each, its audio, pitch and energy."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from scipy.signal import resample_poly
from torch import Tensor

from kokoro_demo.g2p.alphabet import STRESSES, SYMBOLS
from kokoro_demo.g2p.ipa import from_espeak
from training import features
from training.espeak_speech import EspeakSpeech, espeak

SAMPLES_PER_FRAME = 600
LEAD_FRAMES, TAIL_FRAMES = 4, 8
LOUDNESS = 0.7
RATE = 165
# eSpeak writes these as one phoneme; the tie tells the map so.
_ONE_PHONEME = re.compile("aɪ|aʊ|eɪ|oʊ|ɔɪ|əʊ|tʃ|dʒ|eə|iə|əl|ts|dz")
_PUNCTUATION = {"–": "—", "«": "“", "»": "”", "¿": "", "¡": "", "।": "."}


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice to train: its name, and the eSpeak NG voice and variant it learns from."""

    name: str
    language: str
    variant: str
    pitch: int = 50

    def espeak_voice(self, language: str) -> str:
        """eSpeak's name for this voice in `language`."""
        return {"fr-fr": "fr", "en-gb": "en"}.get(language, language) + self.variant


@dataclass(frozen=True, slots=True)
class Utterance:
    """ids: (T,) int64 with the pad at both ends; durations: (T,) frames; audio: (600 L,); f0, energy: (2L,)."""

    voice: int
    text: str
    phonemes: str
    ids: Tensor
    durations: Tensor
    audio: Tensor
    f0: Tensor
    energy: Tensor

    @property
    def frames(self) -> int:
        return len(self.audio) // SAMPLES_PER_FRAME


def utterance(
    text: str, voice: Voice, index: int, language: str | None = None, vary: random.Random | None = None
) -> Utterance | None:
    """Let eSpeak NG say `text`, and align it; None where its words cannot be told apart.

    vary: draws which of two spellings a sound gets, where Kokoro's front end knows both.
    """
    language = language or voice.language
    speech = espeak().say(text, voice.espeak_voice(language), rate=RATE, pitch=voice.pitch)
    timed = timed_symbols(text, speech, language, vary)
    if timed is None:
        return None
    audio = resample_poly(speech.audio, 160, 147).astype(np.float32) * LOUDNESS
    frames = LEAD_FRAMES + -(-len(audio) // SAMPLES_PER_FRAME) + TAIL_FRAMES
    whole = np.zeros(frames * SAMPLES_PER_FRAME, dtype=np.float32)
    whole[LEAD_FRAMES * SAMPLES_PER_FRAME :][: len(audio)] = audio
    symbols = [symbol for symbol, _ in timed]
    starts = [LEAD_FRAMES + seconds * 40 for _, seconds in timed]
    spoken_end = frames - TAIL_FRAMES
    if symbols and symbols[-1] in ';:,.!?—…"()“”':
        spoken_end += TAIL_FRAMES // 2
    durations = whole_frames([0.0, *starts, float(spoken_end)], frames)
    if durations is None or len(durations) > 510:
        return None
    sound = torch.from_numpy(whole)
    return Utterance(
        voice=index,
        text=text,
        phonemes="".join(symbols),
        ids=torch.tensor([0, *(SYMBOLS[symbol] for symbol in symbols), 0]),
        durations=torch.tensor(durations),
        audio=sound,
        f0=features.pitch(sound),
        energy=features.energy(sound),
    )


def words_stand_apart(text: str, phonemes: str) -> bool:
    """Whether the phonemes hold as many words as the text: eSpeak says pairs like "there is" as one. (Letters of
    other alphabets than the Latin are not counted.)"""
    written = len(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text))
    return not text.isascii() or written == len(re.findall(r'[^\s;:,.!?—…"()“”]+', phonemes))


def whole_frames(starts: Sequence[float], frames: int) -> list[int] | None:
    """Durations in whole frames of tokens that begin at `starts`, at least one each, `frames` in all."""
    edges: list[int] = []
    for start in starts:
        edges.append(max(round(start), edges[-1] + 1 if edges else 0))
    limit = frames
    for index in range(len(edges) - 1, -1, -1):
        edges[index] = min(edges[index], limit - 1)
        limit = edges[index]
    if edges[0] < 0:
        return None
    edges[0] = 0
    return [after - before for before, after in zip(edges, [*edges[1:], frames], strict=True)]


def timed_symbols(
    text: str, speech: EspeakSpeech, language: str, vary: random.Random | None = None
) -> list[tuple[str, float]] | None:
    """Kokoro's symbols of a text, each with the second at which it begins; None where words cannot be told apart."""
    words: list[tuple[int, list[tuple[str, float]]]] = []
    silence_at: dict[int, float] = {}
    for event in speech.events:
        seconds = event.sample / speech.sample_rate
        if event.ipa is None:
            words.append((event.text_position, []))
        elif event.ipa.strip("_ |:") == "":
            silence_at.setdefault(len(words), seconds)
        elif words:
            words[-1][1].append((event.ipa, seconds))
    words = [(position, phonemes) for position, phonemes in words if phonemes]
    if not words:
        return None
    result: list[tuple[str, float]] = []
    reached = 0
    for number, (position, phonemes) in enumerate(words):
        between = "" if number == 0 and position == 0 else text[reached:position]
        begin = phonemes[0][1]
        result += _between(between, silence_at.get(number, begin), begin, first=not result)
        following = words[number + 1][0] if number + 1 < len(words) else len(text)
        written = re.match(r"(?:[^\W\d_]|['’\u0900-\u097f])+", text[position:following])
        reached = position + (written.end() if written else 0)
        glued = re.match(r"((?:[^\W\d_]|['’])+) ((?:[^\W\d_]|['’])+)\W*$", text[position:following])
        groups = [phonemes]
        if (glued and number + 1 < len(words)) or (glued and following == len(text)):
            groups = _unglue(glued.group(1), glued.group(2), phonemes)
            reached = position + glued.end(2)
        for part, group in enumerate(groups):
            if part:
                result.append((" ", group[0][1] - 0.025))
            result += _symbols(group, language, vary)
    last = words[-1][1][-1][1]
    end = silence_at.get(len(words), len(speech.audio) / speech.sample_rate)
    result += [entry for entry in _between(text[reached:], max(end, last), None, first=False) if entry[0] != " "]
    return result if all(symbol in SYMBOLS for symbol, _ in result) else None


def _unglue(first: str, second: str, phonemes: list[tuple[str, float]]) -> list[list[tuple[str, float]]]:
    """eSpeak says "in the" and "I am" as one word; cut its phonemes in two where that can be told."""
    if second.lower() == "the":
        for index in range(len(phonemes) - 1, 0, -1):
            if phonemes[index][0] == "ð":
                return [phonemes[:index], phonemes[index:]]
    if first == "I" and len(phonemes) > 1:
        return [phonemes[:1], phonemes[1:]]
    return [phonemes]


def _between(written: str, begin: float, end: float | None, first: bool) -> list[tuple[str, float]]:
    """The punctuation and the space between two words, over the silence from `begin` to `end`."""
    marks = [_PUNCTUATION.get(character, character) for character in written if not character.isalnum()]
    symbols = re.sub(r"\s+", " ", "".join(mark for mark in marks if mark.isspace() or mark in SYMBOLS))
    symbols = symbols.replace(" — ", "—").replace(" —", "—") if "—" in symbols else symbols
    if first:
        symbols = symbols.lstrip()
    if end is None:
        return [(symbol, begin + 0.025 * index) for index, symbol in enumerate(symbols)]
    last = end - 0.025 * len(symbols)
    return [
        (symbol, min(begin, last) if index == 0 else max(begin, end - 0.025 * (len(symbols) - index)))
        for index, symbol in enumerate(symbols)
    ]


def _symbols(phonemes: list[tuple[str, float]], language: str, vary: random.Random | None) -> list[tuple[str, float]]:
    """Kokoro's symbols of one word. A phoneme of several symbols is shared out evenly."""
    result: list[tuple[str, float]] = []
    for index, (ipa, begin) in enumerate(phonemes):
        end = phonemes[index + 1][1] if index + 1 < len(phonemes) else begin + 0.1
        spelled = from_espeak(_ONE_PHONEME.sub(lambda pair: "^".join(pair.group()), ipa), language)
        if vary is not None and ipa.strip(STRESSES) == "ɐ" and vary.random() < 0.5:
            spelled = spelled.replace("ə", "ɐ")
        if result and result[-1][0] == "ɹ" and spelled.startswith("ɹ"):
            spelled = spelled[1:]
        stress = spelled[: len(spelled) - len(spelled.lstrip(STRESSES))][:1]
        sounds = spelled.lstrip(STRESSES)
        if stress:
            result.append((stress, begin))
            begin += 0.025
        step = max(end - begin, 0.025) / max(len(sounds), 1)
        result += [(sound, begin + step * place) for place, sound in enumerate(sounds)]
    return result
