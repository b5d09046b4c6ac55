"""The command line: ``python -m kokoro_demo "Hello" --voice af_heart -o hello.wav``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kokoro_demo.commands.terminal import add_language_option
from kokoro_demo.errors import KokoroError, RequestError
from kokoro_demo.languages import readable_language
from kokoro_demo.speech import DEFAULT_VOICE, MAX_CHARACTERS, MAX_PAUSE_SCALE, MAX_SPEED, MIN_SPEED, SpeechRequest

if TYPE_CHECKING:
    from kokoro_demo.g2p import Pronunciation
    from kokoro_demo.speech import Speech
    from kokoro_demo.synthesis.synthesizer import Synthesizer

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
# Options of how a text is spoken that a link holds as well.
MANNER = ("pause_scale", "even_loudness", "untouched")
# Shorter texts are done before a bar could be read.
PROGRESS_FROM_CHARACTERS = 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0 done, 1 failed, 2 misused, 130 interrupted."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if arguments[:1] == ["doctor"]:
            from kokoro_demo.doctor import main as doctor

            return doctor(arguments[1:])
        if arguments[:1] == ["download"]:
            from kokoro_demo.commands.download import main as download

            return download(arguments[1:])
        if arguments[:1] == ["compact"]:
            from kokoro_demo.commands.compact import main as compact

            return compact(arguments[1:])
        if arguments[:1] == ["check"]:
            from kokoro_demo.checklist.command import main as check

            return check(arguments[1:], read_only)
        return speak(parser().parse_args(arguments))
    except KokoroError as error:
        print(f"kokoro_demo: {error}", file=sys.stderr)
        return MISUSED if isinstance(error, RequestError) else FAILED
    except OSError as error:
        print(f"kokoro_demo: {error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("kokoro_demo: stopped.", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """The options of the speaking command."""
    options = argparse.ArgumentParser(
        prog="python -m kokoro_demo",
        description="Speak text with Kokoro.",
        epilog="Other commands: 'doctor' tells whether this installation is right; "
        "'download --to FOLDER' fetches everything for a machine without a network; "
        "'compact --to FOLDER' writes it in a quarter of the space; "
        "'check LIST' tells which words of a list are read otherwise than expected.",
    )
    options.add_argument("text", nargs="?", help="what to speak; standard input where it is left out or is '-'")
    options.add_argument("--file", type=Path, metavar="FILE", help="speak a text file (UTF-8)")
    options.add_argument("--link", metavar="URL", help="speak a share link of the page: text, voice and all")
    options.add_argument(
        "--voice",
        default=DEFAULT_VOICE,
        help="a voice pack's name (see --list-voices), or a blend: 'af_bella(2)+bf_emma'",
    )
    options.add_argument("--speed", type=float, default=1.0, help=f"{MIN_SPEED:g} to {MAX_SPEED:g}")
    options.add_argument("--seed", type=int, default=0, help="of the vocoder's noise")
    options.add_argument(
        "--pause-scale",
        type=float,
        default=1.0,
        help=f"pauses between phrases longer or shorter, 0 to {MAX_PAUSE_SCALE:g}",
    )
    options.add_argument("--even-loudness", action="store_true", help="every voice as loud as the others")
    options.add_argument("--untouched", action="store_true", help="what the model itself gives, with its silence")
    add_language_option(options, "the voice's own if left out")
    options.add_argument("--lexicon", type=Path, metavar="FILE", help="lines of 'word = /ipa/' or 'word = respelling'")
    options.add_argument("--checkpoint", help="a folder, owner/name, owner/name@revision, or builtin")
    options.add_argument(
        "-o", "--output", default="kokoro.wav", help=".wav, .flac, .ogg, .opus or .mp3; '-' for WAV on standard output"
    )
    options.add_argument(
        "--captions", type=Path, metavar="FILE", help="when it is heard, too: .srt, .vtt, .json or .TextGrid"
    )
    options.add_argument("--phonemes", action="store_true", help="print the phonemes and speak nothing")
    options.add_argument("--list-voices", action="store_true", help="print the voices, best first, and speak nothing")
    return options


def speak(options: argparse.Namespace) -> int:
    """Carry out the speaking command."""
    if options.list_voices:
        return list_voices(options)
    request = read_request(options)
    if options.phonemes:
        pronunciation = read_only(request)
        print(pronunciation.phonemes)
        warn(pronunciation.warnings)
        return 0
    check_output(options.output)
    check_captions(options.captions)
    synthesizer = open_synthesizer(options)
    speech = with_progress_bar(synthesizer, request)
    warn(speech.warnings)
    if options.captions is not None:
        speech.save(options.captions)
    if options.output == "-":
        from kokoro_demo.audio import encode

        sys.stdout.buffer.write(encode(speech.audio, speech.sample_rate, "wav"))
    else:
        speech.save(options.output)
        print(
            f"{options.output}: {speech.duration:.1f} s, {speech.request.voice}, {speech.checkpoint}, "
            f"fingerprint {speech.fingerprint}",
            file=sys.stderr,
        )
    return 0


def read_request(options: argparse.Namespace) -> SpeechRequest:
    """What is to be spoken: a link, or a text and the options.

    Raises:
        RequestError: where it cannot be spoken, or the link stands beside what it already says.
    """
    if options.link is None:
        return SpeechRequest(
            text=read_text(options),
            voice=options.voice,
            speed=options.speed,
            seed=options.seed,
            pause_scale=options.pause_scale,
            even_loudness=options.even_loudness,
            untouched=options.untouched,
            language=options.language,
            lexicon=options.lexicon.read_text(encoding="utf-8-sig") if options.lexicon else "",
        )
    from kokoro_demo.share import open_link

    usual = parser()
    for name in ("text", "file", "voice", "speed", "seed", "language", "lexicon", *MANNER):
        if getattr(options, name) != usual.get_default(name):
            raise RequestError(f"The link holds the whole request. Leave out the {name}, or the link.")
    opened = open_link(options.link)
    warn(opened.notes)
    return opened.request


def list_voices(options: argparse.Namespace) -> int:
    """Print one voice a line: name, language, gender, grade, trait."""
    voices = open_synthesizer(options).checkpoint.voices
    for name in voices.names():
        voice = voices.info(name)
        print("\t".join([voice.name, voice.language, voice.gender, voice.grade or "-", voice.trait or ""]).rstrip())
    return 0


def read_text(options: argparse.Namespace) -> str:
    """The text of the command: its argument, a file, or standard input.

    Raises:
        RequestError: where there are two texts or none, or it is not UTF-8.
    """
    if options.file is not None and options.text is not None:
        raise RequestError("Give the text or --file, not both.")
    try:
        if options.file is not None:
            return options.file.read_text(encoding="utf-8-sig")
        if options.text not in (None, "-"):
            return options.text
        if sys.stdin.isatty():
            raise RequestError('There is nothing to speak. Give a text, like: python -m kokoro_demo "Hello there."')
        return sys.stdin.buffer.read(4 * MAX_CHARACTERS + 4).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError("The text is not UTF-8. Convert it, for example with iconv -f latin1 -t utf-8.") from error


def read_only(request: SpeechRequest) -> Pronunciation:
    """How the request is read, without torch or weights: the voice's name tells its language."""
    from kokoro_demo.g2p import phonemize, read_phonemes
    from kokoro_demo.voices.catalogue import describe

    language = request.language or readable_language(describe(request.voice).language)
    if request.phonemes is not None:
        return read_phonemes(request.phonemes, language)
    return phonemize(request.text, language, request.lexicon)


