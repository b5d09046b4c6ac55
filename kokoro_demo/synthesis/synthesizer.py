"""The synthesizer, which turns a request into phrases of speech, one by one; concatenated, they are the whole
speech."""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from kokoro_demo.budget import check_length
from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.model import SpeechModel, Utterance
from kokoro_demo.model.interruption import Interrupted, interruptible
from kokoro_demo.model.speech_model import SpeaksInPieces
from kokoro_demo.pronouncing import pronounce, pronounce_whole
from kokoro_demo.share import fingerprint
from kokoro_demo.speech import Speech, SpeechChunk, SpeechRequest, SpeechStream
from kokoro_demo.synthesis.casting import ANOTHER_VOICE, KOKORO_IS_NEEDED, Casting, Outlook, cast_of, own_language
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.synthesis.known_symbols import known_symbols
from kokoro_demo.synthesis.lead_in import lead_in, without_lead_in
from kokoro_demo.synthesis.parts import SpokenPart, plan_parts, spoken_parts
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.phrase_chunks import PhraseInSpeech, last_symbol, whole_phrases
from kokoro_demo.synthesis.phrasing import PhrasePlan
from kokoro_demo.synthesis.process_memory import release_unused_memory
from kokoro_demo.synthesis.silence import silent_chunks
from kokoro_demo.voices.loudness import even_gain, without_loudness

if TYPE_CHECKING:
    from kokoro_demo.checkpoints.checkpoint import Checkpoint

# Runs the given model with the arguments of its `speak`.
Infer = Callable[[SpeechModel, torch.Tensor, torch.Tensor, float, int, bool], Utterance]

# The seeds of a speech's phrases are this far apart (2^64 over the golden ratio, as in Knuth 6.4).
SEED_STEP = 0x9E3779B97F4A7C15


