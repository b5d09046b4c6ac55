"""``python -m kokoro_demo lexicon mine.pls --to csv -o mine.csv``: merges lexicons, and converts between formats."""

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
    """Merge the files from first to last, write the result in one format, and print a report to standard error.

    Raises:
        RequestError: if a file is not a lexicon, or the format is unknown.
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
    """The command's options."""
    known = "\n".join(f"  {name:<11}{a_format.label}" for name, a_format in FORMATS.items())
    options = Options(
        "lexicon",
        "Merge lexicons in any of these formats, which are recognised by their content, and write the result in one:\n"
        + known,
    )
    options.add_argument("files", nargs="+", metavar="FILE", help="if a word is in several, the last file decides")
    options.add_argument("--to", choices=FORMATS, help="the format to write; by default the name of the output decides")
    options.add_argument("-o", "--output", default="-", help="the file; defaults to standard output")
    options.add_argument("--report", action="store_true", help="list every entry that is taken, replaced or refused")
    add_language_option(options, f"the phonemes' language, which defaults to {DEFAULT_LANGUAGE}")
    return options
