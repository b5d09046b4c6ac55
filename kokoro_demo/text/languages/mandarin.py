"""Mandarin: numbers, dates, times, money and measures in hanzi; runs of hanzi stay whole for g2p to split into words.

Numbers follow GB/T 15835 and the Xiandai Hanyu Cidian: 两 counts, 二 is a number; 零 fills empty places.
"""

from __future__ import annotations

import re

from kokoro_demo.text.languages.addresses import Addresses
from kokoro_demo.text.patterns import HAN, LATIN, any_of, before
from kokoro_demo.text.rules import marks, punctuation, symbols, words
from kokoro_demo.text.rules.scripts import Script
from kokoro_demo.text.scanner import Piece, Rule, RuleResult, Scanner, word_rule

DIGITS = "零一二三四五六七八九"
_SCALES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_LONGEST = 16  # digits that are read as one number
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
# Before these, 2 is 两: measure words, and nouns that need none.
_COUNTS = re.compile(
    "个|位|本|只|条|张|件|次|天|岁|点|块|小时|公里|公斤|米|千|万|亿|辆|台|杯|瓶|碗|家|名|种|双|把|间|座|棵|朵|匹|头|"
    "首|部|封|份|支|枚|套|片|段|句|遍|趟|场|层|排|组|对|年(?!级|代|月|[0-9])|周|星期|分钟|秒|倍|斤|口|节|门|道|所|项|元|"
    "美元|欧元|英镑|人|克|吨|升|毫升|毫米|厘米|平方"
)
_UNITS = {
    "m2": "平方米", "km2": "平方公里", "cm2": "平方厘米", "m3": "立方米", "ha": "公顷", "kWh": "千瓦时", "V": "伏",
    "mAh": "毫安时", "dB": "分贝", "kcal": "千卡", "MHz": "兆赫兹", "GHz": "吉赫兹", "Mbps": "兆比特每秒",
    "Gbps": "吉比特每秒", "MB": "M B", "TB": "T B", "KB": "K B",
    "km/h": "公里每小时", "m/s": "米每秒", "km²": "平方公里", "m²": "平方米", "cm²": "平方厘米", "m³": "立方米",
    "km": "公里", "cm": "厘米", "mm": "毫米", "m": "米", "kg": "公斤", "mg": "毫克", "g": "克", "t": "吨", "ml": "毫升",
    "mL": "毫升", "L": "升", "l": "升", "°C": "摄氏度", "°F": "华氏度", "°": "度", "GB": "G B", "kW": "千瓦", "W": "瓦",
    "Hz": "赫兹", "min": "分钟", "h": "小时", "s": "秒",
}  # fmt: skip
_CURRENCIES = {
    "¥": "元",
    "$": "美元",
    "€": "欧元",
    "£": "英镑",
    "US$": "美元",
    "HK$": "港元",
    "NT$": "新台币",
    "RMB": "元",
}
_SIGNS = {
    "%": "百分号", "+": "加", "=": "等于", "×": "乘", "÷": "除以", "&": "和", "@": "艾特", "#": "井号", "<": "小于",
    ">": "大于", "°": "度", "~": "到", "±": "正负", "≈": "约等于", "≤": "小于等于", "≥": "大于等于", "¥": "元",
    "$": "美元", "€": "欧元", "£": "英镑", "²": "的平方", "³": "的立方",
}  # fmt: skip


def one_by_one(digits: str) -> str:
    """Return the digits, digit by digit."""
    return "".join(DIGITS[int(digit)] for digit in digits)


