"""The errors a person may be shown: each message says what is wrong and what to do."""


class KokoroError(Exception):
    """Base of every error whose message is meant for a person."""


class RequestError(KokoroError, ValueError):
    """A request cannot be spoken as it stands: empty or too long text, an unknown voice, a speed out of range."""


class UnspokenLanguageError(RequestError):
    """No voice that is there has learned the language. Another checkpoint, which may be on its way, may have one."""


class CheckpointError(KokoroError, RuntimeError):
    """A checkpoint, or a file of it, is missing, damaged, refused or cannot be fetched."""
