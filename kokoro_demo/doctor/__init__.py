"""The command ``python -m kokoro_demo doctor``: whether this installation is right, and what to do if it is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kokoro_demo.commands.terminal import Options
from kokoro_demo.doctor.environment import look_at_espeak, look_at_formats, look_at_packages
from kokoro_demo.doctor.finding import Finding

Look = Callable[[], Iterable[Finding]]


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status: 0 if nothing is wrong, 1 otherwise."""
    options = parser().parse_args(arguments)
    if options.record_self_test is not None:
        return record_self_test(options.record_self_test)
    wrong = 0
    for title, look in sections(options.checkpoint):
        print(f"{title}:", flush=True)
        for finding in findings(look):
            wrong += finding.state == "wrong"
            print(finding, flush=True)
    print("Nothing is wrong." if not wrong else f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
    return 1 if wrong else 0


def parser() -> Options:
    """The options of the command."""
    options = Options("doctor", "Find out whether this installation is right.")
    options.add_argument("--checkpoint", help="a folder, an ONNX file, owner/name[@revision], packaged or builtin")
    options.add_argument(
        "--record-self-test",
        type=Path,
        metavar="FOLDER",
        help="write the self_test.json of a checkpoint folder, as this machine speaks it, and look at nothing else",
    )
    return options


def record_self_test(folder: Path) -> int:
    """Write a checkpoint folder's own known sentence."""
    from kokoro_demo.doctor import self_test

    recorded = self_test.record(folder)
    print(f"{folder / self_test.FILE}: {recorded.voice}, {recorded.samples:,} samples, loudness {recorded.rms:.4f}")
    return 0


def findings(look: Look) -> Iterator[Finding]:
    """The findings of one check. If the check itself fails, for example without a package, that is the last finding."""
    try:
        yield from look()
    except Exception as error:
        yield Finding("wrong", f"could not be looked at: {type(error).__name__}: {error}")


def sections(checkpoint: str | None) -> list[tuple[str, Look]]:
    """What is looked at, in order: each section is a title and what gives its findings."""
    chosen = checkpoint or os.environ.get("KOKORO_CHECKPOINT") or None
    looks: list[tuple[str, Look]] = [("Python and packages", look_at_packages), ("eSpeak NG", look_at_espeak)]
    if chosen != "builtin":
        looks.append((f"Checkpoint {chosen or 'Kokoro-82M'}", lambda: look_at_checkpoint(chosen, chosen is None)))
    looks.append(("First voice", look_at_first_voice))
    looks.append(("Audio files", look_at_formats))
    return looks


def look_at_first_voice() -> Iterator[Finding]:
    """See `kokoro_demo.doctor.speaking`, which needs the packages that may be missing."""
    from kokoro_demo.doctor import speaking

    yield from speaking.look_at_first_voice()


def look_at_checkpoint(chosen: str | None, may_be_missing: bool) -> Iterator[Finding]:
    """See `kokoro_demo.doctor.speaking`, which needs the packages that may be missing."""
    from kokoro_demo.doctor import speaking

    yield from speaking.look_at_checkpoint(chosen, may_be_missing)
