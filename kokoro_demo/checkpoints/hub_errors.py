"""Errors of the Hub, each with the reason and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from huggingface_hub import errors

from kokoro_demo.checkpoints.watchdog import Stalled
from kokoro_demo.errors import CheckpointError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
DOWNLOAD_HINT = "or fetch it on another machine with `python -m kokoro_demo download --to FOLDER`"


class BrokenOff(ConnectionError):
    """A download whose connection broke off again and again."""


class NotTheHub(ConnectionError):
    """A response that does not come from the Hub."""


def explain(error: Exception, what: str, endpoint: str) -> CheckpointError:
    """Return the error to show for a failed download of `what` ("config.json of owner/name") from `endpoint`."""
    reason, advice = _reason(list(_chain(error)), endpoint)
    return CheckpointError(f"{what} could not be fetched: {reason}. {advice}")


def offline(what: str) -> CheckpointError:
    """Return the error for a file that is not on this machine while ``HF_HUB_OFFLINE`` is set."""
    return CheckpointError(
        f"{what} is not on this machine, and HF_HUB_OFFLINE forbids fetching it. Unset HF_HUB_OFFLINE, {DOWNLOAD_HINT}."
    )


def _reason(chain: list[BaseException], endpoint: str) -> tuple[str, str]:
    """The reason and the advice. The library wraps some errors in others; the most specific one in the chain
    decides."""
    for error in chain:
        if isinstance(error, errors.HfHubHTTPError):
            return _http_reason(error, endpoint)
    for error in chain:
        if isinstance(error, Stalled):
            return "nothing more arrived for a long time", "Check the network and try again."
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return (
                "there is no room left on the disk",
                "Free some (the weights take 330 MB), or set HF_HOME to a folder on another disk.",
            )
        if isinstance(error, OSError) and error.errno in NOT_ALLOWED and error.filename:
            return f"{error.filename} may not be written", "Set HF_HOME to a folder that you may write to."
    kinds = {kind.__name__ for error in chain for kind in type(error).__mro__}
    words = " ".join(str(error) for error in chain)
    return _network_reason(kinds, words, endpoint)


def _http_reason(error: errors.HfHubHTTPError, endpoint: str) -> tuple[str, str]:
    status = error.response.status_code
    if isinstance(error, errors.GatedRepoError):
        return (
            "access to this repository must be granted first",
            "Accept its conditions on its page at huggingface.co, and set HF_TOKEN to your token.",
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return (
            "the Hub knows no such repository, or it is private",
            "Check the name; for a private one set HF_TOKEN to your token.",
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return "the repository has no such revision", "Check what follows the @."
    if status == 404:
        return "the repository has no such file", "Check that it is a Kokoro checkpoint."
    if status == 401:
        return "the Hub does not accept your token", "Set HF_TOKEN to a valid one, or unset it."
    if status == 403:
        return "the Hub refuses it (403)", "Check that your token may read this repository."
    if status == 429:
        return "the Hub has had too many requests from here", "Wait a few minutes, or set HF_TOKEN to your token."
    if status >= 500:
        return f"the Hub is out of order ({status})", "Try again later."
    return f"{endpoint} answers with status {status}", "Check HF_ENDPOINT and the proxy settings."


def _network_reason(kinds: set[str], words: str, endpoint: str) -> tuple[str, str]:
    if {"NotTheHub", "FileMetadataError"} & kinds:
        return (
            f"what answers at {endpoint} is not the Hub",
            "Check HF_ENDPOINT, and whether the network wants you to sign in first.",
        )
    if "TimeoutException" in kinds:
        return f"{endpoint} accepts the connection and does not answer", "Try again later."
    if "ProxyError" in kinds:
        return "the proxy refuses", "Check HTTPS_PROXY."
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return f"the certificate of {endpoint} is not trusted", "Check the clock, and SSL_CERT_FILE behind a proxy."
    if "ConnectError" in kinds:
        return f"{endpoint} cannot be reached", f"Check the network, {DOWNLOAD_HINT}."
    if {"BrokenOff", "RemoteProtocolError", "ReadError"} & kinds or "Consistency check" in words:
        return "the connection broke off before the end", "Try again."
    return f"{words.strip() or 'unknown reason'}"[:200].rstrip("."), "Try again later."


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
