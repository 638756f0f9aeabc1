from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.text.shadow import make_shadow

TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            *[
                "Hoà",
                "uỷ",
                "UỶ",
                "hoàn",
                "quý",
                "khoẻ",
                "Đ",
                "Ð",
                "a",
                "o",
                "u",
                "q",
                "9,6",
                "\u0300",
                "\u0323",
                "\u0302",
            ],
            *[
                " ",
                "\u00a0",
                "\t",
                "\n",
                "\r",
                "\r\n",
                "\u2028",
                "\u200b",
                "\u00ad",
                "\ufeff",
                "\ud800",
                "\x00",
            ],
            *[
                "–",
                "“",
                "”",
                "’",
                "&amp;",
                "&nbsp;",
                "&nbsp",
                "&#8211;",
                "&#x300;",
                "&shy;",
                "&",
                "#",
                ";",
                "…",
                ".",
            ],
            *["\u1112", "\u1161", "\u11ab", "\u212b", "\u0958", "\uff11"],
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("hoà hoá hoả hoã hoạ", "hòa hóa hỏa hõa họa"),
        ("khoè khoé khoẻ khoẽ khoẹ", "khòe khóe khỏe khõe khọe"),
        ("thuỳ thuý thuỷ thuỹ thuỵ", "thùy thúy thủy thũy thụy"),
        ("hòa khỏe thủy", "hòa khỏe thủy"),
        ("UỶ BAN, Uỷ ban, uỷ ban, uỶ", "ỦY BAN, Ủy ban, ủy ban, ủY"),
        ("HOÀ Hoà hOÀ", "HÒA Hòa hÒA"),
        ("hoàn khoản huỳnh ngoài hoạt thuyền khuỷu", "hoàn khoản huỳnh ngoài hoạt thuyền khuỷu"),
        ("quý quỳ quỷ QUÝ Quý", "quý quỳ quỷ QUÝ Quý"),
        ("Hoà-Bình hoà.", "Hòa-Bình hòa."),
        (unicodedata.normalize("NFD", "Uỷ ban huyện Thuỷ Nguyên"), "Ủy ban huyện Thủy Nguyên"),
        ("ê\u0323 o\u031b\u0301", "ệ ớ"),
        ("2015–2020 — −5 ‐ ‑ ‒ ―", "2015-2020 - -5 - - - -"),
        ("“NQ 45” „a‟ «b» ‘c’ ‚d‛", '"NQ 45" "a" "b" \'c\' \'d\''),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("a \u00a0\t b", "a b"),
        ("a\r\nb\rc\u2028d\x0be\x0cf\u2029g\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a \n b", "a\nb"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\n \n\t\n\nb", "a\n\nb"),
        ("Hải\u200bPhòng\u00ad \ufefflà\u202e", "HảiPhòng là"),
        ("A&amp;B &lt;5 &#8211; &#x2013; &nbsp; &quot;x&quot;", 'A&B <5 - - "x"'),
        ("5&nbsptỷ&nbsp đồng", "5&nbsptỷ đồng"),
        ("a&amp;nbsp;b &amp;amp; c", "a b & c"),
        ("9&nbspI\u0303", "9 Ĩ"),
        ("R&D, a&b; &khong; &", "R&D, a&b; &khong; &"),
        ("?a=1&lt=2", "?a=1&lt=2"),
        ("Ho&#224; &Agrave;", "Hòa À"),
        ("&#150; \x96", "- -"),
        ("a\x00b\x1fc\x7fd", "a b c d"),
        ("a\ud800b", "a\ufffdb"),
        ("Ðồng Ɖắk ðường", "Đồng Đắk đường"),
        ("１２，５％", "12,5%"),
        ("", ""),
    ],
)
def test_text(original: str, text: str) -> None:
    assert make_shadow(original).text == text


@pytest.mark.parametrize(
    ("original", "piece", "source"),
    [
        ("KCN  Hoà Phú", "Hòa Phú", "Hoà Phú"),
        ("a  b", " ", "  "),
        ("\u200bHải\u200b Phòng\u200b", "Hải", "Hải"),
        ("\u200bHải\u200b Phòng\u200b", "Phòng", "Phòng"),
        ("Hải\u200bPhòng", "HảiPhòng", "Hải\u200bPhòng"),
        ("A&amp;B", "&", "&amp;"),
        ("x&nbsp;&nbsp;9,6&nbsp;tỷ ", "9,6 tỷ", "9,6&nbsp;tỷ"),
        ("x&nbsp;&nbsp;9", " ", "&nbsp;&nbsp;"),
        ("xã Thu\u0309y", "Thủy", "Thu\u0309y"),
        ("a\r\n\r\nb", "b", "b"),
        ("a \n b", "\n", " \n "),
        ("ngày 1–2", "1-2", "1–2"),
    ],
)
def test_to_original(original: str, piece: str, source: str) -> None:
    shadow = make_shadow(original)
    start = shadow.text.index(piece)
    first, last = shadow.to_original(start, start + len(piece))
    assert original[first:last] == source


def test_empty_span_stays_empty() -> None:
    assert make_shadow("a  b").to_original(2, 2) == (3, 3)


@given(TEXTS)
def test_every_character_has_a_source(original: str) -> None:
    shadow = make_shadow(original)
    spans = [shadow.to_original(i, i + 1) for i in range(len(shadow.text))]
    assert all(0 <= start < end <= len(original) for start, end in spans)
    assert spans == sorted(spans)
    if spans:
        assert shadow.to_original(0, len(spans)) == (spans[0][0], spans[-1][1])


@given(TEXTS)
def test_source_gives_the_text_again(original: str) -> None:
    shadow = make_shadow(original)
    start, end = shadow.to_original(0, len(shadow.text))
    assert make_shadow(original[start:end]).text == shadow.text


@given(TEXTS)
@example("OÀ&#X300")
def test_shadow_of_a_shadow_is_itself(original: str) -> None:
    text = make_shadow(original).text
    assert make_shadow(text).text == text


@given(TEXTS)
def test_composed_and_decomposed_texts_have_one_shadow(original: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, original) for form in ("NFC", "NFD"))
    assert make_shadow(composed).text == make_shadow(decomposed).text


@given(TEXTS)
def test_shadow_holds_no_foreign_signs(original: str) -> None:
    text = make_shadow(original).text
    assert not any(char != "\n" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)
    assert not any(unicodedata.category(char) == "Zs" and char != " " for char in text)
    assert not any(run in text for run in ("  ", " \n", "\n ", "\n\n\n"))


@pytest.mark.parametrize(("name", "make"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty(name: str, make: Factory) -> None:
    shadow = make_shadow(make(3000))
    start, end = shadow.to_original(0, len(shadow.text))
    assert 0 <= start <= end <= len(shadow.original)
    assert make_shadow(shadow.text).text == shadow.text
