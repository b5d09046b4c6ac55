"""Who the voices are: the catalogue of Kokoro v1, and a checkpoint's voice packs. Needs no torch."""

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
# Begins the name of a voice that a visitor uploaded: it is theirs alone. A link names it only if it carries the pack.
UPLOADED = "yours_"
# Of an uploaded one, if its file was named as Kokoro's are: "yours_0123456789abcdef_bf-mine".
_OWN_LETTERS = re.compile(rf"{UPLOADED}[0-9a-f]+_([a-z]{{2}})-")
# Packs of half a megabyte: all of Kokoro's 54 would be 28 MB.
PACKS_IN_MEMORY = 32
# The voices that this package once had. Old links name them.
RETIRED = ("af_wren", "am_finch", "bf_lark", "bm_rook")


@dataclass(frozen=True, slots=True)
class Voice:
    """What is known of a voice; "" if something is not.

    language: a code in `kokoro_demo.languages.TABLE`; not every one can be read here.
    gender: "F", "M" or "".
    trait: what its makers note of it.
    title: its name as a list shows it; "" if that follows from `name`.
    grade: their overall grade, "A" to "F+".
    target_quality, training_duration: of what it was trained on: the grade of the audio, and its length
        (HH 10 to 100 hours, H 1 to 10 hours, MM 10 to 100 minutes, M 1 to 10 minutes).
    sha256: of the official pack.
    loudness: in LUFS, as measured with the real weights by `benchmarks/loudness.py`.
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


# Not of Kokoro v1, and of this package: the first voice (`kokoro_demo.first`).
OURS = {
    "af_heart_small": Voice(
        "af_heart_small", "en-us", "F", trait="small and fast", title="Heart, small", loudness=-25.9
    )
}


@functools.lru_cache(maxsize=1)
def catalogue() -> dict[str, Voice]:
    """The 54 voices of Kokoro v1 by name, in their makers' order."""
    table = Path(__file__).with_name("voices.tsv").read_text(encoding="utf-8").splitlines()
    voices = {}
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        name, loudness = row.pop("id"), row.pop("loudness", "")
        voices[name] = Voice(name, **row, loudness=float(loudness) if loudness else None)
    return voices


def is_known(name: str) -> bool:
    """Whether a voice of this name exists or existed: a request for it is never refused."""
    return name in catalogue() or name in OURS or name in RETIRED


def is_retired(name: str) -> bool:
    """Whether a voice, or one of a blend, is gone for good."""
    return not set(RETIRED).isdisjoint(re.findall(r"\w+", name))


def describe(name: str) -> Voice:
    """A voice from the catalogue; another one as far as its name tells, American English if it does not.

    A blend speaks the language of its first voice.

    Raises:
        RequestError: if it is written as a blend and is none.
    """
    blend = [describe(part) for part, _ in parse_blend(name)] if is_blend(name) else []
    if blend:
        genders = {voice.gender for voice in blend}
        return Voice(canonical_voice(name), blend[0].language, genders.pop() if len(genders) == 1 else "")
    if name in catalogue() or name in OURS:
        return catalogue().get(name) or OURS[name]
    own = _OWN_LETTERS.match(name)
    letters = own[1] if own else name.partition("_")[0] if "_" in name else ""
    if len(letters) != 2 or letters[0] not in BY_LETTER or letters[1] not in GENDER_LETTERS:
        return Voice(name, DEFAULT_LANGUAGE, "")
    return Voice(name, BY_LETTER[letters[0]].code, GENDER_LETTERS[letters[1]])


def best_first(names: Iterable[str]) -> tuple[str, ...]:
    """The names by grade; an ungraded voice counts as a C, and those whose language nothing here reads come last."""
    places = {name: place for place, name in enumerate(catalogue())}

    def rank(name: str) -> tuple[bool, int, int, str]:
        voice = describe(name)
        grade = GRADES.index(voice.grade or "C")
        return voice.language not in LANGUAGES, grade, places.get(name, len(places)), name

    return tuple(sorted(names, key=rank))


