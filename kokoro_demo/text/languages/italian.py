"""Italian.

Numbers written as one word, their accents and short forms after Treccani ("numerali", "uno") and the Accademia della
Crusca; abbreviations after Treccani; times as the Crusca's language service reads them.
"""

from __future__ import annotations

import re

from kokoro_demo.text.languages.locale import NO_NOUN, Agreement, Amount, Gender, Locale, Magnitude, Noun
from kokoro_demo.text.languages.tables import read_tables
from kokoro_demo.text.patterns import listed

_TABLES = read_tables("it")
_SMALL = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove"
).split()
_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split()
_SCALES = (
    ("milione", "milioni"),
    ("miliardo", "miliardi"),
    ("bilione", "bilioni"),
    ("biliardo", "biliardi"),
    ("trilione", "trilioni"),
    ("triliardo", "triliardi"),
    ("quadrilione", "quadrilioni"),
)
_ORDINALS = "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo".split()
_MILLION = Magnitude("milione", "milioni")
_BILLION = Magnitude("miliardo", "miliardi")
_FEMININE_ENDING = re.compile(r"(?:a|ione|ioni|tà|tù|trice|trici|udine|udini|igine|agine|agini|igini|si|ie|he)\Z")
_MASCULINE_ENDING = re.compile(
    r"(?:o|ore|ori|iere|ieri|ale|ali|ente|enti|ante|anti|one|oni|ema|emi|[bcdfglmnprstvz])\Z"
)
# "uno studente", "uno zaino", "uno psicologo", "uno yogurt": the article before these sounds (Treccani, "uno").
_LONG_ARTICLE = re.compile(r"s[bcdfghklmnpqrtvz]|[xyz]|gn|ps|pn|i[aeou]")
_VOWEL = re.compile(r"h?[aeiouàèéìòù]")


