"""Words in capitals: an initialism (FBI), an acronym that is pronounced as a word (NASA), or emphasis (STOP).

Known ones are listed. The rest depends on whether English can pronounce it: "GRYZZ" is spelled out, "BLORT" is not.
"""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import listed
from kokoro_demo.text.scanner import Piece

# Read as words, and kept in capitals so that the dictionary finds them.
ACRONYMS = listed(
    "NASA NATO NASDAQ NAFTA NASCAR NORAD NOAA OPEC OSHA FEMA FIFA UEFA FIBA UNICEF UNESCO UNHCR ASEAN AIDS",
    "SARS MERS COVID CERN DARPA LASER RADAR SONAR SCUBA SWAT RAM ROM RAID BIOS CAPTCHA ASCII GIF JPEG MPEG",
    "PIN SIM LAN WAN WLAN GUI YOLO FOMO POTUS SCOTUS FLOTUS NIMBY LIBOR HIPAA ERISA COBRA FICA FAFSA PETA",
    "MENSA NAACP CRISPR LEGO IKEA NVIDIA COBOL BASIC FORTRAN LISP PASCAL SOAP CRUD REST AJAX ISIS ISIL",
    "INTERPOL EUROPOL MOMA SONY ASUS OPPO VISA LARP BAFTA DOS AWOL MASH TARP START SALT ACAS NICE SAGE COBRA",
    "WASP LASIK CAT PET SMART QWERTY JSON YAML TOML NUMA UNIX LINUX ELISA IMAX MIDI MIME LIDAR AMBER SEATO",
    "FTSE UCAS BTEC RADA BUPA DEFRA",
    "DISC RISC CISC CENTCOM QANTAS FIAT SAAB ALGOL ESPRIT ERASMUS ICANN HUD DREAM ROFL LOL",
)
# Read letter by letter, although they could be pronounced.
_NAMED = listed(
    "AAAI AAAS AARP ACLU AFAICT IANAL AFAIK ASAP EEOC EMEA ESOP EULA FOIA GAAP IATA ICAO IEEE IIRC IMHO OEIS "
    "UCLA UIUC UNAM USAA",
    "USAF USOC UTEP YMCA YWCA ASIN",
)
# Words in a shouted sentence, letters in any other: "the US", "an LED".
_NAMED_UNLESS_SHOUTED = frozenset(("US", "IT", "WHO", "LED", "SAT", "ID"))
# Words of two or three letters that are in capitals only for emphasis; at that length, most are initialisms.
_SHORT_WORDS = listed(
    "app gen max min non per sum via ah am an as at be by do eh go ha he hi if in is it me my no of oh on or",
    "ox so to up us we ye ya yo act add age ago aid aim air ale all and any mac ape apt arc are ark arm art",
    "ash ask ate awe axe bad bag ban bar bat bay bed bee beg bet bid big bin bit bow box boy bra bud bug bun",
    "bus but buy bye cab can cap car cat cop cow cry cub cup cut dad day den dew did die dig dim dip doe dog",
    "dot dry due dug dye ear eat egg ego elf elk elm end era eve ewe eye fan far fat fax fed fee few fig fin",
    "fit fix flu fly fog for fox fry fun fur gap gas gay gem get gin god got gum gun gut guy gym had ham has",
    "hat hay hen her hey hid him hip his hit hog hop hot how hub hug hum hut ice icy ill ink inn its ivy jam",
    "jar jaw jet job jog joy jug key kid kin kit lab lad lap law lay leg let lid lie lip lit log lot low mad",
    "man map mat may men met mix mob mom mop mud mug mum nap net new nil nod nor not now nut oak oar oat odd",
    "off oil old one opt ore our out owe owl own pad pal pan pat paw pay pea peg pen pet pie pig pin pit ply",
    "pod pop pot pro pub pun put rag ran rap rat raw ray red rib rid rim rip rob rod rot row rub rug rum run",
    "sad sat saw say sea see set sew sex she shy sin sip sir sit six ski sky sly sob son sow soy spa spy sub",
    "sue sum sun tab tag tan tap tar tax tea ten the tie tin tip toe ton too top toy try tub tug two use van",
    "vet via vow wag war was wax way web wed wet who why wig win wit woe won wow yes yet you zip zoo",
)
_VOWELS = re.compile(r"[AEIOUY]+")
_ONSETS = listed(
    "B BL BR C CH CL CR D DR DW F FL FR G GL GN GR H J K KL KN KR KW SKW L M N P PH PL PR PS QU R RH S SC SCH",
    "SCR SH SHR SK SL SM SN SP SPH SPL SPR SQU ST STR SW T TH THR TR TW V W WH WR X Y Z",
)
_CODAS = listed(
    "B BB BS C CH CK CKS CS CT CTS D DD DDS DGE DS DTH F FF FFS FS FT FTS G GG GH GHT GHTS GS H K KS L LB LCH LD",
    "LDS LF LFS LK LKS LL LLS LM LMS LP LPS LS LSE LT LTS LVE M MB MBS MM MN MP MPS MPT MS N NCE NCH ND NDS",
    "NG NGS NGTH NK NKS NN NS NT NTH NTHS NTS P PP PS PT PTH PTS R RB RBS RC RCH RD RDS RF RFS RG RK RKS RL",
    "RLD RLDS RLS RM RMS RMTH RN RNS RP RPS RR RS RST RSTS RT RTH RTS RV RVE S STH LFTH SH SK SKS SM SMS SP SPS",
    "BT GN LC LN NC NX WD WT SS ST STS T TCH TH THS TS TT V W WK WL WLS WN WNS WS X XT Y Z ZZ GHTH PHS PH HL HN HNS",
)
# An interjection, or a word drawn out: BRRR, SHHH, SOOOO. Not IEEE and AAAS, which are names.
_DRAWN_OUT = re.compile(
    r"(?!(.)\1*$)(?:[A-Z]*([AEIOUH])\2{2}[A-Z]*|[A-Z]*[AEIOU]([SLRNMFZYWP])\3{2,})"
    r"|BRR+|S?SHH+|GRR+|H+MM+|UGHH*|PFF+T*|PSS+T|EWW+|TSK|BZZ+T?|A+RGH+"
)
_LONGEST_CLUSTER = 4  # consonants between two vowels: "construct"


