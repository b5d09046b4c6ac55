"""Checkpoints on the Hugging Face Hub: downloaded once, always verified, and never hanging.

`huggingface_hub` retries for minutes if a server is silent, returns a damaged file of its cache unchecked, and hides
the reason of many failures. So cached files are used without a request; for others, one request with a short timeout
checks that the Hub answers; only then are they downloaded, under a watchdog; and every file is verified.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import huggingface_hub
from huggingface_hub import constants
from huggingface_hub.errors import CachedRepoTreeNotFoundError, HFValidationError, LocalEntryNotFoundError
from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status, validate_repo_id
from tqdm import tqdm

from kokoro_demo.checkpoints import unfinished
from kokoro_demo.checkpoints.hub_errors import BrokenOff, NotTheHub, explain, offline
from kokoro_demo.checkpoints.integrity import combined
from kokoro_demo.checkpoints.layout import Progress
from kokoro_demo.checkpoints.small_pieces import small_pieces
from kokoro_demo.checkpoints.watchdog import Watch
from kokoro_demo.errors import CheckpointError
from kokoro_demo.voices.catalogue import catalogue

OFFICIAL_REPOSITORY = "hexgrad/Kokoro-82M"
OFFICIAL_REVISION = "f3ff3571791e39611d31c381e3a41a3af07b4987"
OFFICIAL_NAME = "Kokoro-82M"
OFFICIAL_WEIGHTS = "kokoro-v1_0.pth"
OFFICIAL_WEIGHTS_BYTES = 327_212_226
OFFICIAL_SHA256 = {
    "config.json": "5abb01e2403b072bf03d04fde160443e209d7a0dad49a423be15196b9b43c17f",
    OFFICIAL_WEIGHTS: "496dba118d1a58f5f3db2efc88dbdc216e0483fc89fe6e47ee1f2c53f18ad1e4",
}

REPOSITORY = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)(?:@(?P<revision>\w[\w.-]*(?:/\w[\w.-]*)*))?", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40}")
# The SHA-256 of a large file, or git's hash of a small one.
HASH = re.compile(r"[0-9a-f]{64}|[0-9a-f]{40}")

MAX_REDOWNLOADS = 3

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for the Hub to answer at all, and for more data during a download."""

    answer: float = 4.0
    stall: float = 30.0