def cardinal(digits: str) -> str:
    """Return a whole number in hanzi, or digit by digit if it begins with a zero or has more than 16 digits."""
    if len(digits) > _LONGEST or (len(digits) > 1 and digits[0] == "0"):
        return one_by_one(digits)
    spoken = _in_hanzi(int(digits))
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def _in_hanzi(number: int) -> str:
    for scale, name in _SCALES:
        if number >= scale:
            high, low = divmod(number, scale)
            spoken = ("两" if high == 2 and scale >= 1000 else _in_hanzi(high)) + name
            return spoken + ("零" if 0 < low < scale // 10 else "") + (_in_hanzi(low) if low else "")
    return DIGITS[number]


def number(written: str) -> str:
    """Return a number that may have thousands commas and decimals."""
    whole, point, decimals = written.replace(",", "").partition(".")
    return cardinal(whole) + (f"点{one_by_one(decimals)}" if point else "")


def counted(written: str, noun: str) -> str:
    """Return a number before what it counts: 2个 is 两个."""
    spoken = number(written)
    if _COUNTS.match(noun):
        spoken = "两" if spoken == "二" else spoken
    return spoken


def _date(match: re.Match[str]) -> str | None:
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{one_by_one(year)}年{cardinal(str(month))}月{cardinal(str(day))}日"


def _time(match: re.Match[str]) -> str | None:
    hour, minute, second = match["hour"], match["minute"], match["second"]
    if int(hour) > 24 or int(minute) > 59:
        return None
    spoken = ("两" if int(hour) == 2 else cardinal(str(int(hour)))) + "点"
    if int(minute):
        spoken += ("零" if minute[0] == "0" else "") + cardinal(str(int(minute))) + "分"
    return spoken + (f"{cardinal(str(int(second)))}秒" if second else "")


def _range(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 4]
    percent = "百分之" if match["percent"] else ""
    return f"{percent}{counted(match['low'], after)}到{percent}{counted(match['high'], after)}"


def _years(match: re.Match[str]) -> str:
    """Read "1998-2003年"."""
    return f"{one_by_one(match['first'])}到{one_by_one(match['last'])}年"


def _money(match: re.Match[str]) -> str:
    sign, scale = match["sign"], match["scale"] or ""
    return counted(re.sub(r"\.00?\Z", "", match["number"]), scale or "元") + scale + _CURRENCIES[sign]


def _named(match: re.Match[str]) -> str | None:
    """Read a number that is a name: "302房间", "邮编100084", "拨打12306", "CA1234航班"."""
    if not (_NAMED_AFTER.match(match.string, match.end()) or before(match, _NAMED_BEFORE, 16)):
        return None
    return one_by_one(match.group())


def _famous_day(match: re.Match[str]) -> str:
    """Read "9·11", "5.1劳动节"."""
    return one_by_one(re.sub(r"\D", "", match.group()))


def _minus(match: re.Match[str]) -> str:
    """Read "10-3=7"."""
    return f"{number(match[1])}减{number(match[2])}"


def _page(match: re.Match[str]) -> str:
    """Read "p.25", "pp. 3-5"."""
    last = f"到{cardinal(match['last'])}" if match["last"] else ""
    return f"第{cardinal(match['first'])}{last}页"


def _percent(match: re.Match[str]) -> str:
    return f"百分之{'百' if match[1] == '100' else number(match[1])}"


def _plain(match: re.Match[str]) -> str:
    written, text = match.group(), match.string
    after = text[match.end() : match.end() + 4].lstrip()
    if after.startswith("年") and re.fullmatch(r"\d{4}", written) and not after.startswith("年前"):
        return one_by_one(written)
    if written.isdigit() and len(written) > 8 and not written.endswith("0000"):
        return one_by_one(written)
    ahead = text[max(0, match.start() - 1) : match.start()]
    if written == "2" and after.startswith("分") and not after.startswith("分之") and ahead not in ("点", "时"):
        return "两"  # marks or minutes
    return number(written) if ahead == "第" else counted(written, after)


_CURRENCY = "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True))
_MONEY = word_rule("money", rf"(?P<sign>{_CURRENCY}) ?(?P<number>{_NUMBER})(?P<scale>[万亿千百])?", _money)
_PHONE = (
    r"1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|0\d{2,3}[ -]\d{7,8}(?!\d)|[48]00[ -]?\d{3}[ -]?\d{4}(?!\d)"
    r"|(?:(?<=打)|(?<=拨)|(?<=拨打)|(?<=电话)|(?<=热线)|(?<=呼叫))(?:110|119|120|122)(?![\d:/年个元人米]|[.,]\d)"
    r"|(?:110|119|120|122)(?=报警|急救|火警|热线|电话|指挥|接警)"
)
# Words after and before a number that is a name.
_NAMED_AFTER = re.compile(r"(?:号?房间?|室|号楼|教室|宿舍|航班|路(?!米|程))")
_NAMED_BEFORE = re.compile(
    any_of(
        "邮编 邮政编码 编号 密码 验证码 学号 工号 账号 帐号 卡号 房号 尾号 单号 订单号 代码 编码 房间 拨打 热线 客服",
        "微信 QQ群? 号码 ID 车牌号?",
    )
    + r"(?:是|为|号|:|\s){0,2}[A-Za-z]{0,6}\Z"
    r"|(?<![A-Za-z])(?:[A-Z]{2}|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])\Z"
)
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))


class _AddressWords:
    """The words of Mandarin in addresses."""

    address_signs = {
        ".": "点", "/": "斜杠", "-": "杠", "_": "下划线", "@": "艾特", ":": "冒号", "?": "问号", "=": "等于", "&": "和",
        "#": "井号", "%": "百分号", "+": "加",
    }  # fmt: skip
    spoken_endings = frozenset("com org net info edu gov shop blog app".split())

    def whole(self, digits: str) -> str:
        """Return the digits, digit by digit."""
        return one_by_one(digits)