def likest(name: str, names: Iterable[str]) -> str:
    """The voice of `names` that is most like a voice: of its language, else of the same tongue; then of its gender;
    then the best.

    names: at least one.
    """
    wanted = describe(name)

    def unlikeness(other: str) -> tuple[bool, bool, bool]:
        voice = describe(other)
        tongues = voice.language.partition("-")[0], wanted.language.partition("-")[0]
        return tongues[0] != tongues[1], voice.language != wanted.language, voice.gender != wanted.gender

    return min(best_first(names), key=unlikeness)


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """Up to three of `names` that may have been meant by `name`, the likeliest first."""
    names = tuple(names)
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    containing = [known for known in names if wanted and wanted in known]
    alike = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    return list(dict.fromkeys([*containing, *alike]))[:3]


class Voices:
    """The voice packs of one checkpoint, each read when first used. Safe to share between threads.

    A known voice that the checkpoint lacks is spoken by the nearest one that it has; `warnings` says so.

    names: of the packs that the checkpoint has; nothing else is ever asked of `read`.
    read: returns a pack, checked; raises CheckpointError.
    fetch: puts the file of a pack on this machine's disk if it is not there; raises CheckpointError.
    unblended: the names whose packs have nothing to blend, since another model speaks them.
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
        """Returns these voices and some more, by name. This one stays as it is."""
        return Voices(
            [*self._names, *packs],
            lambda name: packs[name] if name in packs else self._pack(name),
            fetch=lambda name: None if name in packs else self._fetch(name),
            unblended=self._unblended,
        )

    def beside(self, others: Voices) -> Voices:
        """Returns these voices and those of `others` that they lack, which cannot be blended. Both stay as they are."""
        more = [name for name in others.names() if name not in self._names]
        return Voices(
            [*self._names, *more],
            lambda name: (others if name in more else self)._pack(name),
            fetch=lambda name: (others if name in more else self)._fetch(name),
            unblended=[*self._unblended, *more],
        )

    def names(self) -> tuple[str, ...]:
        """The voices that the checkpoint has, best first."""
        return self._names

    def is_unblended(self, name: str) -> bool:
        """Whether the voice is spoken by a model of its own."""
        return name in self._unblended

    @property
    def default(self) -> str:
        """The best voice."""
        return self._names[0]

    def info(self, name: str) -> Voice:
        """What is known of a voice or a blend.

        Raises:
            RequestError: for an unknown name, naming near ones.
        """
        self.speaker(name)
        return describe(name)

    def speaker(self, name: str) -> str:
        """The voice or blend that speaks for `name`: itself if the checkpoint has all its voices.

        Raises:
            RequestError: for an unknown name, naming near ones.
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
        """Returns a sentence for each voice of `name` that another one speaks for.

        Raises:
            RequestError: for an unknown name, naming near ones.
        """
        return tuple(
            f"The voice {part} is {'no longer offered' if part in RETIRED else 'not available now'}; "
            f"{other} speaks instead."
            for part, other in self._nearest(parse_blend(name)).items()
            if other != part
        )

    def fetch(self, name: str) -> None:
        """Downloads the packs of a voice or a blend that are not on this machine. May wait for the network.

        Raises:
            RequestError: for an unknown name.
            CheckpointError: if a pack is not available.
        """
        for part, _ in parse_blend(self.speaker(name)):
            if self._packs.get(part) is None:
                self._fetch(part)

    def __getitem__(self, name: str) -> torch.Tensor:
        """The pack of a voice or a blend, (rows, 1, 2 * style_dim) float32: row n is the style for n + 1 phonemes.

        Raises:
            RequestError: for an unknown name, naming near ones.
            CheckpointError: if the pack is not available or is damaged.
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
        """For each part of a blend itself if it is there, else the likest voice if it is a known one."""
        others = [name for name in self._names if not name.startswith(UPLOADED)] or self._names
        others = [name for name in others if name not in self._unblended] or others
        for name, _ in blend:
            if name.startswith(UPLOADED) and name not in self._names:
                raise RequestError("Your own voice pack is no longer kept. Add it again, or choose another voice.")
            if name not in self._names and not is_known(name):
                near = near_names(name, self._names)
                advice = f"Did you mean {' or '.join(near)}?" if near else f"Try {', '.join(self._names[:3])}."
                raise RequestError(f"There is no voice {name[:80]!r}. {advice}")
        return {name: name if name in self._names else likest(name, others) for name, _ in blend}
