"""``python -m kokoro_demo "Hello"``, or ``python -m kokoro_demo speak "Hello"``: speaks a text to a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kokoro_demo.commands.lexicon_files import LEXICON_HELP, read_lexicon
from kokoro_demo.commands.terminal import (
    CAST_HELP,
    COMMANDS,
    PROGRAM,
    Options,
    add_language_option,
    output,
    read_cast,
    read_text,
    show_progress,
    warn,
)
from kokoro_demo.errors import RequestError
from kokoro_demo.files import check_writable
from kokoro_demo.formats import CAPTIONS, SOUNDS, format_of
from kokoro_demo.pronouncing import language_by_name, pronounce_without_model
from kokoro_demo.request_fields import DEFAULTS, FIELDS
from kokoro_demo.script.ssml.document import begins_as_ssml
from kokoro_demo.speech import MAX_CHARACTERS, SpeechRequest

if TYPE_CHECKING:
    from kokoro_demo.speech import Speech
    from kokoro_demo.synthesis.synthesizer import Synthesizer

# The fields of a request that have an option of the same name, and those whose option names a file.
REQUEST_OPTIONS = tuple(name for name, field in FIELDS.items() if field.option)
FILE_OPTIONS = {"lexicon": LEXICON_HELP, "cast": CAST_HELP}
# Characters in a text that is spoken part by part: one long novel, or two.
MAX_BOOK = 2_000_000
# Bytes in a file; longer ones have too many characters in any encoding.
MAX_BYTES = 4 * MAX_BOOK + 8
# Shorter texts are finished before anyone could read a progress bar.
PROGRESS_FROM_CHARACTERS = 400


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status.

    Raises:
        RequestError: if the request is invalid, or the file cannot be written.
        CheckpointError: if the checkpoint cannot be loaded.
        OSError: if a file cannot be read or written.
    """
    options = parser().parse_args(arguments)
    if options.list_voices:
        return list_voices(options)
    if options.link is not None and options.chapters:
        raise RequestError("A link holds a short text. Leave out --chapters, or the link.")
    text = written_text(options) if options.link is None else ""
    if options.chapters or len(text) > MAX_CHARACTERS:
        return speak_long_text(options, text)
    request = read_request(options, text)
    if options.spoken:
        return print_spoken(request, request.text)
    if options.phonemes:
        pronunciation = pronounce_without_model(request)
        print(pronunciation.phonemes, file=output())
        warn(pronunciation.warnings)
        return 0
    check_output(options.output)
    check_captions(options.captions)
    speech = with_progress_bar(open_synthesizer(options), request)
    warn(speech.warnings)
    save(speech, options.output)
    if options.captions is not None:
        speech.save(options.captions)
    return 0


def parser() -> Options:
    """The command's options."""
    others = "\n".join(f"  {name:<10}{command.purpose}" for name, command in COMMANDS.items())
    options = Options(
        "speak",
        "Speak text with Kokoro.",
        f"commands:\n{others}\n\nTo speak a word that is the name of a command: {PROGRAM} speak doctor",
    )
    options.add_argument("text", nargs="?", help="what to speak; defaults to standard input, as does '-'")
    options.add_argument("--file", type=Path, metavar="FILE", help="speak a text file, which may be a whole book")
    options.add_argument("--chapters", action="store_true", help="write one file for each chapter of the text")
    options.add_argument("--link", metavar="URL", help="speak a share link of the page, with its text, voice and all")
    add_request_options(options)
    options.add_argument(
        "-o", "--output", default="kokoro.wav", help=f"{_suffixes(SOUNDS)}; '-' for WAV on standard output"
    )
    options.add_argument(
        "--captions", type=Path, metavar="FILE", help=f"also write when it is heard: {_suffixes(CAPTIONS)}"
    )
    options.add_argument(
        "--spoken", action="store_true", help="print the text as it would be spoken, and what changes; speak nothing"
    )
    options.add_argument("--phonemes", action="store_true", help="print the phonemes and speak nothing")
    options.add_argument("--list-voices", action="store_true", help="print the voices, best first, and speak nothing")
    return options


