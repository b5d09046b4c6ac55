"""Warnings about what could not be read as it was written, as sentences for people to read."""

from __future__ import annotations


class Warnings:
    """Collects warnings in the order of the text, without duplicates; a long list ends with a count."""

    LIMIT = 20  # warnings, and symbols named in one

    def __init__(self, written: str) -> None:
        self._written = written
        self._sentences: dict[str, None] = {}
        self._unread: list[tuple[int, int]] = []
        self._notes = False

    def add(self, sentence: str) -> None:
        """Add one warning."""
        self._sentences.setdefault(sentence)

    def note(self, mark: str) -> None:
        """Record that a citation or footnote mark is left out; one warning names the first of them."""
        if not self._notes:
            self.add(f"Marks of citations and footnotes are left out, such as “{mark[:40]}”.")
        self._notes = True

    def unread(self, start: int, end: int) -> None:
        """Record that ``written[start:end]``, a symbol, is not spoken; adjacent symbols count as one."""
        if self._unread and not self._written[self._unread[-1][1] : start].strip("\u200d\ufe0f"):
            start, _ = self._unread.pop()
        self._unread.append((start, end))

    @property
    def dropped(self) -> tuple[tuple[int, int], ...]:
        """The spans of the symbols that are not spoken, in order."""
        return tuple(sorted(self._unread))

    def sentences(self) -> tuple[str, ...]:
        """Return at most `LIMIT` warnings, and then how many more there were."""
        every = list(self._sentences)
        if more := len(every) - self.LIMIT:
            every = every[: self.LIMIT] + ([f"There are {more} more warnings."] if more > 0 else [])
        symbols = list(dict.fromkeys(self._written[start : min(end, start + 12)] for start, end in self._unread))
        if symbols:
            named = " ".join(symbols[: self.LIMIT]) + (" …" if len(symbols) > self.LIMIT else "")
            count = "1 symbol is" if len(symbols) == 1 else f"{len(symbols)} symbols are"
            every.append(f"{count} not spoken: {named}")
        return tuple(every)
