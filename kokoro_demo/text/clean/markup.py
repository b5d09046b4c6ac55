"""The writer's own marks: ``[word](/ipa/)``, ``[word](+1)``, ``[word](respelling)``, ``[pause:0.5s]``, ``<break/>``.

Each is taken out of the text before anything else reads it, and its meaning is kept with its position. A malformed mark
stays in the text, and a warning says where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kokoro_demo.text.spoken import Token, spoken_line
from kokoro_demo.text.traced import Traced
from kokoro_demo.text.warnings import Warnings

LONGEST_PAUSE = 10.0  # seconds
DEFAULT_PAUSE = 0.5
MAX_STRESS = 2.0
# Placeholder characters for marks in the text; cleaning removes any other private-use characters.
PAUSE, OPEN, CLOSE = "\ue000", "\ue001", "\ue002"

_PLACEHOLDERS = re.compile(f"[{PAUSE}{OPEN}{CLOSE}]")
# Symbols that no respelling has: phonemes whose slash was forgotten, "[word](wˈɜɹd)".
_ONLY_PHONEMES = "ˈˌəɹʃʒθðŋɑɔɛɪʊʌʤʧᵊɡɜɾʔɐɒɚɝː"
_FIXED = re.compile(
    r"\[(?P<word>[^\[\]\n]{1,200})\]\((?:"
    r"\s*/(?P<phonemes>[^/\[\]\n]{1,400})/\s*"
    r"|\s*(?P<stress>[+-]?[012](?:\.\d{1,3})?)\s*"
    rf"|\s*/?(?P<bare>[^/()\n\d]{{0,60}}[{_ONLY_PHONEMES}][^/()\n]{{0,200}})/?\s*"
    r"|(?P<respelling>[^\W\d_][^\W\d_' -]*(?:[' -]+[^\W\d_]+){0,12})"
    r")\)"
)
_PAUSE = re.compile(
    r"\[pause(?:[:\s]\s?(?P<number>\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s?(?P<unit>ms|s|sec|seconds?|milliseconds?)?)?\s?\]"
    r"|<break(?:\s+(?:time\s*=\s*[\"'“”]?(?P<time>\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s?(?P<time_unit>ms|s)[\"'“”]?"
    r"|strength\s*=\s*[\"'“”]?(?P<strength>[a-z-]{1,10})[\"'“”]?)){0,2}\s*/?>(?:</break>)?",
    re.I,
)
_STRENGTHS = {"none": 0.0, "x-weak": 0.1, "weak": 0.2, "medium": 0.4, "strong": 0.7, "x-strong": 1.0}
_BROKEN = re.compile(
    r"\[pause\b[^\[\]\n]{0,40}\]?|<break\b[^<>\n]{0,60}>?|\[[^\[\]\n]{1,200}\]\("
    r"(?:\s*/(?=(?P<ipa>[^)/<\[\n]{0,80}))(?P=ipa)(?!/)\)?|[+-][^)\n]{0,20}\)?|\s*(?:\)|$))",
    re.I,
)


def without_marks(written: str) -> str:
    """Return the text as a person would read it: fixed words without their fixes, and no pauses."""
    return _PAUSE.sub("", _FIXED.sub(lambda match: match["word"], written))


@dataclass(frozen=True, slots=True)
class InlineFix:
    """How the writer wants ``written[start:end]`` to be pronounced."""

    start: int
    end: int
    word: str
    phonemes: str = ""
    respelling: str = ""
    stress: float | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """The text with its marks taken out, the fixes in order, and the seconds of each pause by its position."""

    traced: Traced
    fixes: tuple[InlineFix, ...] = ()
    pauses: dict[int, float] = field(default_factory=dict)


def take_out(traced: Traced, warnings: Warnings) -> Marked:
    """Take out the writer's marks. A fixed word stays, between `OPEN` and `CLOSE`; a pause becomes a `PAUSE`."""
    base = traced.substituted(_PLACEHOLDERS, "")
    text = base.text
    if "[" not in text and "<" not in text:
        return Marked(base)
    edits: list[tuple[int, int, str]] = []
    fixes: list[InlineFix] = []
    pauses: dict[int, float] = {}
    taken = bytearray(len(text))
    for match in _PAUSE.finditer(text):
        start, end = match.span()
        pauses[base.starts[start]] = _seconds(match, warnings)
        edits.append((start, end, PAUSE))
        taken[start:end] = b"\1" * (end - start)
    for match in _FIXED.finditer(text):
        start, end = match.span()
        if taken[start] or not match["word"].strip() or abs(float(match["stress"] or 0)) > MAX_STRESS:
            continue
        stress = float(match["stress"]) if match["stress"] else None
        phonemes, respelling = (match["phonemes"] or match["bare"] or "").strip(), match["respelling"] or ""
        fixes.append(InlineFix(*base.span(start, end), match["word"], phonemes, respelling, stress))
        edits += [(start, match.start("word"), OPEN), (match.end("word"), end, CLOSE)]
        taken[start:end] = b"\1" * (end - start)
    for match in _BROKEN.finditer(text):
        if not taken[match.start()]:
            warnings.add(
                f"{_where(text, match.start())}: “{match.group()}” is not a complete mark, and is read as text."
            )
    return Marked(base.edited(sorted(edits)), tuple(fixes), pauses)


