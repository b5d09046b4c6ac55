"""The command line: ``python -m kokoro_demo "Hello" --voice af_heart -o hello.wav``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from kokoro_demo.commands.terminal import COMMANDS, ending_tidily, message, open_streams, silence_output
from kokoro_demo.errors import KokoroError, RequestError
from kokoro_demo.synthesis.process_memory import tune_process

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, which is to speak if the first argument names no other.

    Returns the exit status: 0 if it is done, 1 if it failed, 2 if it was misused, 130 if it was stopped.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    name = arguments.pop(0) if arguments[:1] and arguments[0] in COMMANDS else "speak"
    open_streams()
    tune_process()
    try:
        with ending_tidily():
            status: int = import_module(COMMANDS[name].module).main(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except KokoroError as error:
        message(str(error))
        return MISUSED if isinstance(error, RequestError) else FAILED
    except BrokenPipeError:
        silence_output()
        message("what read the output has ended before it was all written.")
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
