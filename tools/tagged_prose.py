"""Makes the TAGGED.tsv that `tools.part_of_speech` learns from.

    python -m tools.tagged_prose SPACY_MODEL_FOLDER TEXT... > TAGGED.tsv

SPACY_MODEL_FOLDER: an installed or unpacked `en_core_web_sm` 3.8 (MIT). Only this script needs spaCy and its model;
neither is a requirement of the package.
TEXT: files of English prose, one paragraph on each line.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

# Words as the text stage passes them on: contractions and possessives unbroken, each punctuation mark alone.
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d[\d.,]*\w*|[^\w\s]")
MAX_CHARACTERS = 3_000
MIN_LETTERS = 0.85


def main() -> None:
    import spacy

    model, *files = map(Path, sys.argv[1:])
    tagger = spacy.load(model, enable=["tok2vec", "tagger"])
    paragraphs = sorted({line for file in files for line in map(_plain, file.open(encoding="utf-8")) if is_prose(line)})
    for document in tagger.pipe(paragraphs, batch_size=64):
        pieces = iter([(token.idx + len(token), token.tag_) for token in document])
        end, tag = next(pieces)
        for word in WORD.finditer(document.text):
            while end <= word.start():
                end, tag = next(pieces)
            print(word.group().replace("’", "'"), tag, sep="\t")
        print()


def _plain(line: str) -> str:
    return " ".join(line.split())


def is_prose(line: str) -> bool:
    """Whether a line is running text: of normal length, and mostly letters."""
    letters = sum(character.isalpha() or character == " " for character in line)
    return 20 < len(line) < MAX_CHARACTERS and letters > MIN_LETTERS * len(line)


if __name__ == "__main__":
    main()
