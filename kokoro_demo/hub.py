"""Checkpoints on the Hugging Face Hub."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kokoro_demo.errors import CheckpointError
from kokoro_demo.voices import catalogue

OFFICIAL_REPOSITORY = "hexgrad/Kokoro-82M"
OFFICIAL_REVISION = "f3ff3571791e39611d31c381e3a41a3af07b4987"
OFFICIAL_NAME = "Kokoro-82M"
REPOSITORY = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w./-]+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A repository of the Hub at a revision."""

    repository: str = OFFICIAL_REPOSITORY
    revision: str = OFFICIAL_REVISION

    @property
    def name(self) -> str:
        return OFFICIAL_NAME if self.official else f"{self.repository}@{self.revision}"

    @property
    def fingerprint(self) -> str:
        return f"{self.repository}@{self.revision}"

    @property
    def official(self) -> bool:
        """Whether these are the files whose hashes are known."""
        return (self.repository, self.revision) == (OFFICIAL_REPOSITORY, OFFICIAL_REVISION)

    def listing(self) -> Iterable[str]:
        if self.official:
            return ["config.json", "kokoro-v1_0.pth", *(f"voices/{name}.pt" for name in catalogue())]
        from huggingface_hub import list_repo_files

        return list_repo_files(self.repository, revision=self.revision)

    def fetch(self, path: str, progress: Callable[[float, str], None] | None = None) -> Path:
        from huggingface_hub import hf_hub_download

        try:
            return Path(hf_hub_download(self.repository, path, revision=self.revision))
        except OSError as error:
            raise CheckpointError(f"{path} of {self.name} cannot be had from the Hub: {error}") from error


def parse_repository(source: str) -> HubRepository:
    """Read ``owner/name`` or ``owner/name@revision``.

    Raises:
        CheckpointError: where it is neither, and so names nothing.
    """
    match = REPOSITORY.fullmatch(source)
    if match is None:
        raise CheckpointError(
            f"There is no checkpoint {source!r}: it is no folder here. "
            "Give a folder, owner/name, owner/name@revision, or builtin."
        )
    default = OFFICIAL_REVISION if match["repository"] == OFFICIAL_REPOSITORY else "main"
    return HubRepository(match["repository"], match["revision"] or default)
