"""What pip's output means, when it could not download a package, and what the user can do about it."""

from __future__ import annotations

from typing import NamedTuple

INSTALL_HINT = "install the packages of requirements-packaged.txt"


class PipProblem(NamedTuple):
    """Why pip failed.

    reason, advice: what has happened and what to do, as shown in the error.
    phrases: parts of pip's output, in lower case; any of them shows that this is the reason.
    """

    reason: str
    advice: str
    phrases: tuple[str, ...] = ()


NO_ROOM_LEFT = PipProblem(
    "there is no room left on the disk",
    "Free 250 MB, or set KOKORO_CACHE to a folder on another disk.",
    ("no space left on device", "disk quota exceeded", "file too large"),
)
BROKE_OFF = PipProblem(
    "the connection broke off before the end",
    "Try again.",
    ("not enough bytes were received", "incompleteread", "connection broken: "),
)
WRONG_HASH = PipProblem(
    "what the index returned is not the known package",
    "Something changes it on its way, or it comes from another index. Try another index or network.",
    ("do not match the hashes",),
)
# For systems that do not show how long the file became that pip has already removed.
WRONG_HASH_OR_SHORT = PipProblem(
    "what arrived is not the known package, or the connection broke off before the end",
    "Try again, or try another index or network.",
)
NO_PIP = PipProblem(
    "this Python has no pip", f"Run `python -m ensurepip`, or {INSTALL_HINT}.", ("no module named pip",)
)
CERTIFICATE = PipProblem(
    "the index's certificate is not trusted", "Check the clock, and PIP_CERT.", ("certificate_verify_failed",)
)
PROXY = PipProblem(
    "the proxy refuses",
    "Check HTTPS_PROXY, or pip's proxy setting.",
    ("proxyerror", "cannot connect to proxy"),
)
REFUSED = PipProblem(
    "the index refuses it",
    "Check the user name and password in pip's index settings.",
    ("401 client error", "403 client error", "401 error", "403 error"),
)
STALLED = PipProblem(
    "nothing more arrived for a long time",
    "Check the network and pip's index settings, and try again.",
    ("read timed out", "readtimeout"),
)
UNREACHABLE = PipProblem(
    "the package index cannot be reached",
    "Check the network and pip's index settings.",
    ("failed to establish a new connection", "name or service not known", "connectionerror", "connection refused"),
)
NOT_THERE = PipProblem(
    "the package index does not have it, or cannot be reached",
    "Check pip's index settings.",
    ("no matching distribution", "could not find a version"),
)
# The first whose phrase occurs counts: pip's output may contain phrases of several.
PROBLEMS = (
    NO_ROOM_LEFT,
    BROKE_OFF,
    WRONG_HASH,
    NO_PIP,
    CERTIFICATE,
    PROXY,
    REFUSED,
    STALLED,
    UNREACHABLE,
    NOT_THERE,
)


def problem_in(report: str, wrong_hash: PipProblem = WRONG_HASH) -> PipProblem:
    """Return what pip's output shows; if no phrase of it is known, pip's own last error.

    wrong_hash: what to return if pip reports a wrong hash, which an incomplete file has too.
    """
    lowered = report.lower()
    for problem in PROBLEMS:
        if any(phrase in lowered for phrase in problem.phrases):
            return wrong_hash if problem is WRONG_HASH else problem
    errors = [line.removeprefix("ERROR:").strip() for line in report.splitlines() if line.startswith("ERROR:")]
    last = (errors or ["nothing"])[-1][:200].rstrip(".")
    return PipProblem(f"pip says: {last}", "Try it with pip itself to learn more.")
