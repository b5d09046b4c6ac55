"""Who says which phrase of a reading: one voice all of them, or in a script each part its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.script.reading import part_reading
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.casting import Casting
from kokoro_demo.synthesis.phrasing import LEAD, TAIL, PhrasePlan, gap_after, gap_by_layout, plan_phrases

# Between two speakers' turns, at speed 1: people answer each other a little later than they go on.
TURN_GAP = 0.4


@dataclass(frozen=True, slots=True)
class Voicing:
    """A part of a reading and the voice that says it.

    request: of the part alone. reading: of the part alone, from its own first phoneme.
    start: where it begins in the phonemes of the whole.
    turn: as of `Part`.
    """

    request: SpeechRequest
    reading: Pronunciation
    casting: Casting
    start: int = 0
    turn: int = 0


def plan_voicings(whole: Pronunciation, voicings: Sequence[Voicing]) -> list[tuple[Voicing, PhrasePlan]]:
    """Every phrase in order, placed in the phonemes of the whole, with the silence between the voices.

    From one part to the next is the gap that the end of the one or the layout asks for, and between two turns at least
    `TURN_GAP`, or the writer's own pause if that is longer, as within one voice's text.
    """
    planned: list[tuple[Voicing, PhrasePlan]] = []
    for index, voicing in enumerate(voicings):
        request, limit = voicing.request, voicing.casting.checkpoint.model.max_phonemes
        plans = plan_phrases(
            voicing.reading, request.speed, request.pause_scale, request.untouched, limit, waiting=index == 0
        )
        plans = [replace(plan, start=plan.start + voicing.start, end=plan.end + voicing.start) for plan in plans]
        if plans and planned and not request.untouched:
            before, last = planned.pop()
            end, start = before.start + len(before.reading.phonemes), voicing.start
            asked = sum(pause.seconds for pause in whole.pauses if last.start < pause.position <= end)
            asked += sum(pause.seconds for pause in whole.pauses if start <= pause.position <= plans[0].start)
            natural = max(gap_after(whole.phonemes[last.start : last.end]), _gap_between(before, voicing))
            gap = max(natural * request.pause_scale / before.request.speed, asked)
            lead = min(LEAD, gap / 2)
            tail = min(TAIL, gap - lead)
            planned.append((before, replace(last, silence_after=gap - lead - tail, tail=tail)))
            plans[0] = replace(plans[0], silence_before=0.0, lead=lead)
        planned += [(voicing, plan) for plan in plans]
    return planned


def _gap_between(before: Voicing, after: Voicing) -> float:
    """What the layout between two parts asks for, in seconds at speed 1."""
    layout = gap_by_layout(before.reading, after.reading)
    return max(layout, TURN_GAP if before.turn != after.turn else 0.0)


def part_voicings(whole: Pronunciation, request: SpeechRequest, castings: Sequence[Casting]) -> list[Voicing]:
    """The voices of a script's parts. castings: of each part."""
    return [
        Voicing(request.for_part(part), part_reading(whole, part), casting, part.phoneme_span[0], part.turn)
        for part, casting in zip(whole.parts, castings, strict=True)
        if part.phoneme_span[0] < part.phoneme_span[1]
    ]
