"""``python -m kokoro_demo doctor``: checks this installation, and says what to do if something is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kokoro_demo.commands.terminal import Options
from kokoro_demo.doctor.environment import check_espeak, check_formats, check_packages
from kokoro_demo.doctor.finding import Finding

Check = Callable[[], Iterable[Finding]]


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status: 0 if nothing is wrong, or else 1."""
    options = parser().parse_args(arguments)
    if options.record_self_test is not None:
        return record_self_test(options.record_self_test)
    wrong = 0
    for title, check in sections(options.checkpoint):
        print(f"{title}:", flush=True)
        for finding in findings(check):
            wrong += finding.state == "wrong"
            print(finding, flush=True)
    print("Nothing is wrong." if not wrong else f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
    return 1 if wrong else 0


def parser() -> Options:
    """The command's options."""
    options = Options("doctor", "Check this installation.")
    options.add_argument("--checkpoint", help="a folder, an ONNX file, owner/name[@revision], packaged or builtin")
    options.add_argument(
        "--record-self-test",
        type=Path,
        metavar="FOLDER",
        help="write the self_test.json of a checkpoint folder, as this machine speaks it, and check nothing else",
    )
    return options


def record_self_test(folder: Path) -> int:
    """Write the self-test of a checkpoint folder, from what this machine measures."""
    from kokoro_demo.doctor import self_test

    recorded = self_test.record(folder)
    print(f"{folder / self_test.FILE}: {recorded.voice}, {recorded.samples:,} samples, loudness {recorded.rms:.4f}")
    return 0


def findings(check: Check) -> Iterator[Finding]:
    """Yield the findings of one check. If the check itself fails, for example without a package, so does the last
    one."""
    try:
        yield from check()
    except Exception as error:
        yield Finding("wrong", f"could not be checked: {type(error).__name__}: {error}")


def sections(checkpoint: str | None) -> list[tuple[str, Check]]:
    """Return the checks in order: each with its title, and a function that yields its findings."""
    chosen = checkpoint or os.environ.get("KOKORO_CHECKPOINT") or None
    checks: list[tuple[str, Check]] = [("Python and packages", check_packages), ("eSpeak NG", check_espeak)]
    if chosen != "builtin":
        checks.append((f"Checkpoint {chosen or 'Kokoro-82M'}", lambda: check_checkpoint(chosen, chosen is None)))
    checks.append(("First voice", check_first_voice))
    checks.append(("Audio files", check_formats))
    return checks


def check_first_voice() -> Iterator[Finding]:
    """See `kokoro_demo.doctor.speaking`, which imports packages that may be missing."""
    from kokoro_demo.doctor import speaking

    yield from speaking.check_first_voice()


def check_checkpoint(chosen: str | None, optional: bool) -> Iterator[Finding]:
    """See `kokoro_demo.doctor.speaking`, which imports packages that may be missing."""
    from kokoro_demo.doctor import speaking

    yield from speaking.check_checkpoint(chosen, optional)
