"""Finds shouted sentences, written in capitals throughout, where capitals do not mark initialisms."""

from __future__ import annotations

import re
from bisect import bisect_right

from kokoro_demo.text.patterns import any_of, listed
from kokoro_demo.text.rules.initialisms import ACRONYMS, reads_as_word

# "IT", "US", "WHO" and "SAT" are words in capitals, even in an ordinary sentence, if one of these follows or comes
# before: "IT WAS the best of times", "GIVE US A KISS and go"; but not in "the US ARMY" and "our IT TEAM".
_PRONOUN_FOLLOWED_BY = {
    "IT": re.compile(
        rf"IT\s(?:{any_of('WAS IS HAS HAD WILL CAN COULD WOULD SHOULD MAY MIGHT MUST DOES DID CAME BEGAN')}"
        rf"|{any_of('TOOK MADE WENT FELL GREW GOES SEEMS SEEMED MEANS NEVER ALL ONLY ALSO NOT')}|[A-Z]{{2,}}ED)\b"
    ),
    "SAT": re.compile(r"SAT\s(?:DOWN|UP|ON|IN|BY|AT|THERE|STILL|BESIDE|ALONE|BACK|AND)\b"),
    "US": re.compile(r"US\s(?:A|AN|THE|ALL|BOTH|TO|THIS|THAT|OUR|YOUR|SOME|NOT|NOW|GO|BE|PRAY|SEE)\b"),
    "WHO": re.compile(
        r"WHO\s(?:KNOWS|WANTS|NEEDS|CARES|SAYS|LIVES|COMES|GOES|LOVES|WAS|IS|ARE|WERE|HAD|HAS|CAN|COULD|WOULD|WILL|DID|DOES|KNEW|CAME|WENT|SAID|[A-Z]{2,}ED)\b"
    ),
}
# "WHO knows?"
_ASKS = re.compile(
    r"WHO\s(?:is|was|are|were|knows|knew|said|says|can|could|will|would|has|had|did|does|wants|needs|goes|cares|let|took|made"
    r"|[a-z]{2,10}ed)\b[^.!?\n]{0,80}\?"
)
_OPENS = re.compile(r"(?:^|[:.!?…“\n])\s?\Z")
_SPEAKER = re.compile(r"(?:^|[.!?\n]\s?)[A-Z]{2,15}:\s\Z")
# "IT was a bright day", as books set the first word of a chapter.
_BOOK = re.compile(
    r"IT\s(?:was|seemed|happened|chanced|came|took|had\sbeen)\s(?:an?|the|in|on|at|about|that|to|not|one|now|late|early|nearly|almost"
    r"|only|with|during|some|my|his|her|their|our|as|so|very|quite)\b"
)
# "IT was a mess, and the servers were down."
_OF_COMPUTERS = re.compile(
    r"\b(?:(?:[Tt]he|[Oo]ur|[Tt]heir|[Yy]our|[Ii]n|an|and) IT\b"
    r"|IT (?:team|department|dept|support|staff|desk|manager|systems?)\b"
    r"|IT (?:people|services?|admins?|guys?|budget|project)\b|servers?\b|passwords?\b|laptops?\b|tickets?\b|helpdesk"
    r"|e-?mails?\b|log-?ins?\b|VPN\b|software\b|network\b|migrat\w+|outage)"
)
_BEGINS = re.compile(r"(?:^|\n)[“\s]?\Z")
_VERB = re.compile(r"IT\s(?:is|was|has|had|will|would|can|could|must|does|did|may|might|seems|all|never|only)\b")
_PRONOUN_PRECEDED_BY = {
    "IT": re.compile(
        r"\b(?:WHEN|IF|AS|THAT|BUT|AND|OF|FOR|ON|WITH|WAS|MAKE|TAKE|DO|DOES|DID|GIVE|LET|AFTER|BEFORE|TILL)\s\Z"
    ),
    "SAT": re.compile(r"\b(?:HE|SHE|THEY|WE|I|IT|WHO|ALL|BOTH)\s\Z"),
    "US": re.compile(
        r"\b(?:GIVE|LET|TELL|OF|TO|FOR|WITH|FROM|HELP|LEAVE|SHOW|FOLLOW|JOIN|CALL|MAKE|SAVE|AMONG|BETWEEN|ALL|SEND|BRING"
        r"|UPON|BEHIND|TAKE|KEEP|HEAR|SPARE)\s\Z"
    ),
    "WHO": re.compile(r"\b(?:MAN|MEN|WOMAN|ONE|THOSE|HE|SHE|PEOPLE|AND|KNOWS|KNOW)\s\Z"),
}
# Given names of three letters, which are names before a colon (of a speaker) and in a shouted sentence.
NAMES = listed(
    "MOM DAD BOY MAN BOB TOM DON AMY ANN SAM BEN DAN JIM JOE KIM LEE LEO MAX MEG NED PAM PAT RAY RON ROY SUE TED",
    "TIM VIC ZOE ABE ADA ALI ANA ART AVA BEA DEB DOT EVA EVE GUS GUY HAL IAN IDA IRA IVY JAN JAY JEN JON KAY KEN",
    "KIT LEN LES LIZ LOU MAE MAY MEL MIA MOE NAN NAT PEG REX ROB ROD SID SAL STU UMA VAL WES",
)


def is_pronoun(word: str, text: str, start: int) -> bool:
    """Whether "IT", "US" or "WHO" at `start` is a pronoun in capitals for style, and not an initialism."""
    if word == "WHO" and _ASKS.match(text, start) and _OPENS.search(text, max(0, start - 3), start):
        return True
    if word == "IT" and _BOOK.match(text, start) and _BEGINS.search(text, max(0, start - 3), start):
        return _OF_COMPUTERS.search(text, start, start + 400) is None
    if word == "IT" and _SPEAKER.search(text, max(0, start - 24), start) and _VERB.match(text, start):
        return True
    return word in _PRONOUN_FOLLOWED_BY and (
        _PRONOUN_FOLLOWED_BY[word].match(text, start) is not None
        or _PRONOUN_PRECEDED_BY[word].search(text, max(0, start - 12), start) is not None
    )


class Shouting:
    """Knows which sentences of a text are written in capitals."""

    _SENTENCE = re.compile(r"[.!?…][\s”\"')]|\n")
    _CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
    _SMALL = re.compile(r"[a-z]{2,}|\b[a-z]\b")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in self._SENTENCE.finditer(text))]
        self._known: dict[int, bool] = {}

    def at(self, position: int) -> bool:
        """Return whether the sentence at `position` has at least two words in capitals, and hardly any others."""
        index = bisect_right(self._starts, position) - 1
        if index not in self._known:
            end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
            self._known[index] = self._is_shouted(self._text[self._starts[index] : end])
        return self._known[index]

    def _is_shouted(self, sentence: str) -> bool:
        capitals = self._CAPITALS.findall(sentence)
        if len(capitals) < 2 or 5 * len(self._SMALL.findall(sentence)) > len(capitals):
            return False
        return any(reads_as_word(word, shouted=False) and word not in ACRONYMS for word in capitals)