def _suffixes(names: Sequence[str]) -> str:
    """As in ".srt, .vtt or .json"."""
    *others, last = (f".{name}" for name in names)
    return f"{', '.join(others)} or {last}"


def add_request_options(options: argparse.ArgumentParser) -> None:
    """Add the options that determine the audio, apart from the text."""
    for name in REQUEST_OPTIONS:
        field, option = FIELDS[name], f"--{name.replace('_', '-')}"
        if name == "language":
            add_language_option(options, f"defaults to {field.blank}")
        elif name in FILE_OPTIONS:
            options.add_argument(option, type=Path, metavar="FILE", help=FILE_OPTIONS[name])
        elif field.kind is bool:
            options.add_argument(option, action="store_true", help=field.help)
        else:
            options.add_argument(option, type=field.kind, default=DEFAULTS[name], help=field.help)
    options.add_argument("--checkpoint", help="a folder, an ONNX file, owner/name[@revision], packaged or builtin")


def speak_long_text(options: argparse.Namespace, text: str) -> int:
    """Speak a text of more than `MAX_CHARACTERS`, or chapter by chapter; or print its phonemes, one part a line.

    Raises:
        RequestError, CheckpointError, OSError: see `main`.
    """
    from kokoro_demo.commands.chapters import Chapter, chapters, parts

    if options.ssml or begins_as_ssml(text):
        raise RequestError(
            f"SSML is spoken as a whole: at most {MAX_CHARACTERS:,} characters, and without --chapters. Divide it."
        )
    if len(text) > MAX_BOOK:
        raise RequestError(f"The text has {len(text):,} characters; at most {MAX_BOOK:,} can be spoken. Divide it.")
    text_chapters = chapters(text) if options.chapters else [Chapter("", text)]
    if not text.strip() or not text_chapters:
        raise RequestError("There is nothing to speak: the text is empty.")
    template = read_request(options, "any text", text)
    if options.spoken:
        return print_spoken(template, text)
    if options.phonemes:
        for _, part in parts(text):
            pronunciation = pronounce_without_model(replace(template, text=part))
            print(pronunciation.phonemes, file=output(), flush=True)
            warn(pronunciation.warnings)
        return 0
    if options.output == "-":
        raise RequestError(f"A text of more than {MAX_CHARACTERS:,} characters is spoken to a file. Name it with -o.")
    from kokoro_demo.commands.book import BookFile, speak_book

    sound, captions = Path(options.output), options.captions
    if len(text_chapters) > 1:
        files = [
            BookFile(
                sound.with_name(chapter.file_name(sound.stem, number, sound.suffix)),
                captions and captions.with_name(chapter.file_name(captions.stem, number, captions.suffix)),
                [chapter],
            )
            for number, chapter in enumerate(text_chapters, 1)
        ]
    else:
        if options.chapters:
            warn(["No chapter headings were found: the text becomes one file."])
        files = [BookFile(sound, captions, chapters(text))]
    for file in files:
        check_output(str(file.path))
        check_captions(file.captions)
    speak_book(open_synthesizer(options), files, template, sound.with_name(f"{sound.name}.parts"))
    return 0


def read_request(options: argparse.Namespace, text: str, whole: str = "") -> SpeechRequest:
    """Return the request in a link, or of `text` and the options.

    whole: the text for which the lexicon is needed, if it is more than `text`.

    Raises:
        RequestError: if it is invalid, or an option repeats what the link holds.
    """
    if options.link is None:
        return request_of(options, text, whole)
    from kokoro_demo.share import open_link

    defaults = parser()
    for name in ("text", "file", *REQUEST_OPTIONS):
        if getattr(options, name) != defaults.get_default(name):
            raise RequestError(f"The link holds the whole request. Leave out the {name}, or the link.")
    opened = open_link(options.link)
    warn(opened.notes)
    return opened.request


def request_of(options: argparse.Namespace, text: str, whole: str = "") -> SpeechRequest:
    """Return a request with the options of `add_request_options`; for `whole` see `read_request`.

    Raises:
        RequestError: if it is invalid.
        OSError: if the lexicon cannot be read.
    """
    values = {name: getattr(options, name) for name in REQUEST_OPTIONS}
    values["lexicon"] = read_lexicon(options.lexicon, options.language, whole or text)
    values["cast"] = read_cast(options.cast)
    return SpeechRequest(text, **values)