@dataclass(slots=True)
class HubRepository:
    """A checkpoint in a repository of the Hub.

    revision: a commit, branch or tag. A full commit hash needs no request once its files are cached.
    endpoint, cache: default to those of the library (``HF_ENDPOINT``, ``HF_HOME``).
    """

    repository: str = OFFICIAL_REPOSITORY
    revision: str = OFFICIAL_REVISION
    patience: Patience = field(default_factory=Patience)
    endpoint: str = field(default_factory=lambda: constants.ENDPOINT)
    cache: Path = field(default_factory=lambda: Path(constants.HF_HUB_CACHE))

    @property
    def name(self) -> str:
        return OFFICIAL_NAME if self.official else self.repository

    @property
    def official(self) -> bool:
        """Whether this is the official repository at the revision whose hashes are known."""
        return (self.repository, self.revision) == (OFFICIAL_REPOSITORY, OFFICIAL_REVISION)

    def listing(self) -> list[str]:
        """Return the files of the repository. Those of the official one are known; others are requested once per
        commit.

        Afterwards the repository is pinned to that commit.
        """
        if self.official:
            return [*OFFICIAL_SHA256, *(f"voices/{name}.pt" for name in catalogue())]
        self.revision = self._commit()
        try:
            return self._cached_listing()
        except CachedRepoTreeNotFoundError:
            return self._fresh_listing()

    def fetch(self, path: str, progress: Progress | None = None) -> Path:
        """Return the path of an intact local copy: the cached file if it is intact, or else a new download."""
        cached = self.cached(path)
        if cached is not None and self._is_intact(path, cached):
            return cached
        try:
            for again in (cached is not None, True):
                fetched = self._download(path, again, progress)
                if self._is_intact(path, fetched):
                    return fetched
        except CheckpointError as error:
            if cached is None:
                raise
            raise CheckpointError(f"The copy of {path} on this machine is damaged. {error}") from error
        raise CheckpointError(
            f"{self._description(path)} arrived damaged twice. Something between here and {self.endpoint} "
            "changes it, or the disk is faulty. Try another network."
        )

    def _commit(self) -> str:
        """The commit that a branch or tag points to: according to the Hub or, if it is unavailable, to the cache."""
        if COMMIT.fullmatch(self.revision):
            return self.revision
        try:
            return self._snapshot().name
        except CheckpointError:
            cached = self.cached("config.json")
            if cached is None:
                raise
            return cached.parent.name

    def _snapshot(self) -> Path:
        """Let the library download config.json and record the repository's listing; returns the commit's folder."""
        self._ask("config.json")
        folder = self._watched(
            "config.json",
            lambda watch: huggingface_hub.snapshot_download(
                self.repository,
                revision=self.revision,
                allow_patterns="config.json",
                etag_timeout=self.patience.answer,
                endpoint=self.endpoint,
                cache_dir=self.cache,
                tqdm_class=_bar(watch),
            ),
        )
        return Path(folder)

    def _fresh_listing(self) -> list[str]:
        """The Hub's listing or, if it is unavailable and none was recorded, the files in the cache."""
        try:
            self._snapshot()
            return self._cached_listing()
        except CheckpointError:
            config = self.cached("config.json")
            if config is None:
                raise
            return [path.relative_to(config.parent).as_posix() for path in config.parent.rglob("*") if path.is_file()]

    def _cached_listing(self) -> list[str]:
        files = huggingface_hub.get_cached_repo_tree(self.repository, revision=self.revision, cache_dir=self.cache)
        return [file.path for file in files]

    def cached(self, path: str) -> Path | None:
        """Return the path of a cached file, unverified; None if there is none. Makes no request."""
        try:
            return Path(
                huggingface_hub.hf_hub_download(
                    self.repository, path, revision=self.revision, cache_dir=self.cache, local_files_only=True
                )
            )
        except LocalEntryNotFoundError:
            return None

    def _download(self, path: str, again: bool, progress: Progress | None) -> Path:
        self._ask(path)
        if not again:
            self._finish(path, progress)
        elif (damaged := self.cached(path)) is not None and not damaged.is_symlink():
            damaged.unlink(missing_ok=True)  # the library replaces the target of a link, but not a regular file
        downloaded = self._watched(
            path,
            lambda watch: huggingface_hub.hf_hub_download(
                self.repository,
                path,
                revision=self.revision,
                etag_timeout=self.patience.answer,
                endpoint=self.endpoint,
                cache_dir=self.cache,
                force_download=again,
                tqdm_class=_bar(watch, progress, path),
            ),
        )
        return Path(downloaded)

    def _finish(self, path: str, progress: Progress | None) -> None:
        """Complete a download that a killed process began."""

        def ask() -> unfinished.Remote | None:
            url = huggingface_hub.hf_hub_url(self.repository, path, revision=self.revision, endpoint=self.endpoint)
            known = huggingface_hub.get_hf_file_metadata(url, timeout=self.patience.answer)
            if known.etag is None or known.size is None or not HASH.fullmatch(known.etag):
                return None
            return unfinished.Remote(known.location, known.etag, known.size)

        if unfinished.leftovers(self.cache, self.repository):
            self._watched(
                path,
                lambda watch: unfinished.finish(self.cache, self.repository, ask, _bar(watch, progress, path)),
            )

    def _ask(self, path: str) -> None:
        """Request a file's headers, once and with a short timeout.

        Raises:
            CheckpointError: if the Hub does not answer, or does not have the file.
        """
        if constants.is_offline_mode():
            raise offline(self._description(path))
        url = huggingface_hub.hf_hub_url(self.repository, path, revision=self.revision, endpoint=self.endpoint)

        def head(watch: Watch[None]) -> None:
            response = get_session().head(
                url, headers=build_hf_headers(), timeout=self.patience.answer, follow_redirects=False
            )
            hf_raise_for_status(response)
            if constants.HUGGINGFACE_HEADER_X_REPO_COMMIT not in response.headers and response.status_code < 300:
                raise NotTheHub

        # The client's timeout does not cover a name server that does not answer.
        self._watched(path, head, 2 * self.patience.answer)

    def _watched(self, path: str, call: Callable[[Watch[Result]], Result], patience: float | None = None) -> Result:
        watch: Watch[Result] = Watch(patience or self.patience.stall)
        try:
            with small_pieces():
                return watch.run(lambda: call(watch))
        except Exception as error:
            raise explain(error, self._description(path), self.endpoint) from error

    def _description(self, path: str) -> str:
        return f"{path} of {self.name}"

    def _is_intact(self, path: str, file: Path) -> bool:
        """Whether a file is readable, and has the right size and hash as far as they are known."""
        expected = official_sha256(path) if self.official else self._hash_in_cache(path, file)
        try:
            if self.official and path == OFFICIAL_WEIGHTS and file.stat().st_size != OFFICIAL_WEIGHTS_BYTES:
                return False
            return expected is None or unfinished.has_hash(file, expected)
        except OSError:
            return False

    def _hash_in_cache(self, path: str, file: Path) -> str | None:
        """The SHA-256 or git hash that a cached file should have, according to the cache's link or listing."""
        if file.is_symlink():
            name = file.readlink().name
            return name if HASH.fullmatch(name) else None
        try:
            listed = huggingface_hub.get_cached_repo_tree(self.repository, revision=self.revision, cache_dir=self.cache)
        except CachedRepoTreeNotFoundError:
            return None
        known = next((file for file in listed if file.path == path), None)
        if known is None:
            return None
        digest = known.lfs.sha256 if known.lfs is not None else known.blob_id
        return digest if HASH.fullmatch(digest or "") else None