def pronounceable(capitals: str) -> bool:
    """Whether English can pronounce the letters: each cluster of consonants can open, close or join syllables."""
    if not capitals.isascii():
        return True
    if len(capitals) > 40:
        return False
    clusters = _VOWELS.split(capitals.replace("QU", "KW"))
    if len(capitals) > 6 and len(clusters) > 2:
        return True
    if len(clusters) < 2:
        return False
    first, *middle, last = clusters
    if first and first not in _ONSETS:
        return False
    if last and last not in _CODAS:
        return False
    if any(len(vowels) > 3 for vowels in _VOWELS.findall(capitals)):
        return False
    return all(_joins(cluster) for cluster in middle)


def _joins(cluster: str) -> bool:
    """Whether a cluster between vowels can be split into the end of one syllable and the beginning of the next."""
    if len(cluster) > _LONGEST_CLUSTER:
        return False
    return any(
        (not cluster[:cut] or cluster[:cut] in _CODAS) and (not cluster[cut:] or cluster[cut:] in _ONSETS)
        for cut in range(len(cluster) + 1)
    )


def reads_as_word(capitals: str, shouted: bool) -> bool:
    """Whether a word in capitals is read as a word: an acronym, an emphasised word, or one that can be pronounced."""
    if capitals in ACRONYMS:
        return True
    if capitals in _NAMED or (capitals in _NAMED_UNLESS_SHOUTED and not shouted):
        return False
    if _DRAWN_OUT.fullmatch(capitals):
        return True
    if len(capitals) <= 3:
        return capitals.lower() in _SHORT_WORDS
    return pronounceable(capitals) or (shouted and _VOWELS.search(capitals) is not None)


def capitals(run: str, start: int = -1, end: int = -1, shouted: bool = False, ending: str = "") -> list[Piece]:
    """Return a run of capitals, with its ending ("'s", "s"), as words or letters."""
    if run == "OK":
        return [Piece("okay" + ending.lower(), "word", start, end)]
    if len(run) > 1 and reads_as_word(run, shouted):
        text = run.lower() if run in _NAMED_UNLESS_SHOUTED else run
        return [Piece(text + ending, "word", start, end, plain=True)]
    return [Piece(run + ending.lower(), "letters", start, end, plain=True)]
