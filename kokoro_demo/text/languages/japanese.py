"""Japanese: numbers with counters, dates, times, money and measures in kana; g2p splits the rest into words.

Counters and their sound changes follow Martin, "A Reference Grammar of Japanese" (2004), 13.6, and the appendix on
numerals of the NHK accent dictionary.
"""

from __future__ import annotations

import re
from pathlib import Path

from kokoro_demo.text.languages.addresses import Addresses
from kokoro_demo.text.patterns import LATIN
from kokoro_demo.text.rules import marks, punctuation, symbols, words
from kokoro_demo.text.rules.scripts import Script
from kokoro_demo.text.scanner import Piece, Rule, RuleResult, Scanner, word_rule

KANA = "\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
JAPANESE = KANA + "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_DIGITS = "ゼロ いち に さん よん ご ろく なな はち きゅー".split()
_HUNDREDS = " ひゃく にひゃく さんびゃく よんひゃく ごひゃく ろっぴゃく ななひゃく はっぴゃく きゅーひゃく".split(" ")
_THOUSANDS = " せん にせん さんぜん よんせん ごせん ろくせん ななせん はっせん きゅーせん".split(" ")
_GROUPS = ("", "まん", "おく", "ちょー", "けー")
_SCALES = {"万": "まん", "億": "おく", "兆": "ちょー"}
_LONGEST = 20  # digits that are read as one number
_PHONE_DIGITS = "ゼロ いち にー さん よん ごー ろく なな はち きゅー".split()
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MONTHS = "いち に さん し ご ろく しち はち く じゅー じゅーいち じゅーに".split()
_DAYS = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "よーか",
    9: "ここのか", 10: "とーか", 14: "じゅーよっか", 17: "じゅーしちにち", 19: "じゅーくにち", 20: "はつか",
    24: "にじゅーよっか", 27: "にじゅーしちにち", 29: "にじゅーくにち",
}  # fmt: skip
_THINGS = " ひとつ ふたつ みっつ よっつ いつつ むっつ ななつ やっつ ここのつ とー".split(" ")