def _seconds(match: re.Match[str], warnings: Warnings) -> float:
    """The length of a pause in seconds, at most `LONGEST_PAUSE`."""
    if match["strength"] and not match["time"]:
        return _STRENGTHS.get(match["strength"].lower(), DEFAULT_PAUSE)
    number, unit = match["number"] or match["time"], (match["unit"] or match["time_unit"] or "s").lower()
    if not number:
        return DEFAULT_PAUSE
    seconds = float(number) / (1000 if unit.startswith("m") else 1)
    if seconds > LONGEST_PAUSE:
        warnings.add(
            f"{_where(match.string, match.start())}: a pause lasts at most {LONGEST_PAUSE:g} seconds, not {seconds:g}."
        )
    return min(seconds, LONGEST_PAUSE)


def _where(text: str, position: int) -> str:
    """The position in words, "Line 2, character 5"."""
    line = text.count("\n", 0, position) + 1
    return f"Line {line}, character {position - text.rfind(chr(10), 0, position)}"


def apply(tokens: list[Token], marked: Marked) -> list[Token]:
    """Give each pause its length, and the words of each fix its pronunciation and the span of the whole mark."""
    tokens = [
        replace(token, seconds=marked.pauses[token.start]) if token.kind == "pause" else token for token in tokens
    ]
    if not marked.fixes:
        return tokens
    result: list[Token] = []
    rest = iter(marked.fixes)
    fix = next(rest, None)
    inside: list[Token] = []
    for token in tokens:
        while fix and token.start >= fix.end:
            result += _fixed(inside, fix)
            inside, fix = [], next(rest, None)
        if fix and token.start >= fix.start:
            inside.append(token)
        else:
            result.append(token)
    while fix:
        result += _fixed(inside, fix)
        inside, fix = [], next(rest, None)
    return result


def _fixed(inside: list[Token], fix: InlineFix) -> list[Token]:
    spoken = [token for token in inside if token.kind in ("word", "letters")]
    if fix.stress is not None and spoken:
        first, last = inside[0], inside[-1]
        return [
            replace(
                token,
                start=fix.start if token is first else token.start,
                end=fix.end if token is last else token.end,
                stress=fix.stress if token in spoken else None,
            )
            for token in inside
        ]
    text = spoken_line(spoken) or " ".join(fix.word.split())
    space = inside[0].space_before if inside else True
    fixed = Token(text, fix.start, fix.end, space_before=space, phonemes=fix.phonemes, respelling=fix.respelling)
    return [replace(fixed, joined=bool(inside) and inside[0].joined)]
