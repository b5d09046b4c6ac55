"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MARKS = {"right": "ok   ", "note": "note ", "wrong": "WRONG"}


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    state: "right"; "note": worth knowing, but not a fault; "wrong".
    advice: what to do, "" if nothing.
    """

    state: Literal["right", "note", "wrong"]
    what: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"  {MARKS[self.state]} {self.what}"
        return f"{line}\n        {self.advice}" if self.advice else line
