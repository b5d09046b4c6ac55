"""The table of languages, from which every other list of languages is derived.

Any module may use it, so it imports only `errors`. To add a language that eSpeak NG reads, add a record here. The rules
for its numbers, dates and abbreviations go into `kokoro_demo.text.languages`; without them, digits are passed to
eSpeak NG as they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from kokoro_demo.errors import RequestError


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    code: its code in requests, which is also eSpeak NG's.
    name: its name in English ("American English").
    adjective: for its speakers ("American"), as in "American woman".
    letter: the first letter of its voices' names ("a" in "af_heart").
    search_words: words for the search for voices, separated by spaces.
    preview: the sentence of a voice's preview; "{}" is replaced by the voice's name.
    front_end: what converts its words to phonemes.
    script: its writing system.
    packages: optional modules that the front end needs; if one is missing, the language's voices speak English.
    aliases: other codes for it, in lower case with hyphens.
    """

    code: str
    name: str
    adjective: str
    letter: str
    search_words: str
    preview: str = ""
    front_end: Literal["english", "espeak", "japanese", "mandarin"] = "espeak"
    script: Literal["latin", "devanagari", "kana", "hanzi"] = "latin"
    packages: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether every module that its front end needs is installed."""
        return all(find_spec(package) is not None for package in self.packages)


TABLE = (
    Language(
        code="en-us",
        name="American English",
        adjective="American",
        letter="a",
        search_words="american english us usa",
        preview="Hello, I am {}. This is how I sound.",
        front_end="english",
        aliases=("en",),
    ),
    Language(
        code="en-gb",
        name="British English",
        adjective="British",
        letter="b",
        search_words="british english uk gb england",
        preview="Hello, I am {}. This is how I sound.",
        front_end="english",
        aliases=("en-uk", "en-au", "en-ie", "en-in", "en-nz", "en-za"),
    ),
    Language(
        code="es",
        name="Spanish",
        adjective="Spanish",
        letter="e",
        search_words="spanish español spain",
        preview="Hola, soy {}. Así sueno.",
    ),
    Language(
        code="fr-fr",
        name="French",
        adjective="French",
        letter="f",
        search_words="french français france",
        preview="Bonjour, je suis {}. Voici ma voix.",
        aliases=("fr",),
    ),
    Language(
        code="hi",
        name="Hindi",
        adjective="Hindi",
        letter="h",
        search_words="hindi hindī india indian",
        preview="नमस्ते, मैं {} हूँ। यह मेरी आवाज़ है।",
        script="devanagari",
    ),
    Language(
        code="it",
        name="Italian",
        adjective="Italian",
        letter="i",
        search_words="italian italiano italy",
        preview="Ciao, sono {}. Questa è la mia voce.",
    ),
    Language(
        code="pt-br",
        name="Brazilian Portuguese",
        adjective="Brazilian",
        letter="p",
        search_words="brazilian portuguese português brazil",
        preview="Olá, eu sou {}. Esta é a minha voz.",
        aliases=("pt",),
    ),
    Language(
        code="ja",
        name="Japanese",
        adjective="Japanese",
        letter="j",
        search_words="japanese japan",
        preview="こんにちは、{}です。これが私の声です。",
        front_end="japanese",
        script="kana",
        packages=("fugashi", "unidic_lite"),
        aliases=("jp",),
    ),
    Language(
        code="zh",
        name="Mandarin Chinese",
        adjective="Mandarin",
        letter="z",
        search_words="mandarin chinese china",
        preview="你好，我是{}。这是我的声音。",
        front_end="mandarin",
        script="hanzi",
        packages=("jieba", "pypinyin"),
        aliases=("cmn",),
    ),
)

BY_CODE = {language.code: language for language in TABLE}
BY_LETTER = {language.letter: language for language in TABLE}
# The codes of the languages that can be read, and those of English.
LANGUAGES = tuple(language.code for language in TABLE if language.is_read)
ENGLISH = tuple(language.code for language in TABLE if language.front_end == "english")
DEFAULT_LANGUAGE = LANGUAGES[0]
_CODES = {written: language.code for language in TABLE for written in (*language.aliases, language.code)}


def canonical_language(written: str) -> str:
    """Return the code in `LANGUAGES` that `written` names: "en_GB" gives "en-gb", "pt" gives "pt-br".

    A region or script that the table does not list is ignored ("es-419" and "es-MX" give "es"), as in the lookup
    of RFC 4647, section 3.4.

    Raises:
        RequestError: if the language is unknown, or its packages are not installed.
    """
    tag = written.strip().lower().replace("_", "-")
    while tag:
        code = _CODES.get(tag, "")
        if code in LANGUAGES:
            return code
        if code:
            raise RequestError(needs_extra(BY_CODE[code]))
        tag = tag.rpartition("-")[0]
    raise RequestError(f"Unknown language {written[:80]!r}. Choose one of {', '.join(LANGUAGES)}.")


def needs_extra(language: Language) -> str:
    """The message for a language whose packages are not installed."""
    return f"{language.name} is read once its packages are installed: pip install -r requirements-languages.txt"


def readable_language(code: str) -> str:
    """Return the code itself if the language can be read, or else that of American English."""
    return code if code in LANGUAGES else DEFAULT_LANGUAGE
