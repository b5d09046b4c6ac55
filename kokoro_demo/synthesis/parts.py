"""The parts of a pronunciation, each with its voice, and their phrases. Without a script there is one part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.script.joining import part_pronunciation
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.casting import Casting
from kokoro_demo.synthesis.phrasing import LEAD, TAIL, PhrasePlan, gap_after, gap_by_layout, plan_phrases

# Seconds of silence between the turns of two speakers, at speed 1: a little longer than within one speaker's turn.
TURN_GAP = 0.4


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """A part of a pronunciation, and the voice that speaks it.

    request, pronunciation: of this part alone.
    start: where it begins in the phonemes of the whole.
    turn: the number of the speaker's turn, as in `Part`.
    """

    request: SpeechRequest
    pronunciation: Pronunciation
    casting: Casting
    start: int = 0
    turn: int = 0


def plan_parts(whole: Pronunciation, parts: Sequence[SpokenPart]) -> list[tuple[SpokenPart, PhrasePlan]]:
    """Return every phrase in order, with its span in the phonemes of the whole and the silence around it.

    Between two parts is the gap that the end of the first or the layout calls for, between two turns at least
    `TURN_GAP`, and the pause that the text sets if that is longer.
    """
    planned: list[tuple[SpokenPart, PhrasePlan]] = []
    for index, part in enumerate(parts):
        request, limit = part.request, part.casting.checkpoint.model.max_phonemes
        plans = plan_phrases(
            part.pronunciation, request.speed, request.pause_scale, request.untouched, limit, waiting=index == 0
        )
        plans = [replace(plan, start=plan.start + part.start, end=plan.end + part.start) for plan in plans]
        if plans and planned and not request.untouched:
            before, last = planned.pop()
            end, start = before.start + len(before.pronunciation.phonemes), part.start
            explicit = sum(pause.seconds for pause in whole.pauses if last.start < pause.position <= end)
            explicit += sum(pause.seconds for pause in whole.pauses if start <= pause.position <= plans[0].start)
            natural = max(gap_after(whole.phonemes[last.start : last.end]), _gap_between(before, part))
            gap = max(natural * request.pause_scale / before.request.speed, explicit)
            lead = min(LEAD, gap / 2)
            tail = min(TAIL, gap - lead)
            planned.append((before, replace(last, silence_after=gap - lead - tail, tail=tail)))
            plans[0] = replace(plans[0], silence_before=0.0, lead=lead)
        planned += [(part, plan) for plan in plans]
    return planned


def _gap_between(before: SpokenPart, after: SpokenPart) -> float:
    """The gap that the layout and the turns call for, in seconds at speed 1."""
    layout = gap_by_layout(before.pronunciation, after.pronunciation)
    return max(layout, TURN_GAP if before.turn != after.turn else 0.0)


def spoken_parts(whole: Pronunciation, request: SpeechRequest, castings: Sequence[Casting]) -> list[SpokenPart]:
    """Return the parts of a script that have phonemes. castings: one for each of `whole.parts`."""
    return [
        SpokenPart(request.for_part(part), part_pronunciation(whole, part), casting, part.phoneme_span[0], part.turn)
        for part, casting in zip(whole.parts, castings, strict=True)
        if part.phoneme_span[0] < part.phoneme_span[1]
    ]
