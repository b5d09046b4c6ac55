"""The errors a person may be shown: each message says what is wrong and what to do."""


class KokoroError(Exception):
    """Base of every error whose message is meant for a person."""


class RequestError(KokoroError, ValueError):
    """A request cannot be spoken as it stands: empty or too long text, an unknown voice, a speed out of range."""


class UnspokenLanguageError(RequestError):
    """No voice that is there has learned the language.

    retry_after: seconds after which a checkpoint that is on its way may speak it; None if none is.
    """

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CheckpointError(KokoroError, RuntimeError):
    """A checkpoint, or a file of it, is missing, damaged, refused or cannot be fetched."""
