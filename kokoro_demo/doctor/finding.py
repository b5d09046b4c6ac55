"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MARKS = {"right": "ok   ", "note": "note ", "wrong": "WRONG"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    state: "right"; "note", worth knowing and no fault; "wrong".
    advice: what to do, "" if nothing is to be done.
    """

    state: Literal["right", "note", "wrong"]
    what: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"  {MARKS[self.state]} {self.what}"
        return f"{line}\n        {self.advice}" if self.advice else line
