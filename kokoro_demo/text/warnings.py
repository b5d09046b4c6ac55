"""What could not be read as it was written, as sentences for a person."""

from __future__ import annotations


class Warnings:
    """Gathers sentences in the order of the text; each is kept once, and a long list ends with a count."""

    LIMIT = 20  # sentences, and symbols within one

    def __init__(self, written: str) -> None:
        self._written = written
        self._sentences: dict[str, None] = {}
        self._unread: list[tuple[int, int]] = []
        self._notes = False

    def add(self, sentence: str) -> None:
        """Note one sentence."""
        self._sentences.setdefault(sentence)

    def note(self, mark: str) -> None:
        """Note that the mark of a citation or a footnote is left out; one sentence names the first of them."""
        if not self._notes:
            self.add(f"Marks of citations and footnotes are left out, such as “{mark[:40]}”.")
        self._notes = True

    def unread(self, start: int, end: int) -> None:
        """Note that ``written[start:end]``, a symbol, is not spoken; neighbours are one symbol."""
        if self._unread and not self._written[self._unread[-1][1] : start].strip("\u200d\ufe0f"):
            start, _ = self._unread.pop()
        self._unread.append((start, end))

    @property
    def dropped(self) -> tuple[tuple[int, int], ...]:
        """The places of the symbols that are not spoken, in order."""
        return tuple(sorted(self._unread))

    def sentences(self) -> tuple[str, ...]:
        """At most `LIMIT` sentences, and how many more there were."""
        every = list(self._sentences)
        if more := len(every) - self.LIMIT:
            every = every[: self.LIMIT] + ([f"There are {more} more warnings."] if more > 0 else [])
        symbols = list(dict.fromkeys(self._written[start : min(end, start + 12)] for start, end in self._unread))
        if symbols:
            named = " ".join(symbols[: self.LIMIT]) + (" …" if len(symbols) > self.LIMIT else "")
            count = "1 symbol is" if len(symbols) == 1 else f"{len(symbols)} symbols are"
            every.append(f"{count} not spoken: {named}")
        return tuple(every)
