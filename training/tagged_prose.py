"""Makes the TAGGED.tsv that `training/part_of_speech.py` learns from.

    python training/tagged_prose.py SPACY_MODEL_FOLDER TEXT... > TAGGED.tsv

SPACY_MODEL_FOLDER: an installed or unpacked `en_core_web_sm` 3.8 (MIT), which neither this package nor its
requirements bring; spaCy itself is wanted here and nowhere else.
TEXT: files of English prose, one paragraph a line.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

# Words as the text stage hands them over: contractions and possessives whole, every mark alone.
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d[\d.,]*\w*|[^\w\s]")
MOST_CHARACTERS = 3_000
LEAST_LETTERS = 0.85


def main() -> None:
    import spacy

    model, *files = map(Path, sys.argv[1:])
    tagger = spacy.load(model, enable=["tok2vec", "tagger"])
    paragraphs = sorted(
        {line for file in files for line in map(_plain, file.open(encoding="utf-8")) if _is_prose(line)}
    )
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


def _is_prose(line: str) -> bool:
    letters = sum(character.isalpha() or character == " " for character in line)
    return 20 < len(line) < MOST_CHARACTERS and letters > LEAST_LETTERS * len(line)


if __name__ == "__main__":
    main()
