"""The catalogue of Kokoro v1's voices, and the voice packs of a checkpoint. Needs no torch."""

from __future__ import annotations

import csv
import difflib
import functools
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kokoro_demo.bounded_cache import BoundedCache
from kokoro_demo.errors import RequestError
from kokoro_demo.languages import BY_LETTER, DEFAULT_LANGUAGE, LANGUAGES
from kokoro_demo.voices.blends import canonical_voice, format_blend, is_blend, parse_blend

if TYPE_CHECKING:
    import torch

GRADES = ("A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F+", "F")
# The second letter of a voice's name, which begins with the letter of its language (`kokoro_demo.languages`).
GENDER_LETTERS = {"f": "F", "m": "M"}
# The prefix of an uploaded voice, which only its visitor can use. A link names it only if it includes the pack.
UPLOADED = "yours_"
# The letters of an uploaded voice whose file name has Kokoro's form: "yours_0123456789abcdef_bf-mine".
_OWN_LETTERS = re.compile(rf"{UPLOADED}[0-9a-f]+_([a-z]{{2}})-")
# Each takes half a megabyte; all of Kokoro's 54 would take 28 MB.
PACKS_IN_MEMORY = 32
# Voices that this package used to have, and that old links still name.
RETIRED = ("af_wren", "am_finch", "bf_lark", "bm_rook")


@dataclass(frozen=True, slots=True)
class Voice:
    """What is known of a voice; "" for what is not.

    language: a code in `kokoro_demo.languages.TABLE`, even if its packages are not installed.
    gender: "F", "M" or "".
    trait: its makers' note on it.
    title: its name in lists; "" if that follows from `name`.
    grade: its makers' overall grade, "A" to "F+".
    target_quality, training_duration: of its training audio: its makers' grade, and its length (HH: 10 to 100 hours,
        H: 1 to 10 hours, MM: 10 to 100 minutes, M: 1 to 10 minutes).
    sha256: of the official pack.
    loudness: in LUFS, measured by `benchmarks/loudness.py` with the real weights.
    """

    name: str
    language: str
    gender: str
    trait: str = ""
    grade: str = ""
    target_quality: str = ""
    training_duration: str = ""
    sha256: str = ""
    title: str = ""
    loudness: float | None = None


# Voices that are not Kokoro's: the first voice (`kokoro_demo.first`).
OWN_VOICES = {
    "af_heart_small": Voice(
        "af_heart_small", "en-us", "F", trait="small and fast", title="Heart, small", loudness=-25.9
    )
}


@functools.lru_cache(maxsize=1)
def catalogue() -> dict[str, Voice]:
    """Return the 54 voices of Kokoro v1 by name, in their makers' order."""
    table = Path(__file__).with_name("voices.tsv").read_text(encoding="utf-8").splitlines()
    voices = {}
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        name, loudness = row.pop("id"), row.pop("loudness", "")
        voices[name] = Voice(name, **row, loudness=float(loudness) if loudness else None)
    return voices


def is_known(name: str) -> bool:
    """Whether a voice of this name exists or existed; a request for it is never refused."""
    return name in catalogue() or name in OWN_VOICES or name in RETIRED


def is_retired(name: str) -> bool:
    """Whether a voice, or any voice in a blend, no longer exists."""
    return not set(RETIRED).isdisjoint(re.findall(r"\w+", name))


def describe(name: str) -> Voice:
    """Return what is known of a voice: from the catalogue, or else from the letters of its name.

    A name without such letters is taken for American English. A blend has the language of its first voice.

    Raises:
        RequestError: if it has the form of a blend and is not valid.
    """
    blend = [describe(part) for part, _ in parse_blend(name)] if is_blend(name) else []
    if blend:
        genders = {voice.gender for voice in blend}
        return Voice(canonical_voice(name), blend[0].language, genders.pop() if len(genders) == 1 else "")
    if name in catalogue() or name in OWN_VOICES:
        return catalogue().get(name) or OWN_VOICES[name]
    match = _OWN_LETTERS.match(name)
    letters = match[1] if match else name.partition("_")[0] if "_" in name else ""
    if len(letters) != 2 or letters[0] not in BY_LETTER or letters[1] not in GENDER_LETTERS:
        return Voice(name, DEFAULT_LANGUAGE, "")
    return Voice(name, BY_LETTER[letters[0]].code, GENDER_LETTERS[letters[1]])


def best_first(names: Iterable[str]) -> tuple[str, ...]:
    """Sort names by grade. An ungraded voice counts as a C; voices whose language cannot be read come last."""
    places = {name: place for place, name in enumerate(catalogue())}

    def rank(name: str) -> tuple[bool, int, int, str]:
        voice = describe(name)
        grade = GRADES.index(voice.grade or "C")
        return voice.language not in LANGUAGES, grade, places.get(name, len(places)), name

    return tuple(sorted(names, key=rank))