def check_output(output: str) -> None:
    """Refuse a file that could not be written before any work is done.

    Raises:
        RequestError: where the suffix or the folder is wrong.
    """
    from kokoro_demo.formats import SOUNDS, format_of

    path = Path(output)
    if output == "-":
        return
    format_of(path, SOUNDS)
    if not path.parent.is_dir():
        raise RequestError(f"Cannot write {output!r}: there is no folder {str(path.parent)!r}.")


def check_captions(path: Path | None) -> None:
    """The same for captions.

    Raises:
        RequestError: where the suffix or the folder is wrong.
    """
    from kokoro_demo.formats import CAPTIONS, format_of

    if path is None:
        return
    format_of(path, CAPTIONS)
    if not path.parent.is_dir():
        raise RequestError(f"Cannot write {str(path)!r}: there is no folder {str(path.parent)!r}.")


def open_synthesizer(options: argparse.Namespace) -> Synthesizer:
    """The synthesizer of the chosen checkpoint; what is noteworthy about the choice goes to standard error."""
    from kokoro_demo.commands.terminal import show_progress
    from kokoro_demo.synthesis.default_synthesizer import synthesizer_for

    synthesizer, warnings = synthesizer_for(options.checkpoint, show_progress)
    warn(warnings)
    return synthesizer


def with_progress_bar(synthesizer: Synthesizer, request: SpeechRequest) -> Speech:
    """Speak, with a bar on standard error for a long text."""
    from tqdm import tqdm

    hidden = len(request.text) < PROGRESS_FROM_CHARACTERS or not sys.stderr.isatty()
    with tqdm(desc="Speaking", unit="phrase", disable=hidden, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return synthesizer.speak(request, show)


def warn(warnings: Sequence[str]) -> None:
    """Warnings go to standard error, a line each."""
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
