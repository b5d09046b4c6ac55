"""``python -m kokoro_demo lexicon mine.pls --to csv -o mine.csv``: lexicons merged, and written in another form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kokoro_demo.checklist.report import printable
from kokoro_demo.commands.lexicon_files import SHOWN, merged_with, read_bytes, show
from kokoro_demo.commands.terminal import Options, add_language_option, output, warn
from kokoro_demo.files import check_writable, write_whole
from kokoro_demo.languages import DEFAULT_LANGUAGE
from kokoro_demo.lexicons import FORMATS, export_lexicon
from kokoro_demo.lexicons.formats import format_for_file


def main(arguments: Sequence[str]) -> int:
    """Merge the files from first to last, write them in one form, and print the report on standard error.

    Raises:
        RequestError: if a file is not a lexicon, or the form is not known.
        OSError: if a file cannot be read or written.
    """
    options = parser().parse_args(arguments)
    to = options.to or ("fixes" if options.output == "-" else format_for_file(Path(options.output)))
    if options.output != "-":
        check_writable(options.output)
    language = options.language or DEFAULT_LANGUAGE
    lines = ""
    for path in options.files:
        merged = merged_with(path, read_bytes(path), lines, language)
        show(merged, path, SHOWN if not options.report else None)
        lines = merged.lines
    written = export_lexicon(lines, to, language)
    warn([printable(warning) for warning in written.warnings])
    if options.output == "-":
        output().flush()
        output().buffer.write(written.data)  # type: ignore[attr-defined]
    else:
        write_whole(options.output, written.data)
    return 0


def parser() -> Options:
    """The options of the command."""
    known = "\n".join(f"  {name:<11}{form.label}" for name, form in FORMATS.items())
    options = Options(
        "lexicon",
        "Merge lexicons in any of these forms, each recognised by its content, and write them in one:\n" + known,
    )
    options.add_argument("files", nargs="+", metavar="FILE", help="of two entries for a word, the later file's counts")
    options.add_argument("--to", choices=FORMATS, help="the form to write; by the name of the output if left out")
    options.add_argument("-o", "--output", default="-", help="the file; standard output if left out")
    options.add_argument("--report", action="store_true", help="show every entry that is taken, replaced or refused")
    add_language_option(options, f"{DEFAULT_LANGUAGE} if left out; phonemes are checked and written for it")
    return options