def _read_counters() -> dict[str, str]:
    lines = Path(__file__).with_name("japanese_counters.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


_COUNTERS = _read_counters()
_P_AFTER_SAN = frozenset(("分", "泊", "歩", "発", "分間", "敗", "編", "品"))
_AFTER_SAN = {"階": "がい", "軒": "げん", "足": "ぞく"}
_YO = frozenset(("年", "円", "人", "時", "時間", "年間", "年目", "人目", "年生", "畳"))
_VOICED = str.maketrans("はひふへほ", "ばびぶべぼ")
_PLOSIVE = str.maketrans("はひふへほ", "ぱぴぷぺぽ")
_UNITS = {
    "m2": "平方メートル", "km2": "平方キロメートル", "m3": "立方メートル", "cm2": "平方センチメートル",
    "Mbps": "メガビーピーエス", "Gbps": "ギガビーピーエス", "MB": "メガバイト", "TB": "テラバイト",
    "kWh": "キロワットアワー", "W": "ワット", "kW": "キロワット", "V": "ボルト", "Hz": "ヘルツ",
    "kcal": "キロカロリー", "ha": "ヘクタール", "°F": "度",
    "km/h": "キロメートル毎時", "km²": "平方キロメートル", "m²": "平方メートル", "m³": "立方メートル",
    "km": "キロメートル", "cm": "センチメートル", "mm": "ミリメートル", "m": "メートル", "kg": "キログラム",
    "mg": "ミリグラム", "g": "グラム", "t": "トン", "mL": "ミリリットル", "ml": "ミリリットル", "L": "リットル",
    "°C": "度", "°": "度", "GB": "ギガバイト", "%": "パーセント", "‰": "パーミル",
}  # fmt: skip
_CURRENCIES = {"¥": "円", "$": "ドル", "€": "ユーロ", "£": "ポンド"}
_SIGNS = {
    "%": "ぱーせんと", "+": "ぷらす", "=": "いこーる", "×": "かける", "÷": "わる", "&": "あんど", "@": "あっと",
    "#": "しゃーぷ", "<": "しょーなり", ">": "だいなり", "°": "ど", "~": "から", "±": "ぷらすまいなす",
    "¥": "えん", "$": "どる", "€": "ゆーろ", "£": "ぽんど", "/": "すらっしゅ", "〒": "ゆーびんばんごー",
}  # fmt: skip
_POWERS = {"十": 10, "百": 100, "千": 1000, "": 1, "万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


def one_by_one(digits: str) -> str:
    """Return the digits, digit by digit."""
    return "".join(_DIGITS[int(digit)] for digit in digits)


def cardinal(digits: str) -> str:
    """Return a whole number in kana, or digit by digit if it begins with a zero or has more than 20 digits."""
    if len(digits) > _LONGEST or (len(digits) > 1 and digits[0] == "0"):
        return one_by_one(digits)
    if not int(digits):
        return "ゼロ"
    spoken = ""
    padded = digits.zfill(-(-len(digits) // 4) * 4)
    groups = [padded[start : start + 4] for start in range(0, len(padded), 4)]
    for place, group in enumerate(groups, 1):
        scale = _GROUPS[len(groups) - place]
        if int(group):
            part = _below_ten_thousand(group)
            part = "いっせん" if part == "せん" and scale else part
            spoken += _joined(part, scale, "") if scale in ("ちょー", "けー") else part + scale
    return spoken


def _below_ten_thousand(group: str) -> str:
    thousands, hundreds, tens, ones = map(int, group)
    spoken = _THOUSANDS[thousands] + _HUNDREDS[hundreds]
    if tens:
        spoken += (_DIGITS[tens] if tens > 1 else "") + "じゅー"
    return spoken + (_DIGITS[ones] if ones else "")


def number(written: str) -> str:
    """Return a number that may have thousands commas and decimals."""
    whole, point, decimals = written.replace(",", "").partition(".")
    spoken = cardinal(whole)
    if not point:
        return spoken
    return _joined("れー" if spoken == "ゼロ" else spoken, "てん", "") + one_by_one(decimals).replace("ゼロ", "れー")


def _joined(number_: str, counter: str, written: str) -> str:
    """Join a number and its counter, with the sound changes between them: いち and ほん are いっぽん."""
    first = counter[:1]
    k, s, t, h, p = (first in row for row in ("かきくけこ", "さしすせそ", "たちつてと", "はひふへほ", "ぱぴぷぺぽ"))
    if not (k or s or t or h or p) or counter.startswith("へーほー"):  # 平方 keeps its sound
        return number_ + counter
    if h and number_.endswith("さん"):
        return number_ + counter.translate(_PLOSIVE if written in _P_AFTER_SAN else _VOICED)
    if h and number_.endswith(("よん", "せん", "まん")) and written in ("分", "分間"):
        return number_ + counter.translate(_PLOSIVE)
    if h and number_.endswith("せん"):
        return number_ + counter.translate(_VOICED)
    short = number_
    with_ku = (k or h) and number_.endswith(("ろく", "ひゃく", "びゃく", "ぴゃく"))
    if with_ku or number_.endswith("じゅー") or (number_.endswith(("いち", "はち")) and not counter.startswith("きろ")):
        short = number_[:-1] + "っ"
    if short != number_ and h:
        counter = counter.translate(_PLOSIVE)
    return short + counter


def counted(written: str, counter: str) -> str:
    """Return a number and its counter in kana: 3本 is さんぼん."""
    spoken = number(written)
    reading = _COUNTERS[counter]
    if "." in written:
        return spoken + reading
    value = int(written.replace(",", ""))
    if not value and counter in ("時", "分", "度", "点", "時間"):
        spoken = "れー"
    if counter == "号室" and len(written) > 2:
        return one_by_one(written).replace("ゼロ", "まる") + reading
    if counter == "人" and value in (1, 2):
        return ("ひとり", "ふたり")[value - 1]
    if counter in ("歳", "才") and value == 20:
        return "はたち"
    if counter in _AFTER_SAN and spoken.endswith("さん"):
        return spoken + _AFTER_SAN[counter]
    if counter in _YO and spoken.endswith("よん"):
        spoken = spoken[:-1]
    if counter in ("時", "時間") and value % 10 in (7, 9) and 0 < value < 30:
        spoken = spoken.removesuffix("なな").removesuffix("きゅー") + ("しち" if value % 10 == 7 else "く")
    return _joined(spoken, reading, counter)


def day_of_month(day: int) -> str:
    """Return the day of a month in kana."""
    return _DAYS.get(day) or cardinal(str(day)) + "にち"


def _date(match: re.Match[str]) -> str | None:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{counted(match['year'], '年')} {_MONTHS[month - 1]}がつ {day_of_month(day)}"


def _month(match: re.Match[str]) -> str | None:
    month = int(match[1])
    return _MONTHS[month - 1] + "がつ" if 1 <= month <= 12 else None


def _day(match: re.Match[str]) -> str | None:
    """Read a day of the month or a number of days; the two differ only for "1日"."""
    day = int(match[1])
    lasting = day == 1 and match.string[match.start() - 1 : match.start()] != "月"
    one_day = lasting and (match[2] or _FOR_A_DAY.match(match.string, match.end()))
    return ("いちにち" if one_day else day_of_month(day)) + ("かん" if match[2] else "")


_FOR_A_DAY = re.compile(r"\d|に[\d数何一二三]|あたり|当たり|中|目|分|おき|ごと|平均|で|も|休|働|以")


def _mixed(match: re.Match[str]) -> str | None:
    """Read "2万5千人", "3億5千万円"."""
    total = 0
    for part in _MIXED_PART.finditer(match["number"]):
        total += int(part[1].replace(",", "")) * _POWERS[part[2]] * _POWERS[part[3]]
    return counted(str(total), match["counter"]) if match["counter"] else cardinal(str(total))


_MIXED_PART = re.compile(r"(\d[\d,]*)([十百千]?)([万億兆]?)")


def _in_kanji(match: re.Match[str]) -> str | None:
    """Read "三本": a short number in kanji before a counter with sound changes."""
    value = last = 0
    for sign in match["number"]:
        if sign in _KANJI_DIGITS:
            last = _KANJI_DIGITS[sign]
        else:
            value, last = value + max(last, 1) * _POWERS[sign], 0
    return counted(str(value + last), match["counter"])


def _with_no(match: re.Match[str]) -> str:
    """Read the numbers of an address: "港区芝1-2-3"."""
    return " の ".join(cardinal(part) for part in match.group().split("-"))


def _against(match: re.Match[str]) -> str:
    """Read the score of "5-3で勝った"."""
    return f"{cardinal(match[1])} たい {cardinal(match[2])}"


def _slashed_day(match: re.Match[str]) -> str:
    """Read "9/15", "10/7まで": a month and a day."""
    return f"{_MONTHS[int(match['month']) - 1]}がつ {day_of_month(int(match['day']))}"


def _minus(match: re.Match[str]) -> str:
    """Read "10-3=7"."""
    return f"{number(match[1])} ひく {number(match[2])}"


def _time(match: re.Match[str]) -> str | None:
    hour, minute, second = match["hour"], match["minute"], match["second"]
    if int(hour) > 24:
        return None
    spoken = counted(str(int(hour)), "時")
    spoken += f" {counted(str(int(minute)), '分')}" if int(minute) else ""
    return spoken + (f" {counted(str(int(second)), '秒')}" if second else "")


def _phone(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match.group())
    return " の ".join("".join(_PHONE_DIGITS[int(digit)] for digit in group) for group in groups)


def _things(match: re.Match[str]) -> str | None:
    count = int(match[1])
    return _THINGS[count] + ("め" if match[2] else "") if 0 < count <= 10 else None


def _scaled(match: re.Match[str]) -> str:
    return _with_scale(match[1], match[2]) + (_COUNTERS[match[3]] if match[3] else "")


def _with_scale(written: str, scale: str) -> str:
    """Join a number and 万, 億 or 兆."""
    spoken = number(written)
    return _joined("いっせん" if spoken == "せん" else spoken, _SCALES[scale], "")


def _money(match: re.Match[str]) -> str:
    currency = _CURRENCIES[match["sign"]]
    if match["scale"]:
        return _with_scale(match["number"], match["scale"]) + _COUNTERS[currency]
    return counted(match["number"], currency)


_COUNTER = "|".join(sorted(_COUNTERS, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_MONEY = word_rule("money", rf"(?P<sign>[¥$€£]) ?(?P<number>{_NUMBER})(?P<scale>[万億兆])?", _money)


class _AddressWords:
    """The words of Japanese in addresses."""

    address_signs = {
        ".": "どっと", "/": "すらっしゅ", "-": "はいふん", "_": "あんだーばー", "@": "あっとまーく", ":": "ころん",
        "?": "はてな", "=": "いこーる", "&": "あんど", "#": "しゃーぷ", "%": "ぱーせんと", "+": "ぷらす",
    }  # fmt: skip
    spoken_endings = frozenset("com net info biz shop blog app".split())

    def whole(self, digits: str) -> str:
        """Return the digits, digit by digit."""
        return one_by_one(digits)


_ADDRESSES = Addresses(_AddressWords(), spaced=False).rules()
_CHANGING = "本匹杯泊軒足階冊"

DIGIT_RULES = (
    *_ADDRESSES,
    word_rule("date", r"(?P<year>[12]\d{3})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)", _date),
    word_rule(
        "score", r"(\d{1,3})-(\d{1,3})(?=で(?:勝|負|敗|引|下|破|逆|快|惜)|の(?:勝|スコア|引|完|大|接))", _against
    ),
    word_rule("phone", r"0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|0[789]0\d{8}(?!\d)|(?:110|119)番|\d{3}-\d{4}(?![\d-])", _phone),
    word_rule("address", r"[1-9]\d{0,3}(?:-\d{1,4}){2,3}(?![\d-])", _with_no),
    word_rule(
        "address",
        r"(?<=[\u4e00-\u9fff])(?<![月日年時分円人第約])\d{1,3}-\d{1,3}(?![\d-]|[年月日時分円人個%\u4e00-\u9fff])",
        _with_no,
    ),
    word_rule("time", r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])", _time),
    word_rule("date", r"(\d{1,2})月(?!間)", _month),
    word_rule("date", r"([1-9]|[12]\d|3[01])日(間)?", _day),
    word_rule("counter", r"(\d+)日(間)?", lambda match: cardinal(match[1]) + "にち" + ("かん" if match[2] else "")),
    word_rule(
        "date",
        r"(?P<month>1[0-2]|[1-9])/(?P<day>3[01]|2\d|1[3-9]|(?:(?<=[~—–]\d/)|(?<=[~—–]1\d/))(?:1[0-2]|[1-9])(?!\d)"
        r"|(?:1[0-2]|[1-9])(?=\s?(?:[~—–]\d|\([月火水木金土日祝]\)|から|まで|発売|開催|開始|締|公開|実施|頃|ごろ|以降)))(?![\d/])",
        _slashed_day,
    ),
    word_rule("sum", rf"({_NUMBER})-({_NUMBER})(?=\s?=)", _minus),
    word_rule("counter", rf"({_NUMBER})年(?=生ま)", lambda match: counted(match[1], "年")),
    word_rule(
        "fraction",
        r"(\d{1,3})/([1-9]\d{0,2})(?![\d/])",
        lambda match: f"{cardinal(match[2])}ぶんの {cardinal(match[1])}",
    ),
    word_rule("fraction", r"(\d{1,3})分の(\d{1,3})", lambda match: f"{cardinal(match[1])}ぶんの {cardinal(match[2])}"),
    word_rule("measure", rf"({_NUMBER}) ?({_UNIT})(?![A-Za-z²³])", lambda match: counted(match[1], _UNITS[match[2]])),
    word_rule("counter", r"(\d{1,2})つ(目)?", _things),
    word_rule(
        "number",
        rf"(?P<number>(?:\d[\d,]*(?:[十百千][万億兆]?|[万億兆](?=\d)))+(?:\d[\d,]*[万億兆]?)?)(?P<counter>{_COUNTER})?",
        _mixed,
    ),
    word_rule("number", rf"({_NUMBER})([万億兆])(円|人|ドル|年|個|本|台|件)?", _scaled),
    word_rule("counter", rf"({_NUMBER})({_COUNTER})", lambda match: counted(match[1], match[2])),
    word_rule("number", _NUMBER, lambda match: number(match.group())),
)
_RANGE = word_rule(
    "range",
    r"(?<=[\d年月日時分円人本個%])(?:~|—|–|-)(?=[$¥€£]?\d)|(?<=[月火水木金土])(?:~|—|–)(?=[火水木金土日])",
    lambda match: "から",
)
_NEGATIVE = word_rule("number", r"(?:(?<![\w)])|(?<=[はがをにのもで]))[-−](?=\d)", lambda match: "まいなす")
_EACH = word_rule("per", r"(?<=[円ドル])/(?=[月年])", lambda match: "まい")
_PAGE = word_rule("page", r"[Pp]{1,2}\.\s?(\d{1,4})(?![\d-])", lambda match: counted(match[1], "ページ"))
_SIGN = word_rule("sign", "[" + re.escape("".join(_SIGNS)) + "]", lambda match: _SIGNS[match.group()])
_KANJI_COUNTER = word_rule(
    "counter",
    rf"(?P<number>[一二三四五六七八九十百千]{{1,6}})(?P<counter>[{_CHANGING}])(?![\u4e00-\u9fff])",
    _in_kanji,
)
_NAMES = word_rule("word", r"Wi-?Fi|WiFi|wi-?fi", lambda match: "わいふぁい")
_ORDINAL = word_rule("ordinal", r"[Nn][Oo]\.?\s?(?=\d)", lambda match: "なんばー")
_MIDDLE_DOT = Rule("silent", re.compile("[・·]"), lambda match, context: RuleResult([], match.end()))
_RUN = Rule(
    "word",
    re.compile(
        rf"[{JAPANESE}]+?(?=(?<![\u4e00-\u9fff])[一二三四五六七八九十百千]{{1,6}}[{_CHANGING}](?![\u4e00-\u9fff]))|[{JAPANESE}]+"
    ),
    lambda match, context: RuleResult([Piece(match.group(), plain=True)], match.end()),
)
_LATIN_WORD = Rule("word", re.compile(f"[{LATIN}]+(?:'[{LATIN}]+)*"), words.ENGLISH.read)
_SCRIPT = Script(LATIN + JAPANESE)

SCANNER = Scanner(
    _SCRIPT,
    digit_rules=DIGIT_RULES,
    letter_rules=(_KANJI_COUNTER, _RUN, _PAGE, _NAMES, *_ADDRESSES, _ORDINAL, _SCRIPT.rule, _LATIN_WORD),
    other_rules=(marks.MARK, _MONEY, _RANGE, _NEGATIVE, _EACH, _MIDDLE_DOT, *punctuation.RULES, _SIGN, symbols.SILENT),
)