def written_text(options: argparse.Namespace) -> str:
    """Return the text: the argument, or the content of a file or of standard input.

    Raises:
        RequestError: if there are two texts or none, or it is not a text.
        OSError: if the file cannot be read.
    """
    if options.file is not None and options.text is not None:
        raise RequestError("Give the text or --file, not both.")
    if options.file is not None:
        with options.file.open("rb") as file:
            return read_text(file.read(MAX_BYTES), str(options.file))
    if options.text not in (None, "-"):
        return str(options.text)
    if sys.stdin is None or sys.stdin.isatty():
        raise RequestError(f'There is nothing to speak. Give a text, like: {PROGRAM} "Hello there."')
    return read_text(sys.stdin.buffer.read(MAX_BYTES), "Standard input")


def list_voices(options: argparse.Namespace) -> int:
    """Print one voice on each line: name, language, gender, grade, trait."""
    target = output()
    voices = open_synthesizer(options).checkpoint.voices
    for name in voices.names():
        voice = voices.info(name)
        columns = [voice.name, voice.language, voice.gender, voice.grade or "-", voice.trait or ""]
        print("\t".join(columns).rstrip(), file=target)
    return 0


def print_spoken(request: SpeechRequest, text: str) -> int:
    """Print `text` as it would be spoken, then a line for each change: its span, its rule, and both forms."""
    from kokoro_demo.text import normalise

    if request.script is not None:
        pronunciation = pronounce_without_model(request)
        print(pronunciation.spoken, file=output())
        for word in pronunciation.words:
            if word.rule or word.spoken != word.text:
                print(f"{word.span[0]}-{word.span[1]}\t{word.rule}\t{word.text}\t{word.spoken}", file=output())
        warn(pronunciation.warnings)
        return 0
    spoken = normalise(text, language_by_name(request))
    print(spoken.spoken, file=output())
    for change in spoken.changes:
        written = " ".join(change.written.split())
        print(f"{change.start}-{change.end}\t{change.rule}\t{written}\t{change.spoken}", file=output())
    warn(spoken.warnings)
    return 0


def check_output(path: str) -> None:
    """Check that the audio can be written to a file, before any work is done.

    Raises:
        RequestError: saying why it cannot.
    """
    if path == "-":
        output()
        return
    format_of(path, SOUNDS)
    check_writable(path)


def check_captions(path: Path | None) -> None:
    """The same for the file of captions."""
    if path is not None:
        format_of(path, CAPTIONS)
        check_writable(path)


def open_synthesizer(options: argparse.Namespace) -> Synthesizer:
    """Return the synthesizer of the chosen checkpoint; warnings about the choice are printed to standard error."""
    from kokoro_demo.synthesis.default_synthesizer import synthesizer_for

    synthesizer, warnings = synthesizer_for(options.checkpoint, show_progress)
    warn(warnings)
    return synthesizer


def with_progress_bar(synthesizer: Synthesizer, request: SpeechRequest) -> Speech:
    """Speak a request; for a long text there is a progress bar on standard error."""
    from tqdm import tqdm

    hidden = len(request.text) < PROGRESS_FROM_CHARACTERS or not sys.stderr.isatty()
    with tqdm(desc="Speaking", unit="phrase", disable=hidden, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return synthesizer.speak(request, show)


def save(speech: Speech, path: str) -> None:
    """Write the audio to a file, or to standard output if `path` is "-".

    Raises:
        OSError: if it cannot be written.
    """
    if path == "-":
        from kokoro_demo.audio import encode

        output().buffer.write(encode(speech.audio, speech.sample_rate, "wav"))  # type: ignore[attr-defined]
        return
    speech.save(path)
    print(
        f"{path}: {speech.duration:.1f} s, {speech.request.voice}, {speech.checkpoint}, "
        f"fingerprint {speech.fingerprint}",
        file=sys.stderr,
    )
