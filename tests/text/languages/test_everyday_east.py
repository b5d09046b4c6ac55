"""Everyday writing in Mandarin and Japanese: kinds that were once read wrong."""

from __future__ import annotations

import pytest

from kokoro_demo.languages import LANGUAGES
from kokoro_demo.text import normalise

MANDARIN = [
    ("今天-3°C，昨天5°C。", "今天 负 三 摄氏度, 昨天 五 摄氏度."),
    ("结果是-8。", "结果是 负 八."),
    ("打6.5折", "打 六五 折"),
    ("得2分，三分之二", "得 两 分, 三分之二"),
    ("120㎡", "一百二十 平方米"),
    ("800元/月", "八百 元 每 月"),
    ("5月1日-5月3日", "五 月 一 日 到 五 月 三 日"),
    ("8:30-17:30", "八点三十分 到 十七点三十分"),
    ("周一-周五", "周一 到 周五"),
    ("9-4=5", "九减四 等于 五"),
    ("见p.12", "见 第十二页"),
    ("密码是xyz789。", "密码是 xyz 七八九."),
    ("网速50Mbps", "网速 五十 兆比特每秒"),
    ("x²", "x 的平方"),
    ("3-5个", "三到五 个"),
]
JAPANESE = [
    ("今朝は-3℃だ", "今朝は まいなす さんど だ"),
    ("120㎡", "ひゃくにじゅーへーほーめーとる"),
    ("8/1〜8/5", "はちがつ ついたち から はちがつ いつか"),
    ("12/25発売", "じゅーにがつ にじゅーごにち 発売"),
    ("2/3の人", "さんぶんの に の人"),
    ("1985年生まれ", "せんきゅーひゃくはちじゅーごねん 生まれ"),
    ("3年生", "さんねんせー"),
    ("火〜金", "火 から 金"),
    ("$5〜$8", "ごどる から はちどる"),
    ("9-4=5", "きゅー ひく よん いこーる ご"),
    ("p.12", "じゅーにぺーじ"),
]


@pytest.mark.parametrize(("written", "spoken"), MANDARIN)
def test_mandarin(written: str, spoken: str) -> None:
    if "zh" not in LANGUAGES:
        pytest.skip("needs requirements-languages.txt")
    assert normalise(written, "zh").spoken == spoken


@pytest.mark.parametrize(("written", "spoken"), JAPANESE)
def test_japanese(written: str, spoken: str) -> None:
    if "ja" not in LANGUAGES:
        pytest.skip("needs requirements-languages.txt")
    assert normalise(written, "ja").spoken == spoken
