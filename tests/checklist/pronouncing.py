"""How the tests pronounce rows: like the command line, without a checkpoint."""

from kokoro_demo.checklist import CheckedRow, check_row, read_list
from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.speech import SpeechRequest


def read(request: SpeechRequest) -> Pronunciation:
    return phonemize(request.text, request.language or "en-us", request.lexicon)


def check(data: bytes | str) -> list[CheckedRow]:
    return [check_row(row, read) for row in read_list(data).rows]
