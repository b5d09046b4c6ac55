"""A request goes in, phrases of speech come out one by one, and laid end to end they are the speech."""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from kokoro_demo.budget import check_reading
from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.model import SpeechModel, Utterance
from kokoro_demo.model.interruption import Interrupted, interruptible
from kokoro_demo.model.speech_model import SpeaksInPieces
from kokoro_demo.reading import read, read_whole
from kokoro_demo.share import fingerprint
from kokoro_demo.speech import Speech, SpeechChunk, SpeechRequest, SpeechStream
from kokoro_demo.synthesis.casting import ANOTHER_VOICE, KOKORO_IS_NEEDED, Casting, Outlook, cast_of, own_language
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.synthesis.known_symbols import known_symbols
from kokoro_demo.synthesis.lead_in import lead_in, without_lead_in
from kokoro_demo.synthesis.parts import Voicing, part_voicings, plan_voicings
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.phrase_chunks import PhraseInSpeech, last_symbol, whole_phrases
from kokoro_demo.synthesis.phrasing import PhrasePlan
from kokoro_demo.synthesis.process_memory import give_back
from kokoro_demo.synthesis.silence import silent_chunks
from kokoro_demo.voices.loudness import even_gain, without_loudness

if TYPE_CHECKING:
    from kokoro_demo.checkpoints.checkpoint import Checkpoint

# The model that is to speak, and the arguments of its `speak`.
Infer = Callable[[SpeechModel, torch.Tensor, torch.Tensor, float, int, bool], Utterance]

# Phrases of one speech draw from seeds this far apart (2^64 over the golden ratio, as in Knuth 6.4).
SEED_STEP = 0x9E3779B97F4A7C15


