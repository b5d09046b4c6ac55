"""What the reader of a text could not do as it was written, gathered in the order of the text."""

from __future__ import annotations


class Warnings:
    """Sentences for a person; the same sentence is kept once, and a long list ends with a count."""

    LIMIT = 20

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        """Note one sentence."""
        self._sentences.setdefault(sentence)

    def sentences(self) -> tuple[str, ...]:
        """At most `LIMIT` of them, then how many more there were."""
        every = tuple(self._sentences)
        if len(every) <= self.LIMIT:
            return every
        return (*every[: self.LIMIT], f"{len(every) - self.LIMIT} more warnings are not shown.")
