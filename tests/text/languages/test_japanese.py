"""Japanese figures and counters, as a speaker from Tokyo reads them; "ー" stands for a long vowel."""

from __future__ import annotations

import pytest

from kokoro_demo.languages import LANGUAGES
from kokoro_demo.text import normalise
from kokoro_demo.text.languages.japanese import cardinal, day_of_month


@pytest.mark.parametrize(
    ("digits", "spoken"),
    [
        ("0", "ゼロ"),
        ("10", "じゅー"),
        ("24", "にじゅーよん"),
        ("300", "さんびゃく"),
        ("600", "ろっぴゃく"),
        ("1000", "せん"),
        ("3000", "さんぜん"),
        ("8888", "はっせんはっぴゃくはちじゅーはち"),
        ("10000", "いちまん"),
        ("10000000", "いっせんまん"),
        ("100000000", "いちおく"),
        ("1000000000000", "いっちょー"),
        ("007", "ゼロゼロなな"),
    ],
)
def test_numbers(digits: str, spoken: str) -> None:
    assert cardinal(digits) == spoken


def test_days_of_the_month_have_names() -> None:
    assert [day_of_month(day) for day in (1, 2, 8, 11, 14, 20)] == [
        "ついたち", "ふつか", "よーか", "じゅーいちにち", "じゅーよっか", "はつか"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("1本", "いっぽん"),
        ("3本", "さんぼん"),
        ("100本", "ひゃっぽん"),
        ("1000本", "せんぼん"),
        ("4分", "よんぷん"),
        ("10分", "じゅっぷん"),
        ("3杯", "さんばい"),
        ("8回", "はっかい"),
        ("6個", "ろっこ"),
        ("3階", "さんがい"),
        ("1キロ", "いちきろ"),
        ("10冊", "じゅっさつ"),
        ("1人", "ひとり"),
        ("4人", "よにん"),
        ("14人", "じゅーよにん"),
        ("20歳", "はたち"),
        ("9時", "くじ"),
        ("17時", "じゅーしちじ"),
        ("4月", "しがつ"),
        ("3つ", "みっつ"),
        ("3日間", "みっかかん"),
        ("1日間", "いちにちかん"),
        ("2024-03-05", "にせんにじゅーよねんさんがついつか"),
        ("14:30", "じゅーよじさんじゅっぷん"),
        ("¥1,200", "せんにひゃくえん"),
        ("$5", "ごどる"),
        ("1億2000万円", "いちおくにせんまんえん"),
        ("1000万", "いっせんまん"),
        ("3.14", "さんてんいちよん"),
        ("0.5%", "れーてんごぱーせんと"),
        ("-5℃", "まいなすごど"),
        ("5kg", "ごきろぐらむ"),
        ("1/2", "にぶんのいち"),
        ("10〜20人", "じゅーからにじゅーにん"),
        ("03-1234-5678", "ゼロさんのいちにーさんよんのごーろくななはち"),
        ("１２３", "ひゃくにじゅーさん"),
        ("午前0時15分", "午前れーじじゅーごふん"),
        ("1日2回", "いちにちにかい"),
        ("4月1日", "しがつついたち"),
        ("400日", "よんひゃくにち"),
        ("2位", "にい"),
        ("3敗", "さんぱい"),
        ("1人前", "いちにんまえ"),
        ("4万8千円", "よんまんはっせんえん"),
        ("7百人", "ななひゃくにん"),
        ("2億3千万", "におくさんぜんまん"),
        ("201号室", "にまるいちごーしつ"),
        ("新宿区2-8-1", "新宿区にのはちのいち"),
        ("〒160-0023", "ゆーびんばんごーいちろくゼロのゼロゼロにーさん"),
        ("4-2で勝った", "よんたいにで勝った"),
        ("三匹の子猫", "さんびきの子猫"),
        ("六本", "ろっぽん"),
        ("No.5", "なんばーご"),
        ("Wi-Fi", "わいふぁい"),
        ("www.tokyo.jpを見る", "wwwどっとtokyoどっとjpを見る"),
        ("a@b.comへ", "aあっとまーくbどっとcomへ"),
    ],
)
def test_digits_in_a_text(written: str, phonemes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kokoro_demo.languages.LANGUAGES", (*LANGUAGES, "ja"))
    assert normalise(written, "ja").spoken.replace(" ", "") == phonemes