class Synthesizer:
    """Speaks requests with one checkpoint and those that it refers to. Safe to share between threads.

    infer: runs a model; by default on this machine. A page on ZeroGPU passes its own.
    cache: of utterances; by default a new one.
    outlook: whether a language that `checkpoint` does not speak may become available.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        infer: Infer | None = None,
        cache: PhraseCache | None = None,
        outlook: Callable[[], Outlook] = lambda: KOKORO_IS_NEEDED,
    ) -> None:
        self.checkpoint = checkpoint
        self._outlook = outlook
        self._cache = cache or PhraseCache()
        self._infer = infer or speak_on_this_machine

    def pronounce(self, request: SpeechRequest) -> Pronunciation:
        """Return how the request is read by the voice that speaks it, even if that voice does not speak the language.
        Needs no model.

        Raises:
            RequestError: if the voice is unknown, or the script or SSML is invalid.
        """
        castings = list[Casting]()

        def pronounce_segment(segment_request: SpeechRequest) -> Pronunciation:
            castings.append(cast_of(self.checkpoint, segment_request))
            return self._pronounce_part(segment_request, castings[-1])

        pronunciation = pronounce_whole(request, pronounce_segment)
        noted = [warning for casting in castings for warning in casting.warnings]
        warnings = dict.fromkeys((*noted, *_loudness_warnings(request, castings), *pronunciation.warnings))
        return replace(pronunciation, warnings=tuple(warnings))

    def _pronounce_part(self, request: SpeechRequest, casting: Casting) -> Pronunciation:
        pronunciation = pronounce(request, casting.language)
        if not casting.spoken:
            return pronunciation
        model = casting.checkpoint.model
        return known_symbols(pronunciation, casting.checkpoint.config["vocab"], model.stand_ins)

    def _spoken_parts(self, request: SpeechRequest, pronunciation: Pronunciation) -> list[SpokenPart]:
        """The parts of a request, each with its voice; at least one."""
        if not pronunciation.parts:
            return [SpokenPart(request, pronunciation, cast_of(self.checkpoint, request))]
        castings = [cast_of(self.checkpoint, request.for_part(part)) for part in pronunciation.parts]
        parts = spoken_parts(pronunciation, request, castings)
        if len({part.casting.checkpoint.model.sample_rate for part in parts}) > 1:
            raise RequestError("Voices of two models with different sampling rates cannot speak one script.")
        return parts or [SpokenPart(request, pronunciation, cast_of(self.checkpoint, request))]

    def language_of(self, voice: str) -> str:
        """Return the voice's language, or American English if no front end reads it."""
        return own_language(self.checkpoint.voices.info(voice).name)

    def with_packs(self, packs: Mapping[str, torch.Tensor]) -> Synthesizer:
        """Return this synthesizer with additional voices, such as a visitor's own; it shares the model and the cache.

        packs: (rows, 1, style width) each, by name.
        """
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
        """Speak phrase by phrase, each as soon as it is generated. An invalid request raises at the call.

        should_stop: called before each phrase and between the steps of the model; the stream ends if it returns True.
        pronunciation: the result of `pronounce` for this request, if the caller already has it.

        Raises:
            RequestError: if the voice is unknown, or there is nothing to say, or too much (`budget`).
            UnspokenLanguageError: if no available voice speaks the language.
            CheckpointError: if the voice pack is not available; during iteration, if the model's output is not finite.
        """
        pronunciation = pronunciation or self.pronounce(request)
        parts = self._spoken_parts(request, pronunciation)
        for part in parts:
            is_ours = part.casting.checkpoint is self.checkpoint
            part.casting.require_spoken(self._outlook() if is_ours else ANOTHER_VOICE)
        symbols = sum(len(part.pronunciation.phonemes) / part.request.speed for part in parts)
        check_length(symbols, 1.0, sum(pause.seconds for pause in pronunciation.pauses))
        phrases = plan_parts(pronunciation, parts)
        if not phrases:
            raise RequestError("There is nothing here that can be spoken. " + " ".join(pronunciation.warnings))
        voices = list(dict.fromkeys(part.casting.voice for part in parts))
        for voice in voices:
            self.checkpoint.voices.fetch(voice)
        packs = {voice: on_compute_thread(self.checkpoint.voices.__getitem__, voice) for voice in voices}
        chunks = self._chunks(pronunciation, phrases, packs, should_stop)
        return SpeechStream(request, pronunciation.warnings, chunks)

    def _chunks(
        self,
        pronunciation: Pronunciation,
        phrases: Sequence[tuple[SpokenPart, PhrasePlan]],
        packs: Mapping[str, torch.Tensor],
        should_stop: Callable[[], bool] | None,
    ) -> Generator[SpeechChunk, None, None]:
        start, total = 0.0, len(phrases)
        for index, (part, phrase) in enumerate(phrases):
            rate = part.casting.checkpoint.model.sample_rate
            pack = packs[part.casting.voice]
            before, short, after = phrase.without_long_silences()
            for piece in silent_chunks(before, rate, index, total, start, phrase.start):
                start += len(piece.audio) / rate
                yield piece
            if should_stop is not None and should_stop():
                return
            phrase_chunks = self._speak_phrase(pronunciation, short, part, pack, index, total, start)
            phrase_continues = True
            while phrase_continues:
                try:
                    with interruptible(should_stop):
                        chunk = next(phrase_chunks)
                except Interrupted:
                    return
                start += len(chunk.audio) / rate
                phrase_continues = chunk.phrase_continues
                yield chunk
            for piece in silent_chunks(after, rate, index, total, start, phrase.end):
                if should_stop is not None and should_stop():
                    return
                start += len(piece.audio) / rate
                yield piece

    def speak(self, request: SpeechRequest, progress: Callable[[int, int], None] | None = None) -> Speech:
        """Return the whole speech.

        progress: called with the number of phrases generated so far, and their total.

        Raises:
            RequestError, CheckpointError: see `stream`.
        """
        pronunciation = self.pronounce(request)
        chunks = []
        for chunk in self.stream(request, pronunciation=pronunciation):
            chunks.append(chunk)
            if progress is not None and chunk.ends_phrase:
                progress(chunk.index + 1, chunk.total)
        return self.assemble(request, pronunciation, chunks)

    def assemble(self, request: SpeechRequest, pronunciation: Pronunciation, chunks: Sequence[SpeechChunk]) -> Speech:
        """Join the chunks of a stream into a speech. pronunciation: see `stream`."""
        speaker = self._spoken_parts(request, pronunciation)[0].casting.checkpoint
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
        """Return the fingerprint of a speech that consists of these chunks; see `share.fingerprint`."""
        durations = [frames for chunk in chunks for frames in chunk.durations]
        speaker = self._spoken_parts(request, pronunciation)[0].casting.checkpoint
        return fingerprint(request, speaker.fingerprint, pronunciation.phonemes, durations)

    def parameters_of(self, request: SpeechRequest) -> int:
        """Return the number of parameters of the model that speaks the request."""
        return cast_of(self.checkpoint, request).checkpoint.model.parameter_count

    def setting_of(self, request: SpeechRequest) -> str:
        """Return what else determines the audio to the last bit: the precision and threads of the model that speaks."""
        return cast_of(self.checkpoint, request).checkpoint.model.setting

    def _speak_phrase(
        self,
        pronunciation: Pronunciation,
        phrase: PhrasePlan,
        part: SpokenPart,
        pack: torch.Tensor,
        index: int,
        total: int,
        start: float,
    ) -> Iterator[SpeechChunk]:
        speaker, request = part.casting.checkpoint, part.request
        gain = even_gain(part.casting.voice) if request.even_loudness else 1.0
        phonemes = pronunciation.phonemes[phrase.start : phrase.end]
        vocabulary = speaker.config["vocab"]
        lead = "" if request.untouched else lead_in(phonemes, part.casting.language, speaker.model, vocabulary)
        ids = torch.tensor([[0, *(vocabulary[symbol] for symbol in lead + phonemes), 0]])
        row = min(len(lead + phonemes), len(pack)) - 1
        seed = (request.seed + index * SEED_STEP) % 2**63
        utterances = self._generate(speaker, ids, pack[row].reshape(1, -1), request.speed, seed, request.untouched)
        if lead:
            utterances = (
                (without_lead_in(utterance, lead, speaker.model, request.speed), True)
                for utterance, whole in utterances
                if whole
            )
        phrase_in_speech = PhraseInSpeech(
            phrase, phonemes, pronunciation.words, gain, index, total, start, row, request.speed
        )
        return phrase_in_speech.chunks(utterances, speaker.model)

    def _generate(
        self, speaker: Checkpoint, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool
    ) -> Iterator[tuple[Utterance, bool]]:
        """Yield the utterance as far as it is generated, and whether it is complete: at once if it is in the cache.

        The key has the values of the style and not the voice's name, since two packs may share a name.
        """
        key = speaker.fingerprint, ids.numpy().tobytes(), style.numpy().tobytes(), speed, seed, untouched
        kept = self._cache.get(key)
        if kept is not None:
            yield kept, True
            return
        for utterance, whole in self._run_model(speaker.model, ids, style, speed, seed, untouched):
            if whole:
                self._cache.keep(key, utterance)
                release_unused_memory()
            yield utterance, whole

    def _run_model(
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
    return (f"Loudness left as it is, since it is not known: {', '.join(unknown)}",) if unknown else ()


def speak_on_this_machine(
    model: SpeechModel, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
) -> Utterance:
    """Run a model on the compute thread if it uses OpenMP, or else on this one."""
    if model.uses_openmp:
        return on_compute_thread(model.speak, ids, style, speed, seed, untouched)
    return model.speak(ids, style, speed, seed, untouched)


def _parallel_timings(phonemes: str, chunks: Sequence[SpeechChunk]) -> tuple[tuple[float, float], ...]:
    """Return when each symbol of `phonemes` is heard; a space between two phrases lasts as long as their silence."""
    timings: list[tuple[float, float]] = []
    for chunk in chunks:
        if not chunk.timings:
            continue
        reached = timings[-1][1] if timings else 0.0
        timings += [(reached, chunk.timings[0][0])] * (chunk.position - len(timings))
        timings += chunk.timings
    reached = timings[-1][1] if timings else 0.0
    return tuple(timings + [(reached, reached)] * (len(phonemes) - len(timings)))
