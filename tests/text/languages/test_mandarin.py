"""Mandarin figures, as a speaker from Beijing reads them out."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise
from kokoro_demo.text.languages.mandarin import cardinal

pytest.importorskip("jieba")
pytest.importorskip("pypinyin")


@pytest.mark.parametrize(
    ("digits", "spoken"),
    [
        ("0", "零"),
        ("10", "十"),
        ("12", "十二"),
        ("20", "二十"),
        ("105", "一百零五"),
        ("110", "一百一十"),
        ("200", "二百"),
        ("1001", "一千零一"),
        ("1010", "一千零一十"),
        ("2000", "两千"),
        ("10005", "一万零五"),
        ("20000", "两万"),
        ("100000", "十万"),
        ("1050000", "一百零五万"),
        ("100000001", "一亿零一"),
        ("1200000000000", "一万两千亿"),
        ("007", "零零七"),
        ("9" * 17, "九" * 17),
    ],
)
def test_numbers(digits: str, spoken: str) -> None:
    assert cardinal(digits) == spoken


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("2024年3月5日", "二零二四年三月五日"),
        ("2024-03-05", "二零二四年三月五日"),
        ("3年", "三年"),
        ("2年", "两年"),
        ("2年级", "二年级"),
        ("2个人", "两个人"),
        ("第2名", "第二名"),
        ("2月2日", "二月二日"),
        ("12个", "十二个"),
        ("下午2:30", "下午两点三十分"),
        ("3:05", "三点零五分"),
        ("9:00", "九点"),
        ("比分3:2", "比分三比二"),
        ("25.5%", "百分之二十五点五"),
        ("10%-20%", "百分之十到百分之二十"),
        ("10~20个", "十到二十个"),
        ("1/2", "二分之一"),
        ("3.14", "三点一四"),
        ("1,234.5", "一千二百三十四点五"),
        ("-5℃", "负五摄氏度"),
        ("100km²", "一百平方公里"),
        ("2kg", "两公斤"),
        ("¥12.50", "十二点五零元"),
        ("$2万", "两万美元"),
        ("￥99", "九十九元"),
        ("13812345678", "幺三八幺二三四五六七八"),
        ("打110。", "打幺幺零。"),
        ("110个", "一百一十个"),
        ("１２３", "一百二十三"),
        ("A&B", "A和B"),
    ],
)
def test_figures_in_a_text(written: str, phonemes: str) -> None:
    assert normalise(written, "zh").spoken.replace(" ", "").replace(".", "。") == phonemes
