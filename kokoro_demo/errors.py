"""The errors whose messages are shown to users: each says what is wrong and what to do."""


class KokoroError(Exception):
    """The base class of every error whose message is meant for the user."""


class RequestError(KokoroError, ValueError):
    """A request is invalid: an empty or too long text, an unknown voice, a speed out of range."""


class UnspokenLanguageError(RequestError):
    """None of the available voices speaks the language.

    retry_after: seconds after which a checkpoint that is still loading may speak it; None if none is loading.
    """

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CheckpointError(KokoroError, RuntimeError):
    """A checkpoint, or one of its files, is missing, damaged, refused, or cannot be downloaded."""