class Synthesizer:
    """Speaks requests with one checkpoint and those beside it. Safe to share between threads: a model makes one phrase
    at a time.

    infer: what runs a model; the model itself, on this machine, if None. A page on ZeroGPU gives its own.
    made: utterances made before; none if None.
    outlook: whether a language may be spoken later that `checkpoint` never learned.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        infer: Infer | None = None,
        made: PhraseCache | None = None,
        outlook: Callable[[], Outlook] = lambda: KOKORO_IS_NEEDED,
    ) -> None:
        self.checkpoint = checkpoint
        self._outlook = outlook
        self._made = made or PhraseCache()
        self._infer = infer or speak_on_this_machine

    def pronounce(self, request: SpeechRequest) -> Pronunciation:
        """How the request is read by the voice that speaks it, and whole if none speaks its language. Needs no model.

        Raises:
            RequestError: if the request names an unknown voice.
        """
        castings = list[Casting]()

        def read_one(own: SpeechRequest) -> Pronunciation:
            castings.append(cast_of(self.checkpoint, own))
            return self._read(own, castings[-1])

        reading = read_whole(request, read_one)
        noted = [warning for casting in castings for warning in casting.warnings]
        warnings = dict.fromkeys((*noted, *_loudness_warnings(request, castings), *reading.warnings))
        return replace(reading, warnings=tuple(warnings))

    def _read(self, request: SpeechRequest, casting: Casting) -> Pronunciation:
        reading = read(request, casting.language)
        if not casting.spoken:
            return reading
        model = casting.checkpoint.model
        return known_symbols(reading, casting.checkpoint.config["vocab"], model.stand_ins)

    def _voicings(self, request: SpeechRequest, pronunciation: Pronunciation) -> list[Voicing]:
        """Who says what; at least one."""
        if not pronunciation.parts:
            return [Voicing(request, pronunciation, cast_of(self.checkpoint, request))]
        castings = [cast_of(self.checkpoint, request.for_part(part)) for part in pronunciation.parts]
        found = part_voicings(pronunciation, request, castings)
        if len({voicing.casting.checkpoint.model.sample_rate for voicing in found}) > 1:
            raise RequestError("Voices of two models with different sampling rates cannot speak one script.")
        return found or [Voicing(request, pronunciation, cast_of(self.checkpoint, request))]

    def language_of(self, voice: str) -> str:
        """The voice's own language, or American English if no front end serves it."""
        return own_language(self.checkpoint.voices.info(voice).name)

    def with_packs(self, packs: Mapping[str, torch.Tensor]) -> Synthesizer:
        """This synthesizer with some more voices, as a visitor's own: the same model, line and utterances."""
        other = copy.copy(self)
        other.checkpoint = replace(self.checkpoint, voices=self.checkpoint.voices.with_packs(packs))
        return other

    def stream(
        self,
        request: SpeechRequest,
        should_stop: Callable[[], bool] | None = None,
        *,
        pronunciation: Pronunciation | None = None,
    ) -> SpeechStream:
        """Speak phrase by phrase, each as soon as it is made. What cannot be spoken is refused at the call.

        should_stop: asked before each phrase and between the steps of the model; if it returns True, the stream ends.
        pronunciation: what `pronounce` returned for this request, if the caller has it already.

        Raises:
            RequestError: if the request names an unknown voice, there is nothing to say, or too much (`budget`).
            UnspokenLanguageError: if no voice that is there speaks the language.
            CheckpointError: if the voice pack is not available; while iterating, if the model gives no sound.
        """
        pronunciation = pronunciation or self.pronounce(request)
        voicings = self._voicings(request, pronunciation)
        for voicing in voicings:
            own = voicing.casting.checkpoint is self.checkpoint
            voicing.casting.require_spoken(self._outlook() if own else ANOTHER_VOICE)
        symbols = sum(len(voicing.reading.phonemes) / voicing.request.speed for voicing in voicings)
        check_reading(symbols, 1.0, sum(pause.seconds for pause in pronunciation.pauses))
        phrases = plan_voicings(pronunciation, voicings)
        if not phrases:
            raise RequestError("There is nothing here that can be spoken. " + " ".join(pronunciation.warnings))
        voices = list(dict.fromkeys(voicing.casting.voice for voicing in voicings))
        for voice in voices:
            self.checkpoint.voices.fetch(voice)
        packs = {voice: on_compute_thread(self.checkpoint.voices.__getitem__, voice) for voice in voices}
        chunks = self._chunks(pronunciation, phrases, packs, should_stop)
        return SpeechStream(request, pronunciation.warnings, chunks)

    def _chunks(
        self,
        pronunciation: Pronunciation,
        phrases: Sequence[tuple[Voicing, PhrasePlan]],
        packs: Mapping[str, torch.Tensor],
        should_stop: Callable[[], bool] | None,
    ) -> Generator[SpeechChunk, None, None]:
        start, total = 0.0, len(phrases)
        for index, (voicing, phrase) in enumerate(phrases):
            rate = voicing.casting.checkpoint.model.sample_rate
            pack = packs[voicing.casting.voice]
            before, short, after = phrase.without_long_silences()
            for piece in silent_chunks(before, rate, index, total, start, phrase.start):
                start += len(piece.audio) / rate
                yield piece
            if should_stop is not None and should_stop():
                return
            made = self._speak_phrase(pronunciation, short, voicing, pack, index, total, start)
            goes_on = True
            while goes_on:
                try:
                    with interruptible(should_stop):
                        chunk = next(made)
                except Interrupted:
                    return
                start += len(chunk.audio) / rate
                goes_on = chunk.goes_on
                yield chunk
            for piece in silent_chunks(after, rate, index, total, start, phrase.end):
                if should_stop is not None and should_stop():
                    return
                start += len(piece.audio) / rate
                yield piece

    def speak(self, request: SpeechRequest, progress: Callable[[int, int], None] | None = None) -> Speech:
        """The whole speech.

        progress: called with the phrases made so far and their total.

        Raises:
            RequestError, CheckpointError: as `stream`.
        """
        pronunciation = self.pronounce(request)
        chunks = []
        for chunk in self.stream(request, pronunciation=pronunciation):
            chunks.append(chunk)
            if progress is not None and chunk.ends_phrase:
                progress(chunk.index + 1, chunk.total)
        return self.assemble(request, pronunciation, chunks)

    def assemble(self, request: SpeechRequest, pronunciation: Pronunciation, chunks: Sequence[SpeechChunk]) -> Speech:
        """Lay the chunks of a stream end to end. pronunciation: as in `stream`."""
        speaker = self._voicings(request, pronunciation)[0].casting.checkpoint
        chunks = list(whole_phrases(chunks))
        audio = np.concatenate([np.zeros(0, np.float32), *(chunk.audio for chunk in chunks)])
        ends = np.cumsum([len(chunk.audio) for chunk in chunks], dtype=int).tolist()
        timings = _parallel_timings(pronunciation.phonemes, chunks)
        return Speech(
            audio=audio,
            request=request,
            phonemes=pronunciation.phonemes,
            words=tuple(replace(word, end=timings[last_symbol(word)][1]) for chunk in chunks for word in chunk.words),
            timings=timings,
            spoken=pronunciation.spoken,
            warnings=pronunciation.warnings,
            checkpoint=speaker.name,
            sample_rate=speaker.model.sample_rate,
            chunks=tuple(
                replace(chunk, audio=audio[end - len(chunk.audio) : end])
                for chunk, end in zip(chunks, ends, strict=True)
            ),
            fingerprint=self.fingerprint(request, pronunciation, chunks),
            parts=pronunciation.parts,
        )

    def fingerprint(self, request: SpeechRequest, pronunciation: Pronunciation, chunks: Iterable[SpeechChunk]) -> str:
        """The fingerprint of a speech made of these chunks, as `share.fingerprint`."""
        durations = [frames for chunk in chunks for frames in chunk.durations]
        speaker = self._voicings(request, pronunciation)[0].casting.checkpoint
        return fingerprint(request, speaker.fingerprint, pronunciation.phonemes, durations)

    def parameters_of(self, request: SpeechRequest) -> int:
        """How many parameters the model has that speaks the request."""
        return cast_of(self.checkpoint, request).checkpoint.model.parameter_count

    def setting_of(self, request: SpeechRequest) -> str:
        """What else decides the sound to the last bit: the precision and the threads of the model that speaks."""
        return cast_of(self.checkpoint, request).checkpoint.model.setting

    def _speak_phrase(
        self,
        pronunciation: Pronunciation,
        phrase: PhrasePlan,
        voicing: Voicing,
        pack: torch.Tensor,
        index: int,
        total: int,
        start: float,
    ) -> Iterator[SpeechChunk]:
        speaker, request = voicing.casting.checkpoint, voicing.request
        gain = even_gain(voicing.casting.voice) if request.even_loudness else 1.0
        phonemes = pronunciation.phonemes[phrase.start : phrase.end]
        vocabulary = speaker.config["vocab"]
        before_it = "" if request.untouched else lead_in(phonemes, voicing.casting.language, speaker.model, vocabulary)
        ids = torch.tensor([[0, *(vocabulary[symbol] for symbol in before_it + phonemes), 0]])
        row = min(len(before_it + phonemes), len(pack)) - 1
        seed = (request.seed + index * SEED_STEP) % 2**63
        made = self._made_in_steps(speaker, ids, pack[row].reshape(1, -1), request.speed, seed, request.untouched)
        if before_it:
            made = (
                (without_lead_in(utterance, before_it, speaker.model, request.speed), True)
                for utterance, whole in made
                if whole
            )
        place = PhraseInSpeech(phrase, phonemes, pronunciation.words, gain, index, total, start, row, request.speed)
        return place.chunks(made, speaker.model)

    def _made_in_steps(
        self, speaker: Checkpoint, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool
    ) -> Iterator[tuple[Utterance, bool]]:
        """The utterance as far as it is made, and whether it is whole: at once if it is in the cache.

        Styles are compared by value: two packs may share a name.
        """
        key = speaker.fingerprint, ids.numpy().tobytes(), style.numpy().tobytes(), speed, seed, untouched
        kept = self._made.get(key)
        if kept is not None:
            yield kept, True
            return
        for utterance, whole in self._steps(speaker.model, ids, style, speed, seed, untouched):
            if whole:
                self._made.keep(key, utterance)
                give_back()
            yield utterance, whole

    def _steps(
        self, model: SpeechModel, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool
    ) -> Iterator[tuple[Utterance, bool]]:
        if self._infer is not speak_on_this_machine or not isinstance(model, SpeaksInPieces):
            yield self._infer(model, ids, style, speed, seed, untouched), True
            return
        steps = model.speak_in_pieces(ids, style, speed, seed, untouched)
        whole = False
        while not whole:
            utterance, whole = on_compute_thread(steps.__next__)
            yield utterance, whole


