"""The command line: ``python -m kokoro_demo "Hello" --voice af_heart -o hello.wav``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from kokoro_demo.commands.terminal import COMMANDS, message, open_streams, silence_output, tidy_termination
from kokoro_demo.errors import KokoroError, RequestError
from kokoro_demo.synthesis.process_memory import tune_process

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the default is `speak`, unless the first argument names another.

    Returns the exit status: 0 for success, 1 for a failure, 2 for wrong usage, 130 if it was interrupted.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    name = arguments.pop(0) if arguments[:1] and arguments[0] in COMMANDS else "speak"
    open_streams()
    tune_process()
    try:
        with tidy_termination():
            status: int = import_module(COMMANDS[name].module).main(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except KokoroError as error:
        message(str(error))
        return MISUSED if isinstance(error, RequestError) else FAILED
    except BrokenPipeError:
        silence_output()
        message("the program that read the output closed it before everything was written.")
        return FAILED
    except OSError as error:
        silence_output()
        message(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
        return FAILED
    except KeyboardInterrupt as stopped:
        message(f"stopped. {stopped}".rstrip())
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