def parse_repository(source: str) -> HubRepository:
    """Parse ``owner/name`` or ``owner/name@revision``. The official repository defaults to its pinned revision.

    Raises:
        CheckpointError: if it has neither form.
    """
    match = REPOSITORY.fullmatch(source)
    if match is None or not _allowed(match["repository"]):
        raise CheckpointError(
            f"There is no checkpoint {source!r}: it is not a folder on this machine. "
            "Choose a folder, an ONNX file, owner/name, owner/name@revision, packaged or builtin."
        )
    default = OFFICIAL_REVISION if match["repository"] == OFFICIAL_REPOSITORY else constants.DEFAULT_REVISION
    return HubRepository(match["repository"], match["revision"] or default)


def _allowed(repository: str) -> bool:
    try:
        validate_repo_id(repository)
    except HFValidationError:
        return False
    return True


def official_sha256(path: str) -> str | None:
    """Return the SHA-256 of an official file; None for any other path."""
    voice = catalogue().get(path.removeprefix("voices/").removesuffix(".pt"))
    return voice.sha256 if voice and path == f"voices/{voice.name}.pt" else OFFICIAL_SHA256.get(path)


def official_fingerprint() -> str:
    """Return the fingerprint of the official config and weights."""
    return combined(OFFICIAL_SHA256["config.json"], OFFICIAL_SHA256[OFFICIAL_WEIGHTS])


def _bar(watch: Watch[Any], progress: Progress | None = None, path: str = "") -> type[tqdm]:
    """Return a class of progress bars for the library, which display nothing and report to `watch` and `progress`.

    The library may use two for one file, one for received and one for written bytes; the one that is further counts.
    """
    furthest = 0.0

    class Bytes(tqdm):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **{**options, "disable": True})
            self.position = self.n
            self.received: float = 0

        def update(self, n: float | None = 1) -> None:
            nonlocal furthest
            watch.alive()
            self.position += n or 0
            self.received += max(0, n or 0)
            # If a server always breaks off and cannot resume, the library would start over for ever.
            if self.total and self.received > MAX_REDOWNLOADS * self.total:
                raise BrokenOff
            if progress is not None and self.total and self.position / self.total > furthest:
                furthest = min(1.0, self.position / self.total)
                progress(furthest, f"Fetching {in_words(path)}: {self.position / 1e6:.0f} of {self.total / 1e6:.0f} MB")

    return Bytes


def in_words(path: str) -> str:
    """Describe a file of a repository for users who do not know file names."""
    if path.endswith(".pth"):
        return "Kokoro's weights"
    voice = re.fullmatch(r"voices/(.+)\.pt", path)
    return f"the voice {voice[1]}" if voice else path
