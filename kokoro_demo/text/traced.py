"""A text that can be edited and still knows which characters of the written text each of its characters came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from re import Match, Pattern


@dataclass(frozen=True, slots=True)
class Traced:
    """``text[i]`` came from ``written[starts[i]:ends[i]]``; `starts` and `ends` never decrease."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, written: str) -> Traced:
        """Return the written text itself, unchanged."""
        return cls(written, range(len(written)), range(1, len(written) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the written text that ``text[start:end]`` came from (start < end)."""
        return self.starts[start], self.ends[end - 1]

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> Traced:
        """Replace each ``text[start:end]`` by the new string; `edits` are in order and do not overlap.

        Every new character is traced to the whole of what it replaces.
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in edits:
            texts.append(self.text[done:start])
            starts.extend(self.starts[done:start])
            ends.extend(self.ends[done:start])
            if new:
                first, last = self.span(start, end)
                texts.append(new)
                starts.extend([first] * len(new))
                ends.extend([last] * len(new))
            done = end
        if not done:
            return self
        texts.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Traced("".join(texts), starts, ends)

    def substituted(self, pattern: Pattern[str], new: str | Callable[[Match[str]], str | None]) -> Traced:
        """Replace each match of `pattern` by `new`, or by what it returns; None leaves the match alone."""
        edits: list[tuple[int, int, str]] = []
        for match in pattern.finditer(self.text):
            replacement = new if isinstance(new, str) else new(match)
            if replacement is not None:
                edits.append((*match.span(), replacement))
        return self.edited(edits)
