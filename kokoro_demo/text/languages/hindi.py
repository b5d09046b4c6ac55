"""Hindi, as read in India: lakh and crore, quarters of an hour, years by hundreds.

Numbers and ordinals in the spelling of the Central Hindi Directorate ("Devanagari lipi tatha Hindi vartani ka
manakikaran", sankhyavachak shabd).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kokoro_demo.text.languages.amounts import END
from kokoro_demo.text.languages.locale import NO_NOUN, Agreement, Amount, Gender, Locale, Magnitude, Noun
from kokoro_demo.text.languages.tables import read_tables
from kokoro_demo.text.patterns import listed

_TABLES = read_tables("hi")
_SMALL = (
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस "
    "इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस "
    "छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस "
    "उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ "
    "छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर "
    "उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे "
    "तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे"
).split()
_SCALES = (
    ("शंख", 10**17),
    ("पद्म", 10**15),
    ("नील", 10**13),
    ("खरब", 10**11),
    ("अरब", 10**9),
    ("करोड़", 10**7),
    ("लाख", 10**5),
    ("हज़ार", 1000),
)
_ORDINALS = {1: "पहल", 2: "दूसर", 3: "तीसर", 4: "चौथ", 6: "छठ"}  # stems, to which the vowel of the gender is added
_SANSKRIT = "प्रथम द्वितीय तृतीय चतुर्थ पंचम षष्ठम सप्तम अष्टम नवम दशम".split()
_VOWELS = re.compile("[ािीे]")
_MAGNITUDES = "लाख करोड़|हज़ार करोड़|हजार करोड़|हज़ार|हजार|लाख|करोड़|अरब|खरब|मिलियन|बिलियन|ट्रिलियन".split("|")


class Hindi(Locale):
    """How Hindi is read."""

    point, minus, plus, to, per = "दशमलव", "माइनस", "प्लस", "से", "प्रति"
    percent, per_mille, over, half, by = "प्रतिशत", "प्रति हज़ार", "बटा", "आधा", "गुणा"
    comma_is_decimal = False
    number_sign, or_word = "नंबर", "या"
    magnitudes = {word: Magnitude(word, word, links=False) for word in _MAGNITUDES}
    ordinal_pattern = re.compile(
        r"(?P<number>[1-9]\d{0,4})[- ]?(?P<end>(?<! )(?:व[ािीे][ंँ]?|ल[ािीे]|र[ािीे]|थ[ािीे]|ठ[ािीे]|st|nd|rd|th))" + END
    )
    phones = (
        (r"\+\d{1,3}[ -]?(?:\d{2,5}[ -]?){2,5}(?!\w)(?<=\d)", "digits"),
        (r"[6-9]\d{4}[ -]?\d{5}(?!\d|,\d)", "digits"),
        (r"0\d{2,4}[ -]\d{6,8}(?!\d)", "digits"),
        (r"1800[ -]\d{2,3}[ -]\d{3,4}(?:[ -]\d{2,4})?(?!\d)", "digits"),
    )
    code_before = listed("पिन कोड पिनकोड ओटीपी OTP PIN खाता")
    months = tuple("जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split())
    month_abbreviations = {
        short: number
        for number, shorts in enumerate(
            "जन|फरवरी फर फ़र|मार|अप्रै अप्रेल|मई|जून|जुल जुलै|अग|सित सितम्बर|अक्टू अक्तूबर|नव नवम्बर|दिस दिसम्बर".split("|"), 1
        )
        for short in shorts.split()
    }
    date_suffix = "को"
    date_prefixes = listed("दिनांक तारीख तारीख़ तिथि")
    clock_suffix = r"[aApP]\.? ?[mM]\.?|बजे"
    currencies = _TABLES.currencies
    units = _TABLES.units
    degrees = Noun("डिग्री", "डिग्री", "f")
    temperature_scales = {"C": "सेल्सियस", "F": "फ़ारेनहाइट"}
    abbreviations = _TABLES.abbreviations
    spelled = listed("usa uk tv dvd gps usb pc url ia ip bbc ai api pdf atm upi iit iim sms bjp ias ips")
    spells_capitals = True
    spoken = listed("nasa nato unesco unicef covid isro opec sim ram rom pan mi vi di")
    letter_names = listed("ए बी सी डी ई एफ एफ़ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू डब्लू एक्स वाई वाय ज़ेड जेड")
    signs = {
        "&": "और", "+": "जमा", "=": "बराबर", "@": "ऐट", "%": "प्रतिशत", "‰": "प्रति हज़ार", "±": "प्लस या माइनस",
        "×": "गुणा", "÷": "भागा", "≈": "लगभग", "≠": "बराबर नहीं", "≤": "से कम या बराबर", "≥": "से ज़्यादा या बराबर",
        "<": "से कम", ">": "से ज़्यादा", "°": "डिग्री", "§": "धारा", "©": "कॉपीराइट", "#": "हैश", "√": "वर्गमूल",
        "∞": "अनंत", "µ": "माइक्रो", "™": "", "®": "", "^": "घात", "²": "का वर्ग", "³": "का घन", "№": "नंबर",
    }  # fmt: skip
    address_signs = {
        ".": "डॉट", "/": "स्लैश", "-": "हाइफ़न", "_": "अंडरस्कोर", "@": "ऐट", ":": "कोलन", "?": "प्रश्नचिह्न",
        "=": "बराबर", "&": "ऐंड", "#": "हैश", "#tag": "हैशटैग", "%": "प्रतिशत", "+": "प्लस", "~": "टिल्ड",
    }  # fmt: skip
    spoken_endings = Locale.spoken_endings | listed("in")
    centuries = listed("सदी शताब्दी")
    century_gender: Gender = "f"
    parts_of_books = listed("अध्याय भाग खंड खण्ड अंक कक्षा चरण प्रकार स्तर पाठ सर्ग कांड अनुसूची परिशिष्ट टाइप फेज़")
    rulers = listed(
        "जॉर्ज लुई हेनरी एलिज़ाबेथ एलिजाबेथ चार्ल्स जेम्स एडवर्ड विलियम पॉल नेपोलियन रिचर्ड फ्रेडरिक पीटर कैथरीन चंद्रगुप्त पुलकेशिन",
        "राजराज राजेंद्र शाहजहाँ अकबर बहादुरशाह शाह कृष्णदेवराय निकोलस बेनेडिक्ट फिलिप मैरी विक्टोरिया रामसेस",
    )

    def cardinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        parts = []
        rest = number
        for name, value in _SCALES:
            count, rest = divmod(rest, value)
            if count:
                parts.append(f"{self.cardinal(count)} {name}")
        hundreds, rest = divmod(rest, 100)
        if hundreds:
            parts.append("सौ" if number == 100 else f"{_SMALL[hundreds]} सौ")
        if rest or not number:
            parts.append(_SMALL[rest])
        return " ".join(parts)

    def year(self, number: int) -> str:
        """Return a year; from 1100 to 1999 by hundreds, "nineteen hundred forty-seven"."""
        hundreds, rest = divmod(number, 100)
        if not 11 <= hundreds <= 19:
            return self.cardinal(number)
        return f"{_SMALL[hundreds]} सौ {_SMALL[rest] if rest else ''}".strip()

    def is_year(self, digits: str, before: str, after: str) -> bool:
        if len(digits) != 4 or not "1100" <= digits <= "1999":
            return False
        first, _, second = after.partition(" ")
        if before in ("सन्", "सन", "वर्ष", "साल", "ईस्वी") or first in ("में", "ई", "ईस्वी", "ईसवी"):
            return True
        if second.startswith("दशक"):
            return True
        return digits[3] != "0" and first in ("से", "तक", "के", "की", "का", "को")

    def decimals(self, digits: str) -> str:
        return self.one_by_one(digits)

    def ordinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        return self._ordinal(number, "वीं" if agreement.gender == "f" else "वाँ")

    def _ordinal(self, number: int, end: str) -> str:
        """end: the ending after the number, whose vowel shows the gender."""
        if number in _ORDINALS:
            vowel = _VOWELS.search(end)
            return _ORDINALS[number] + (vowel.group() if vowel else "ा")
        return self.cardinal(number) + (end if end.startswith("व") else "वाँ")

    def ordinal_of(self, number: int, end: str, following: str) -> str | None:
        if end[0] in "लरथठ" and number not in _ORDINALS:
            return None
        return self._ordinal(number, end)

    def gender_of(self, noun: str) -> Gender | None:
        return None

    def agreement(self, before: str, following: Callable[[], Sequence[str]], amount: Amount) -> Agreement:
        """Return whether a noun follows "half"; other Hindi numbers do not agree with anything."""
        return Agreement(noun=bool(amount.vulgar and following()))

    def fraction(self, numerator: int, denominator: int) -> str:
        if (numerator, denominator) == (1, 2):
            return "आधा"
        if denominator in (3, 4):
            return f"{self.cardinal(numerator)} {'तिहाई' if denominator == 3 else 'चौथाई'}"
        return f"{self.cardinal(numerator)} बटा {self.cardinal(denominator)}"

    def with_fraction(self, whole: int, numerator: int, denominator: int, agreement: Agreement = NO_NOUN) -> str:
        """Quarters and halves have words of their own: डेढ़, ढाई, साढ़े तीन, सवा चार, पौने पाँच."""
        if (numerator, denominator) == (1, 2):
            return {1: "डेढ़", 2: "ढाई"}.get(whole) or f"साढ़े {self.cardinal(whole)}"
        if (numerator, denominator) == (1, 4):
            return f"सवा {self.cardinal(whole)}"
        if (numerator, denominator) == (3, 4):
            return f"पौने {self.cardinal(whole + 1)}"
        return f"{self.cardinal(whole)} सही {self.fraction(numerator, denominator)}"

    def out_of(self, part: str, whole: str) -> str:
        return f"{whole} में से {part}"

    def clock(self, hour: int, minute: int, second: int | None, suffix: str, with_h: bool) -> str:
        spoken = []
        if suffix in ("am", "pm"):
            spoken.append(self._part_of_day(hour, suffix))
        if minute in (15, 30, 45) and suffix and not second and 1 <= hour <= 12:
            numerator, denominator = {15: (1, 4), 30: (1, 2), 45: (3, 4)}[minute]
            quarters = self.with_fraction(hour % 12 if minute == 45 else hour, numerator, denominator)
            spoken.append(f"{quarters} बजे")
        elif minute or second:
            spoken.append(f"{self.cardinal(hour)} बजकर {self.cardinal(minute)} मिनट")
            spoken += [f"{self.cardinal(second)} सेकंड"] if second else []
        else:
            spoken.append(f"{self.cardinal(hour)} बजे")
        return " ".join(spoken)

    @staticmethod
    def _part_of_day(hour: int, suffix: str) -> str:
        if suffix == "am":
            return "रात" if hour == 12 or hour < 4 else "सुबह"
        if hour == 12 or hour < 4:
            return "दोपहर"
        return "शाम" if hour < 8 else "रात"

    def with_parts(self, spoken: str, parts: Amount, name: Noun) -> str:
        return f"{spoken} {self.counted(parts, name)}"

    def range(self, low: str, high: str, rising: bool) -> str:
        return f"{low} {self.to} {high}" if rising else f"{low} {high}"

    def ruler(self, number: int, agreement: Agreement) -> str:
        """Sanskrit ordinals up to ten: जॉर्ज पंचम, but लुई चौदहवें."""
        return _SANSKRIT[number - 1] if number <= 10 else self._ordinal(number, "वें")


LOCALE = Hindi()