_ADDRESSES = Addresses(_AddressWords(), spaced=False).rules()

DIGIT_RULES = (
    *_ADDRESSES,
    word_rule("date", r"(?P<year>[12]\d{3})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)", _date),
    word_rule("phone", _PHONE, lambda match: one_by_one(re.sub(r"\D", "", match.group())).replace("一", "幺")),
    word_rule("time", r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])", _time),
    word_rule(
        "score",
        r"\d{1,3}:\d{1,3}(?![\d:])",
        lambda match: "比".join(cardinal(part) for part in match.group().split(":")),
    ),
    word_rule("date", r"(?P<first>[12]\d{3})年?(?:-|–|—|~)(?P<last>[12]\d{3})年", _years),
    word_rule(
        "date",
        r"\d{1,2}·\d{1,2}(?!\d)|\d{1,2}\.\d{1,2}(?=劳动节|国庆|儿童节|青年节|妇女节|事件|大促|购物)",
        _famous_day,
    ),
    word_rule("code", r"\d{3,20}(?!\d|[.,:/-]\d)", _named),
    word_rule("sum", rf"({_NUMBER})-({_NUMBER})(?=\s?(?:=|不?等于|大于|小于))", _minus),
    word_rule("number", r"\d\.\d(?=折)", lambda match: one_by_one(match.group().replace(".", ""))),
    word_rule(
        "range",
        rf"(?P<low>{_NUMBER})%?(?:-|–|—|~)(?P<high>{_NUMBER})(?P<percent>%)?(?![\d-]|[.,]\d)",
        _range,
    ),
    word_rule("percent", rf"({_NUMBER})%", _percent),
    word_rule("percent", rf"({_NUMBER})‰", lambda match: f"千分之{number(match[1])}"),
    word_rule(
        "fraction",
        r"(\d{1,3})/([1-9]\d{0,2})(?![\d/])",
        lambda match: f"{cardinal(match[2])}分之{cardinal(match[1])}",
    ),
    word_rule(
        "measure",
        rf"({_NUMBER}) ?({_UNIT})(?![A-Za-z²³])",
        lambda match: f"{counted(match[1], _UNITS[match[2]])} {_UNITS[match[2]]}",
    ),
    word_rule("number", _NUMBER, _plain),
)
_BELOW_ZERO = word_rule(
    "number", rf"(?<![\d)A-Za-z日月年时分点号])[-−](?={_NUMBER} ?(?:°|度(?!假)|摄氏))", lambda match: "负"
)
_NEGATIVE = word_rule("number", r"(?:(?<![\w)])|(?<=[是为到至于约达和]))[-−](?=\d)", lambda match: "负")
_UNTIL = word_rule(
    "range",
    r"(?<=:\d\d)[-–—~](?=\d)|(?<=[日月号点分时])[-–—~](?=\d)|(?<=周[一二三四五六日])[-–—~](?=周)",
    lambda match: "到",
)
_EACH = word_rule("per", r"(?<=[\u4e00-\u9fff])/(?=[月天年人次日周个件斤公小时平台本])", lambda match: "每")
_PAGE = word_rule("page", r"[Pp]{1,2}\.\s?(?P<first>\d{1,4})(?:-(?P<last>\d{1,4}))?(?!\d)", _page)
_SIGN = word_rule("sign", "[" + re.escape("".join(_SIGNS)) + "]", lambda match: _SIGNS[match.group()])
_ORDINAL = word_rule("ordinal", r"[Nn]o\.?\s?(?=\d)", lambda match: "第")
_MIDDLE_DOT = Rule("silent", re.compile("[·・]"), lambda match, context: RuleResult([], match.end()))
_HANZI = Rule(
    "word", re.compile(f"[{HAN}]+"), lambda match, context: RuleResult([Piece(match.group(), plain=True)], match.end())
)
_LATIN_WORD = Rule("word", re.compile(f"[{LATIN}]+(?:'[{LATIN}]+)*"), words.ENGLISH.read)
_SCRIPT = Script(LATIN + HAN)

SCANNER = Scanner(
    _SCRIPT,
    digit_rules=DIGIT_RULES,
    letter_rules=(_HANZI, _PAGE, _MONEY, *_ADDRESSES, _ORDINAL, _SCRIPT.rule, _LATIN_WORD),
    other_rules=(
        marks.MARK,
        _MONEY,
        _UNTIL,
        _BELOW_ZERO,
        _NEGATIVE,
        _EACH,
        _MIDDLE_DOT,
        *punctuation.RULES,
        _SIGN,
        symbols.SILENT,
    ),
)
