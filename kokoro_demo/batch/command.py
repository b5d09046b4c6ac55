"""``python -m kokoro_demo batch texts.csv --to FOLDER``: speaks rows of tables and chapters of texts, a file for
each."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from kokoro_demo.batch.run import Batch, Work
from kokoro_demo.batch.texts import (
    COLUMNS,
    TABLES,
    Item,
    items_of_lines,
    items_of_table,
    items_of_text,
    refuse_duplicates,
)
from kokoro_demo.batch.work import Job, Result, Speaker, run_job, speaker_of
from kokoro_demo.commands.speak import MAX_BOOK, MAX_BYTES, add_request_options, open_synthesizer, request_of
from kokoro_demo.commands.terminal import Options, read_text, warn
from kokoro_demo.errors import RequestError
from kokoro_demo.formats import CAPTIONS, SOUNDS

DONE, SOME_FAILED = 0, 1


def main(arguments: Sequence[str]) -> int:
    """Speak a batch. Returns 0 if every file has been written, 1 if a text could not be spoken; see the manifest.

    Raises:
        RequestError: if an input file is invalid, naming its lines; nothing is spoken.
        CheckpointError: if the checkpoint cannot be loaded.
        OSError: if a file cannot be read or written.
    """
    options = parser().parse_args(arguments)
    items = read_items(options)
    refuse_duplicates(items)
    options.to.mkdir(parents=True, exist_ok=True)
    if options.ray is None:
        synthesizer = open_synthesizer(options)

        def work(jobs: Sequence[Job]) -> Iterable[Result]:
            return (run_job(synthesizer, job) for job in jobs)

        return speak(options, items, speaker_of(synthesizer), work)
    from kokoro_demo.cluster.batch import RayWork

    with RayWork(options.ray, options.checkpoint, options.cores) as on_ray:
        return speak(options, items, on_ray.speaker, on_ray)


def speak(options: argparse.Namespace, items: Sequence[Item], speaker: Speaker, work: Work) -> int:
    """Write the files; returns the exit status."""
    batch = Batch(items, options.to, options.format, options.captions or "", speaker)
    batch.run(work)
    print(f"{len(items) - batch.failed} of {len(items)} files are in {options.to}, with manifest.jsonl.")
    return SOME_FAILED if batch.failed else DONE


def read_items(options: argparse.Namespace) -> list[Item]:
    """Read everything that is to be spoken. A warning lists the columns that are ignored."""
    texts = []
    for path in options.files:
        with path.open("rb") as file:
            text = read_text(file.read(MAX_BYTES), str(path))
        if len(text) > MAX_BOOK:
            raise RequestError(f"{path} has more than {MAX_BOOK:,} characters. Divide it.")
        texts.append((path, text))
    template = request_of(options, "any text", "\n".join(text for _, text in texts))
    items = list[Item]()
    for path, text in texts:
        if options.lines:
            items += items_of_lines(text, path.stem, template)
        elif path.suffix.lower() in TABLES:
            rows, unread = items_of_table(text, path.name, template)
            items += rows
            warn([f"Columns of {path} that are ignored: {', '.join(unread)}"] if unread else [])
        else:
            items += items_of_text(text, path.stem, template)
    if not items:
        raise RequestError("There is nothing to speak: the files are empty.")
    return items


def parser() -> Options:
    """The command's options."""
    options = Options(
        "batch",
        "Speak many texts to files. A .csv or .tsv table needs a column 'text' and may have 'name' (of the file),\n"
        f"{', '.join(COLUMNS[2:])};\n"
        "any other file is a text, spoken chapter by chapter. Interrupted? Run it again: nothing is spoken twice.\n"
        "Exit status: 0 everything was spoken, 1 some texts could not be, 2 wrong usage.",
    )
    options.add_argument("files", nargs="+", type=Path, metavar="FILE", help="tables and texts")
    options.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="for the audio and manifest.jsonl")
    options.add_argument("--lines", action="store_true", help="speak each line of the files as a separate text")
    options.add_argument("--format", choices=SOUNDS, default="wav", help="of the audio; defaults to wav")
    options.add_argument("--captions", choices=CAPTIONS, help="also write when each word is heard")
    options.add_argument("--ray", metavar="ADDRESS", help="use a Ray cluster, such as auto or ray://head:10001")
    options.add_argument("--cores", type=int, default=2, help="of each speaker on the cluster; defaults to 2")
    add_request_options(options)
    return options