def most_similar(name: str, names: Iterable[str]) -> str:
    """Return the name in `names` that is most similar to `name`: first by language family and variety, then by gender,
    then by grade.

    names: must not be empty.
    """
    requested = describe(name)

    def unlikeness(other: str) -> tuple[bool, bool, bool]:
        voice = describe(other)
        tongues = voice.language.partition("-")[0], requested.language.partition("-")[0]
        return tongues[0] != tongues[1], voice.language != requested.language, voice.gender != requested.gender

    return min(best_first(names), key=unlikeness)


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three of `names` that `name` may be a misspelling of, best match first."""
    names = tuple(names)
    requested = name.strip().lower().replace("-", "_").replace(" ", "_")
    containing = [known for known in names if requested and requested in known]
    alike = difflib.get_close_matches(requested, names, n=3, cutoff=0.6)
    return list(dict.fromkeys([*containing, *alike]))[:3]


class Voices:
    """The voice packs of one checkpoint, read on first use. Safe to share between threads.

    If the checkpoint lacks a known voice, the most similar one that it has replaces it, and `warnings` says so.

    names: of the checkpoint's packs; `read` and `fetch` are called with no others.
    read: returns a validated pack; raises CheckpointError.
    keep: how many packs stay in memory.
    fetch: downloads the file of a pack if necessary; raises CheckpointError.
    unblended: voices with a model of their own, which cannot be blended.
    """

    def __init__(
        self,
        names: Iterable[str],
        read: Callable[[str], torch.Tensor],
        keep: int = PACKS_IN_MEMORY,
        fetch: Callable[[str], object] = lambda name: None,
        unblended: Iterable[str] = (),
    ) -> None:
        self._names = best_first(names)
        self._read = read
        self._fetch = fetch
        self._unblended = frozenset(unblended)
        self._packs: BoundedCache[str, torch.Tensor] = BoundedCache(keep)

    def with_packs(self, packs: Mapping[str, torch.Tensor]) -> Voices:
        """Return a copy with additional packs, by name."""
        return Voices(
            [*self._names, *packs],
            lambda name: packs[name] if name in packs else self._pack(name),
            fetch=lambda name: None if name in packs else self._fetch(name),
            unblended=self._unblended,
        )

    def beside(self, others: Voices) -> Voices:
        """Return a copy with the additional voices of `others`, which cannot be blended."""
        more = [name for name in others.names() if name not in self._names]
        return Voices(
            [*self._names, *more],
            lambda name: (others if name in more else self)._pack(name),
            fetch=lambda name: (others if name in more else self)._fetch(name),
            unblended=[*self._unblended, *more],
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of the available voices, best first."""
        return self._names

    def is_unblended(self, name: str) -> bool:
        """Whether the voice has a model of its own, and cannot be blended."""
        return name in self._unblended

    @property
    def default(self) -> str:
        """The best voice."""
        return self._names[0]

    def info(self, name: str) -> Voice:
        """Return what is known of a voice or a blend.

        Raises:
            RequestError: if the name is unknown; suggests similar ones.
        """
        self.speaker(name)
        return describe(name)

    def speaker(self, name: str) -> str:
        """Return the voice or blend that speaks for `name`: itself if all of its voices are available.

        Raises:
            RequestError: if the name is unknown; suggests similar ones.
        """
        blend = parse_blend(name)
        nearest = self._nearest(blend)
        if len({nearest[part] for part, _ in blend}) == 1:
            return nearest[blend[0][0]]
        for part in nearest.values():
            if part in self._unblended:
                raise RequestError(f"{part} is spoken by a model of its own and cannot be blended. Choose it alone.")
        return format_blend(tuple((nearest[part], weight) for part, weight in blend))

    def warnings(self, name: str) -> tuple[str, ...]:
        """Return a sentence for each voice of `name` that is replaced by another.

        Raises:
            RequestError: if the name is unknown; suggests similar ones.
        """
        return tuple(
            f"The voice {part} is {'no longer offered' if part in RETIRED else 'not available now'}; "
            f"{other} speaks instead."
            for part, other in self._nearest(parse_blend(name)).items()
            if other != part
        )

    def fetch(self, name: str) -> None:
        """Download the packs of a voice or blend that are not on this machine. May wait for the network.

        Raises:
            RequestError: if the name is unknown.
            CheckpointError: if a pack is unavailable.
        """
        for part, _ in parse_blend(self.speaker(name)):
            if self._packs.get(part) is None:
                self._fetch(part)

    def __getitem__(self, name: str) -> torch.Tensor:
        """Return the pack of a voice or blend, (rows, 1, 2 * style_dim) float32; row n is the style for n + 1 phonemes.

        Raises:
            RequestError: if the name is unknown; suggests similar ones.
            CheckpointError: if the pack is unavailable or damaged.
        """
        blend = parse_blend(self.speaker(name))
        if len(blend) == 1:
            return self._pack(blend[0][0])
        total = sum(weight for _, weight in blend)
        packs = [self._pack(part) for part, _ in blend]
        rows = min(len(pack) for pack in packs)
        weighted = [pack[:rows] * (weight / total) for pack, (_, weight) in zip(packs, blend, strict=True)]
        return functools.reduce(operator.add, weighted)

    def _pack(self, name: str) -> torch.Tensor:
        pack = self._packs.get(name)
        if pack is None:
            pack = self._read(name)
            self._packs.keep(name, pack)
        return pack

    def _nearest(self, blend: Sequence[tuple[str, int]]) -> dict[str, str]:
        """Map each name in a blend to itself if it is available, or else to the most similar voice that is."""
        others = [name for name in self._names if not name.startswith(UPLOADED)] or self._names
        others = [name for name in others if name not in self._unblended] or others
        for name, _ in blend:
            if name.startswith(UPLOADED) and name not in self._names:
                raise RequestError("Your own voice pack is no longer kept. Add it again, or choose another voice.")
            if name not in self._names and not is_known(name):
                near = near_names(name, self._names)
                advice = f"Did you mean {' or '.join(near)}?" if near else f"Try {', '.join(self._names[:3])}."
                raise RequestError(f"There is no voice {name[:80]!r}. {advice}")
        return {name: name if name in self._names else most_similar(name, others) for name, _ in blend}