def _loudness_warnings(request: SpeechRequest, castings: Iterable[Casting]) -> tuple[str, ...]:
    if not request.even_loudness:
        return ()
    unknown = dict.fromkeys(name for casting in castings for name in without_loudness(casting.voice))
    return (f"As loud as it is, its loudness is not known: {', '.join(unknown)}",) if unknown else ()


def speak_on_this_machine(
    model: SpeechModel, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
) -> Utterance:
    """Run a model in the thread that it should have."""
    if model.uses_openmp:
        return on_compute_thread(model.speak, ids, style, speed, seed, untouched)
    return model.speak(ids, style, speed, seed, untouched)


def _parallel_timings(phonemes: str, chunks: Sequence[SpeechChunk]) -> tuple[tuple[float, float], ...]:
    """When each symbol of `phonemes` is heard; a space between two phrases lasts as long as their silence."""
    timings: list[tuple[float, float]] = []
    for chunk in chunks:
        if not chunk.timings:
            continue
        reached = timings[-1][1] if timings else 0.0
        timings += [(reached, chunk.timings[0][0])] * (chunk.position - len(timings))
        timings += chunk.timings
    reached = timings[-1][1] if timings else 0.0
    return tuple(timings + [(reached, reached)] * (len(phonemes) - len(timings)))