class Italian(Locale):
    """How Italian is read."""

    point, minus, plus, to, per = "virgola", "meno", "più", "a", "per"
    metre_joiner = "e"
    percent, per_mille, over, half, by = "per cento", "per mille", "su", "mezzo", "per"
    link = "di"
    number_sign, or_word = "numero", "o"
    elisions = (
        "[LlDd]|[Uu]n|[Dd]ell|[Aa]ll|[Nn]ell|[Dd]all|[Ss]ull|[Cc]oll|[Qq]uell|[Qq]uest|[Ss]ant|[Gg]l|[Cc]|[Mm]ezz"
    )
    magnitudes = {
        "milione": _MILLION,
        "milioni": _MILLION,
        "mln": _MILLION,
        "mln.": _MILLION,
        "M": _MILLION,
        "miliardo": _BILLION,
        "miliardi": _BILLION,
        "mld": _BILLION,
        "mld.": _BILLION,
        "mrd": _BILLION,
        "bilione": Magnitude("bilione", "bilioni"),
        "bilioni": Magnitude("bilione", "bilioni"),
        "mila": Magnitude("mille", "mila", links=False),
        "k": Magnitude("mille", "mila", links=False),
    }
    ordinal_pattern = re.compile(
        r"(?P<number>[1-9]\d{0,3})(?P<end>\.?[ºª](?! ?[CF]\b)|°(?= ?[a-zàèéìòù]{3}| al )|[oa](?![\w']))"
    )
    numeral_end = r"(?P<end>[°ºª])"
    phones = (
        (r"\+\d{1,3}[ .-]?(?:\d{2,7}[ .-]?){1,5}(?!\w)(?<=\d)", "digits"),
        (r"3\d\d[ ./-]?\d{3}[ .-]?\d{3,4}(?![.,]?\d| ?[€$%])", "digits"),
        (r"0\d{1,3}[ /-]\d{5,8}(?!\d)", "digits"),
        (r"0\d{1,3}(?:[ -]\d{2,4}){2,4}(?!\d)", "digits"),
        (r"800 ?\d{3} ?\d{3}(?![.,]?\d| ?[€$%])", "digits"),
    )
    function_words = listed(
        "a ad al all alla alle ai agli allo c che chi ci come con contro cui da dal dall dalla dalle dai dagli dallo",
        "degli dei del dell della delle dello dentro di do dopo dove durante e ed era erano fa fino fra furono ha",
        "hanno i il in invece la le lo ma mentre ne né nel nell nella nelle nei negli nello non o ogni oppure per però",
        "perché più poi presso prima quando quasi se sei si sia sino solo sono sotto su sua sue sul sull sulla sulle",
        "davanti sui suo suoi tra un una uno verso è circa quindi anche l d",
    )
    feminine_before = listed("la le alla alle")
    months = tuple(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
    )
    month_abbreviations = {
        short: number
        for number, shorts in enumerate(
            "gen genn|feb febbr|mar|apr|mag magg|giu|lug|ago ag|set sett|ott|nov|dic".split("|"), 1
        )
        for short in shorts.split()
    }
    code_before = listed("pin otp cap codice password cod")
    designators = listed(
        "sala aula posto porta uscita binario linea autobus stanza camera appartamento interno scala fila piano",
        "gruppo classe edificio ufficio vitamina epatite",
    )
    date_prefixes = listed(
        "lun mar mer gio ven sab dom il l' dell' all' dall' nell' dal al del entro giorno",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    )
    clock_suffix = r"[ap]\.? ?m\.?|h"
    clock_point_before = listed("ore alle dalle le delle ora dopo")
    currencies = _TABLES.currencies
    units = _TABLES.units
    degrees = Noun("grado", "gradi")
    temperature_scales = {"C": "Celsius", "F": "Fahrenheit"}
    abbreviations = _TABLES.abbreviations
    spelled = listed(
        "ue usa pdf adn cd dvd gps usb pa url ia ip tv pc bbc fbi cia gb wc sms html http https ssn dpcm cnr pd pdl",
        "ddl tfr rsa dj btp utc mps pmi srl spa dna rna",
    )
    spoken = listed("mi vi di mila ci")
    signs = {
        "&": "e", "+": "più", "=": "uguale", "@": "chiocciola", "%": "per cento", "‰": "per mille",
        "±": "più o meno", "×": "per", "÷": "diviso", "≈": "circa", "≠": "diverso da", "≤": "minore o uguale a",
        "≥": "maggiore o uguale a", "<": "minore di", ">": "maggiore di", "°": "gradi", "§": "paragrafo",
        "©": "copyright", "#": "cancelletto", "√": "radice quadrata di", "∞": "infinito", "µ": "micro", "™": "",
        "®": "", "^": "elevato a", "²": "al quadrato", "³": "al cubo", "º": "", "ª": "", "№": "numero",
    }  # fmt: skip
    address_signs = {
        ".": "punto", "/": "barra", "-": "trattino", "_": "trattino basso", "@": "chiocciola", ":": "due punti",
        "?": "punto interrogativo", "=": "uguale", "&": "e commerciale", "#": "cancelletto", "#tag": "hashtag",
        "%": "per cento", "+": "più", "~": "tilde",
    }  # fmt: skip
    spoken_endings = Locale.spoken_endings | listed("it")
    centuries = listed("secolo secoli sec secc")
    parts_of_books = listed(
        "capitolo capitoli cap tomo volume vol libro parte atto scena titolo articolo art canto allegato fase livello",
        "tipo classe grado tabella figura tavola categoria sezione gruppo tema unità",
    )
    rulers = listed(
        "vittorio emanuele umberto carlo luigi enrico filippo elisabetta caterina maria anna giovanni paolo benedetto",
        "pio clemente gregorio innocenzo urbano bonifacio sisto giulio leone alessandro nicola niccolò guglielmo",
        "giorgio edoardo riccardo giacomo federico leopoldo baldovino alberto costantino teodosio tolomeo ramsete",
        "dario serse cleopatra napoleone francesco ferdinando alfonso amedeo cosimo pietro ottone corrado manfredi",
        "ludovico martino eugenio celestino callisto adriano onorio paolo cristina margherita isabella felipe",
    )
    queens = listed("elisabetta caterina maria anna cleopatra cristina margherita isabella")
    numbered = listed(
        "guerra congresso edizione festival premio giochi olimpiade olimpiadi anniversario giornata settimana",
        "trimestre trim quadrimestre semestre",
        "concorso incontro convegno vertice assemblea repubblica internazionale dinastia legislatura millennio",
        "concilio conferenza torneo coppa maratona ciclo campionato mostra biennale reich armata crociata municipio",
        "circoscrizione legione battaglione reggimento divisione commissione sezione",
    )

    def price_per(self, noun: str) -> str:
        if noun in ("persona", "notte", "testa", "pezzo"):
            return "a"
        if noun[:1] in "aeiouh":
            return "all'"
        return "alla" if noun.endswith("a") else "al"

    def cardinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if number == 0:
            return "zero"
        if number == 1:
            return self._one(agreement)
        parts = []
        for index in range(len(_SCALES), 0, -1):
            count, number = divmod(number, 1000 ** (index + 1))
            if count:
                singular, many = _SCALES[index - 1]
                parts.append(f"un {singular}" if count == 1 else f"{self._below_thousand(count)} {many}")
        thousands, rest = divmod(number, 1000)
        spoken = "" if not thousands else "mille" if thousands == 1 else f"{self._below_thousand(thousands)}mila"
        spoken += self._below_thousand(rest)
        spoken = re.sub(r"(?<=.)tre\Z", "tré", spoken)
        return " ".join([*parts, spoken] if spoken else parts)

    @staticmethod
    def _one(agreement: Agreement) -> str:
        """Return "one" as in "un libro", "uno studente", "una casa", "un'ora"; no space follows the apostrophe."""
        feminine = agreement.gender == "f"
        if not agreement.noun:
            return "una" if feminine else "uno"
        if feminine:
            return "un'" if _VOWEL.match(agreement.following) else "una"
        return "uno" if _LONG_ARTICLE.match(agreement.following) else "un"

    @staticmethod
    def _below_thousand(number: int) -> str:
        hundreds, rest = divmod(number, 100)
        spoken = "" if not hundreds else "cento" if hundreds == 1 else f"{_SMALL[hundreds]}cento"
        if rest >= 80 and rest < 90:  # "centottanta" (Treccani)
            spoken = spoken.removesuffix("o")
        if 0 < rest < 20:
            return spoken + _SMALL[rest]
        if rest:
            tens, units = _TENS[rest // 10 - 2], rest % 10
            return spoken + (tens[:-1] if units in (1, 8) else tens) + (_SMALL[units] if units else "")
        return spoken

    def counted(self, amount: Amount, noun: Noun) -> str:
        return super().counted(amount, noun).replace("un' ", "un'")

    def ordinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if 0 < number <= 10:
            spoken = _ORDINALS[number - 1]
        else:
            spoken = self.cardinal(number).replace(" ", "").replace("tré", "tree")
            stem = spoken if spoken.endswith("sei") else re.sub("mil$", "mill", spoken[:-1])
            spoken = f"{stem}esimo"
        return re.sub("o$", "a", spoken) if agreement.gender == "f" else spoken

    def ordinal_of(self, number: int, end: str, following: str) -> str | None:
        if end == "°":
            first = number == 1 and following in ("al", "alla")  # "dal 1° al 15"
            if following.partition("'")[0] in self.function_words and not first:  # "90° all'ombra" are degrees
                return None
            return self.ordinal(number, Agreement(self.gender_of(following) or "m"))
        return self.ordinal(number, Agreement("f" if end in "ªa" else "m"))

    def gender_of(self, noun: str) -> Gender | None:
        if noun in _TABLES.feminine:
            return "f"
        if noun in _TABLES.masculine:
            return "m"
        if _FEMININE_ENDING.search(noun):
            return "f"
        return "m" if _MASCULINE_ENDING.search(noun) else None

    def is_plural(self, noun: str) -> bool:
        return noun[-1] in "eiaàùo"

    def day(self, number: int) -> str:
        return "primo" if number == 1 else self.cardinal(number)

    def fraction(self, numerator: int, denominator: int) -> str:
        part = "mezzo" if denominator == 2 else self.ordinal(denominator)
        return f"un {part}" if numerator == 1 else f"{self.cardinal(numerator)} {part[:-1]}i"

    def clock(self, hour: int, minute: int, second: int | None, suffix: str, with_h: bool) -> str:
        spoken = ["una" if hour == 1 else self.cardinal(hour)]
        if minute:
            spoken.append(f"e {self.cardinal(minute)}")
        if second:
            spoken.append(f"e {self.counted(Amount(str(second)), Noun('secondo', 'secondi'))}")
        if suffix == "am":
            spoken.append("di mattina")
        elif suffix == "pm":
            spoken.append("di pomeriggio" if hour < 6 or hour == 12 else "di sera")
        return " ".join(spoken)

    def with_parts(self, spoken: str, parts: Amount, name: Noun) -> str:
        return f"{spoken} e {self.counted(parts, name)}"

    def range(self, low: str, high: str, rising: bool) -> str:
        """Return a rising range without a joining word, "dieci venti chili", and a score with "a"."""
        return f"{low} {high}" if rising else f"{low} {self.to} {high}"

    def part_of_book(self, number: int, agreement: Agreement) -> str:
        return self.ordinal(number, agreement)


LOCALE = Italian()
