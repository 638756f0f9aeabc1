"""DATE mentions: their spans and the days that they cover."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.dates import FIRM, RELATIVE, find_dates
from viet_report_ie.mentions.dates_calendar import nearest_year, parse_number
from viet_report_ie.mentions.dates_grammar import DATED_NUMBER, load_rules
from viet_report_ie.mentions.mention import Interval
from viet_report_ie.text.article import read

WEDNESDAY = date(2021, 3, 10)

FIRM_LINES = [
    "[Sáng 19-7], đại hội khai mạc.",
    "Nghị quyết số 45-NQ/TW [ngày 24-1-2019] của Bộ Chính trị.",
    "Đến [hết năm 2020], tỉnh có 12 xã.",
    "Kế hoạch đến [năm 2030], tầm nhìn đến [năm 2045].",
    "Đại hội [nhiệm kỳ 2020- 2025] và [nhiệm kỳ 2015 - 2020].",
    "Trong [quý I/2021], [quý 3 năm 2020] và [cuối quý II/2020].",
    "Kết quả [6 tháng đầu năm 2019] và [9 tháng đầu năm].",
    "Từ [ngày 20/12/2015] đến [22/12/2016], từ [năm 2011] đến [hết năm 2014].",
    "Họp từ [ngày 9 đến 12/12], trong hai [ngày 26 và 27/04/2021], tuần từ [26 - 30/11/2018].",
    "Kỳ họp (từ [29 đến 31/5]) bàn nhân sự.",
    "Lao động nghỉ hưu từ [năm 2019], [2020], [2021] và [2022] trở đi.",
    "GDP [năm 2020] và [2021] lần lượt tăng 3% và 7%.",
    "Trong 3 năm [2014-2016] và các [năm 2017-2018].",
    "Vào [cuối tháng 9/2018], [hạ tuần tháng 6/2019], [đầu tháng 11] và [giữa năm 2012].",
    "Lúc 17h [ngày 29/4], đến 11h [trưa ngày 30/4], 0h00 [đêm 30/4].",
    "[Chiều nay 29/4], ngân hàng họp; [hôm 15/8] cũng họp.",
    "Chiều nay ([10-7]), kỳ họp bế mạc.",
    "Ông A (SN [1972]), quê Hải Dương, sinh [ngày 21 tháng 7 năm 1969].",
    "Kỳ thi quốc gia [2018] tại tỉnh.",
    "Có hiệu lực từ [1/9], trước [30/6], nghỉ lễ [30/4] và [1/5].",
    "Từ [7/2014 - 10/2017], từ [tháng 10-2010] đến [11-2015].",
    "Từ [tháng 3, 4-2017] có [tháng 7 và 8/2018].",
    "Năm tài chính: [năm tài chính 2020], [năm học 2020-2021], [giai đoạn 2016-2020].",
    "Vào [những năm 1960-1970], [thập niên 90], [đầu thế kỷ XX].",
    "[Thứ sáu, ngày 13/3/2020] họp.",
    "Nghỉ lễ [30/4] - [1/5], dịp [30-4] và [1-5]; quan hệ ([1950-2020]), cuối năm và [cuối 2018] - Ảnh: A.",
    "Từ 30-40 tuổi, mức án 2-5 năm, giai đoạn 1, hợp đồng số 2015-CF, trực 24/24.",
    "Thành lập [tháng 2 năm 2012], [tháng Tám], [ngày 2 tháng 9].",
    # Fractions, scores, codes, streets, counts and ordinals are no dates.
    "Đạt 2/3 số phiếu, 46/47 phiếu, tỷ lệ 1/2, đường 3/2.",
    "Nghị định số 52/2017 có 2015 hộ, hơn 2000 người, quốc lộ 1.",
    "Hạng mục 9/11 chuyên ngành; đội hình (4-4-2); từ 1-3-15.",
    "Cấp lần đầu [năm 2005], thay đổi lần thứ 2 [ngày 21/4/2016].",
    "Hai tháng ba lần, mỗi tháng một kỳ, 12 năm 8 tháng 1 ngày.",
    "Giải thưởng cao quý nhất; Cách mạng Tháng Mười; 5 ngày 3 đêm.",
    "Sáp nhập thứ hai, kỳ họp thứ năm, lần thứ tư.",
    "Năm 75 hộ nghèo, mỗi năm 300, chuyển sang năm mới, giữa năm và mười.",
]

VALUES = [
    ("ngày 24-1-2019", "2019-01-24", "2019-01-24"),
    ("2020-11-20", "2020-11-20", "2020-11-20"),
    ("20.11.2020", "2020-11-20", "2020-11-20"),
    ("20/11/20", "2020-11-20", "2020-11-20"),
    ("ngày mười lăm tháng tám năm hai nghìn không trăm mười chín", "2019-08-15", "2019-08-15"),
    ("ngày năm tháng năm năm hai nghìn lẻ năm", "2005-05-05", "2005-05-05"),
    ("ngày hai mốt tháng sáu năm một chín chín bảy", "1997-06-21", "1997-06-21"),
    ("mồng 3 tháng 3 năm 2015", "2015-03-03", "2015-03-03"),
    ("ngày 30 tháng 4 năm 75", "1975-04-30", "1975-04-30"),
    ("ngày 26 và 27/04/2021", "2021-04-26", "2021-04-27"),
    ("ngày 5-6 tháng 3 năm 2020", "2020-03-05", "2020-03-06"),
    ("ngày 5, 6, 7 tháng 3 năm 2020", "2020-03-05", "2020-03-07"),
    ("29/2/2020", "2020-02-29", "2020-02-29"),
    ("tháng 11/2019", "2019-11-01", "2019-11-30"),
    ("tháng năm năm 2020", "2020-05-01", "2020-05-31"),
    ("tháng 3, 4-2017", "2017-03-01", "2017-04-30"),
    ("7/2014 - 10/2017", "2014-07-01", "2017-10-31"),
    ("quý I/2019", "2019-01-01", "2019-03-31"),
    ("quý ba năm 2020", "2020-07-01", "2020-09-30"),
    ("quý 1 và quý 2 năm 2020", "2020-01-01", "2020-06-30"),
    ("Q3/2020", "2020-07-01", "2020-09-30"),
    ("6 tháng đầu năm 2019", "2019-01-01", "2019-06-30"),
    ("3 tháng cuối năm 2019", "2019-10-01", "2019-12-31"),
    ("ba quý đầu năm 2020", "2020-01-01", "2020-09-30"),
    ("nửa đầu năm 2019", "2019-01-01", "2019-06-30"),
    ("nửa cuối tháng 4/2021", "2021-04-16", "2021-04-30"),
    ("năm 2015", "2015-01-01", "2015-12-31"),
    ("năm hai không hai mốt", "2021-01-01", "2021-12-31"),
    ("nhiệm kỳ 2015-2020", "2015-01-01", "2020-12-31"),
    ("hết năm 2020", None, "2020-12-31"),
    ("hết quý II/2021", None, "2021-06-30"),
    ("thập niên 90", "1990-01-01", "1999-12-31"),
    ("thế kỷ XIX", "1801-01-01", "1900-12-31"),
    ("2/9/45", "1945-09-02", "1945-09-02"),
    ("20-11-20", "2020-11-20", "2020-11-20"),
    ("ngày 20.11.20", "2020-11-20", "2020-11-20"),
    ("ngày hăm lăm tháng mười hai năm 2020", "2020-12-25", "2020-12-25"),
    ("ba mươi tháng tư năm bảy lăm", "1975-04-30", "1975-04-30"),
    ("tháng năm năm chín mươi tám", "1998-05-01", "1998-05-31"),
    ("tháng một năm hai nghìn không trăm hai mốt", "2021-01-01", "2021-01-31"),
    ("tháng 4, 2020", "2020-04-01", "2020-04-30"),
    ("năm 75", "1975-01-01", "1975-12-31"),
    ("năm 938", "0938-01-01", "0938-12-31"),
    ("ngày đầu tiên của tháng 10 năm 2014", "2014-10-01", "2014-10-01"),
    ("ngày cuối cùng của năm 2020", "2020-12-31", "2020-12-31"),
    ("chủ nhật cuối cùng của tháng 3 năm 2014", "2014-03-30", "2014-03-30"),
    ("chủ nhật thứ hai của tháng 5/2021", "2021-05-09", "2021-05-09"),
]

ANCHORED = [
    ("sáng 19-7", "2021-07-19", "2021-07-19"),
    ("20 tháng 11", "2021-11-20", "2021-11-20"),
    ("ngày 30/12", "2020-12-30", "2020-12-30"),
    ("29/2", "2020-02-29", "2020-02-29"),
    ("tháng 12", "2021-12-01", "2021-12-31"),
    ("quý II", "2021-04-01", "2021-06-30"),
    ("6 tháng đầu năm", "2021-01-01", "2021-06-30"),
    ("tháng 3 năm ngoái", "2020-03-01", "2020-03-31"),
    ("hôm nay", "2021-03-10", "2021-03-10"),
    ("tối qua", "2021-03-09", "2021-03-09"),
    ("ngày kia", "2021-03-12", "2021-03-12"),
    ("tuần trước", "2021-03-01", "2021-03-07"),
    ("cuối tuần này", "2021-03-13", "2021-03-14"),
    ("tháng sau", "2021-04-01", "2021-04-30"),
    ("quý trước", "2020-10-01", "2020-12-31"),
    ("sang năm", "2022-01-01", "2022-12-31"),
    ("tháng 2 tới", "2022-02-01", "2022-02-28"),
    ("cách nay 3 năm", "2018-03-10", "2018-03-10"),
    ("sang tuần", "2021-03-15", "2021-03-21"),
    ("bữa qua", "2021-03-09", "2021-03-09"),
    ("mai", "2021-03-11", "2021-03-11"),
    ("ngày 5 tháng sau", "2021-04-05", "2021-04-05"),
    ("mùng 5 tháng trước", "2021-02-05", "2021-02-05"),
    ("ngày 15", "2021-03-15", "2021-03-15"),
    ("ngày 25", "2021-03-25", "2021-03-25"),
    ("hai mươi lăm năm trước", "1996-03-10", "1996-03-10"),
    ("một năm rưỡi trước", "2019-09-10", "2019-09-10"),
    ("nửa năm nữa", "2021-09-10", "2021-09-10"),
    ("thập kỷ trước", "2010-01-01", "2019-12-31"),
    ("thập niên qua", "2011-03-10", "2021-03-10"),
    ("thập kỷ tới", "2021-03-10", "2031-03-10"),
    ("thế kỷ trước", "1901-01-01", "2000-12-31"),
    ("CN tuần này", "2021-03-14", "2021-03-14"),
    ("thứ hai đầu tiên của tháng 3", "2021-03-01", "2021-03-01"),
    ("tuần đầu tiên của tháng sau", "2021-04-01", "2021-04-07"),
    ("năm ngoái", "2020-01-01", "2020-12-31"),
    ("thứ hai tuần sau", "2021-03-15", "2021-03-15"),
    ("thứ tư vừa rồi", "2021-03-03", "2021-03-03"),
    ("vào ngày thứ Sáu 5/3", "2021-03-05", "2021-03-05"),
    ("quốc khánh", "2021-09-02", "2021-09-02"),
    ("chủ nhật vừa qua", "2021-03-07", "2021-03-07"),
    ("thứ sáu", "2021-03-12", "2021-03-12"),
    ("5 năm qua", "2016-03-10", "2021-03-10"),
    ("2 tuần tới", "2021-03-10", "2021-03-24"),
    ("3 ngày trước", "2021-03-07", "2021-03-07"),
    ("một tháng nữa", "2021-04-10", "2021-04-10"),
    ("cách đây 3 năm", "2018-03-10", "2018-03-10"),
    ("từ đầu năm đến nay", "2021-01-01", "2021-03-10"),
    ("đến nay", None, "2021-03-10"),
    ("hiện nay", "2021-03-10", "2021-03-10"),
    ("lễ quốc khánh", "2021-09-02", "2021-09-02"),
    ("ngày Quốc tế Lao động 1/5", "2021-05-01", "2021-05-01"),
]

OPEN = [
    "mùng một tháng giêng", "tháng chạp", "rằm", "mùng 3 tết", "Tết Nguyên đán", "ngày 10 tháng 3 âm lịch",
    "nhiệm kỳ qua", "hằng năm", "cùng kỳ", "thời gian qua", "thế kỷ VII trước Công nguyên",
]  # fmt: skip

CONTEXT = [
    ("từ 6/6 đến 19/6/2018", ["2018-06-06", "2018-06-19"]),
    ("từ ngày ba đến ngày năm tháng tư năm 2020", ["2020-04-03", "2020-04-05"]),
    ("từ 21/12 đến 5/1/2019", ["2018-12-21", "2019-01-05"]),
    ("từ ngày 1 đến ngày 5 tháng 3 năm 2020", ["2020-03-01", "2020-03-05"]),
    ("từ tháng 1 đến tháng 3 năm 2020", ["2020-01-01", "2020-03-01"]),
    ("hôm nay (27/4/2019) họp", ["2019-04-27", "2019-04-27"]),
    ("6 tháng đầu năm 2019 tăng 5% so với cùng kỳ năm 2018", ["2019-01-01", "2018-01-01"]),
    ("Quý II/2019 tăng so với cùng kỳ năm trước", ["2019-04-01", "2018-04-01"]),
    ("Năm 2017 tăng hơn năm trước", ["2017-01-01", "2016-01-01"]),
    ("về quê từ năm 75, vào năm 938", ["1975-01-01", "0938-01-01"]),
]


def _intervals(text: str, published: date | None) -> list[Interval]:
    values = [mention.value for mention in find_dates(read(text), published)]
    return [value for value in values if isinstance(value, Interval)]


def _interval(start: str | None, end: str | None) -> Interval:
    return Interval((start and date.fromisoformat(start)) or None, (end and date.fromisoformat(end)) or None)


@pytest.mark.parametrize("line", FIRM_LINES)
def test_firm_spans(line: str) -> None:
    text = line.replace("[", "").replace("]", "")
    got, position = "", 0
    for mention in find_dates(read(text)):
        if mention.source == FIRM:
            got += text[position : mention.start] + "[" + text[mention.start : mention.end] + "]"
            position = mention.end
    assert got + text[position:] == line


@pytest.mark.parametrize(("text", "start", "end"), VALUES)
@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_a_full_date_needs_no_anchor(text: str, start: str | None, end: str, published: date | None) -> None:
    assert _intervals(text, published) == [_interval(start, end)]


@pytest.mark.parametrize(("text", "start", "end"), ANCHORED)
def test_anchored_by_the_day_of_publication(text: str, start: str | None, end: str) -> None:
    assert _intervals(text, WEDNESDAY) == [_interval(start, end)]


@pytest.mark.parametrize("text", [text for text, _, _ in ANCHORED])
def test_without_an_anchor_it_stays_open(text: str) -> None:
    assert _intervals(text, None) == [Interval()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("họp vào thứ hai", ["2021-03-15"]),
        ("họp tháng sáu vừa rồi", ["2020-06-01"]),
        ("đầu tháng 3 vừa rồi", ["2021-03-01"]),
        ("trực từ thứ hai đến thứ sáu", ["2021-03-15", "2021-03-19"]),
        ("đứng từ thứ hai lên thứ nhất, CN Hà Nội", []),
        ("cô Mai đi chợ, nửa thế kỷ trước", ["None"]),
        ("ngày 06 tháng 08năm 2020", ["None", "2020-01-01"]),
    ],
)
def test_anchored_in_a_line(text: str, wanted: list[str]) -> None:
    assert [str(interval.date_from) for interval in _intervals(text, WEDNESDAY)] == wanted


@pytest.mark.parametrize("text", OPEN)
def test_open_even_with_an_anchor(text: str) -> None:
    [mention] = find_dates(read(text), WEDNESDAY)
    assert (mention.start, mention.end, mention.value) == (
        0,
        len(text.removesuffix(" trước Công nguyên")),
        Interval(),
    )


@pytest.mark.parametrize(("text", "starts"), CONTEXT)
def test_completed_by_the_dates_around(text: str, starts: list[str]) -> None:
    assert [str(interval.date_from) for interval in _intervals(text, None)] == starts


@pytest.mark.parametrize(
    "text", ["năm ngoái", "hiện nay", "5 năm qua", "hằng năm", "cùng kỳ năm trước", "tuần tới"]
)
def test_relative_dates_are_marked(text: str) -> None:
    [mention] = find_dates(read(text))
    assert (mention.source, mention.score) == (RELATIVE, 0.5)


@pytest.mark.parametrize(
    "text", ["thực hiện tốt", "hiện đại hóa", "xuất hiện tại chợ", "nay mai gì", "31/4/2020"]
)
def test_no_date(text: str) -> None:
    assert [m for m in find_dates(read(text), WEDNESDAY) if m.source == FIRM or text != "nay mai gì"] == []


FAMILIES = [example for family in load_toml("dates").values() for example in family.get("examples", ())]


@pytest.mark.parametrize("example", FAMILIES)
def test_lexicon_examples(example: str) -> None:
    assert [(m.start, m.end) for m in find_dates(read(example), WEDNESDAY)] == [(0, len(example))]


UNITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _say(number: int) -> str:
    """Write a number below 100 in words."""
    ten, unit = divmod(number, 10)
    if ten == 0:
        return UNITS[unit]
    last = {1: "mốt" if ten > 1 else "một", 5: "lăm"}.get(unit, UNITS[unit])
    head = "mười" if ten == 1 else f"{UNITS[ten]} mươi"
    return head if unit == 0 else f"{head} {last}"


def _say_year(year: int) -> str:
    rest = year % 100
    tail = "" if rest == 0 else f" linh {_say(rest)}" if rest < 10 else f" {_say(rest)}"
    hundreds = year // 100 % 10
    middle = f" {UNITS[hundreds]} trăm" if hundreds or rest else ""
    return f"{UNITS[year // 1000]} nghìn{middle}{tail}"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_spoken_dates_read_back(day: date) -> None:
    text = f"ngày {_say(day.day)} tháng {_say(day.month)} năm {_say_year(day.year)}"
    assert _intervals(text, None) == [Interval(day, day)]


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0}/{1}/{2}", "ngày {0}-{1}-{2}", "{2}-{1:02}-{0:02}", "{0}.{1}.{2}"]),
)
def test_written_dates_read_back(day: date, form: str) -> None:
    assert _intervals(form.format(day.day, day.month, day.year), None) == [Interval(day, day)]


@given(st.integers(0, 99))
def test_numbers_read_back(number: int) -> None:
    assert parse_number(_say(number)) == number


@given(st.dates(date(2015, 1, 1), date(2026, 12, 31)), st.integers(-75, 75))
def test_a_near_day_has_its_own_year(anchor: date, gap: int) -> None:
    day = anchor + timedelta(gap)
    assert nearest_year(day.month, day.day, anchor) == day.year


PIECES = st.sampled_from(
    [
        "ngày ",
        "tháng ",
        "năm ",
        "quý ",
        "sáng ",
        "nay",
        "qua ",
        "trước ",
        "từ ",
        "đến ",
        "hết ",
        "12",
        "3",
        "2019",
        "/",
        "-",
        ".",
        ", ",
        " ",
        "một ",
        "hai ",
        "mùng ",
        "thứ ",
        "(",
        ")",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 1, 1))),
)
def test_spans_are_in_order_and_in_range(text: str, published: date | None) -> None:
    article = read(text)
    mentions = find_dates(article, published)
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    assert all(a <= b for a, b in pairwise(edges))
    assert all(0 <= m.start < m.end <= len(article.text) for m in mentions)
    for interval in (m.value for m in mentions):
        assert isinstance(interval, Interval)
        assert not (interval.date_from and interval.date_to) or interval.date_from <= interval.date_to


@pytest.mark.parametrize(("name", "make"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty_strings(name: str, make: Factory) -> None:
    article = read(make(20_000))
    assert all(mention.end <= len(article.text) for mention in find_dates(article, WEDNESDAY))


_AROUND_NUMBERS = [
    *("1", "29", "30", "12", "120", "2019", " ", ", ", "-", " - ", "/", " / ", ".", "%"),
    *(
        " tháng ",
        " quý ",
        " năm ",
        " ngày ",
        " tuần ",
        " thập kỷ",
        " nhiệm kỳ",
        " tết",
        " và ",
        ", và ",
        " đến ",
    ),
    *("đầu", "qua", "tới", "rưỡi ", "nửa ", " học sinh", "của ", "âm lịch"),
]


@given(st.lists(st.sampled_from(_AROUND_NUMBERS), max_size=8).map("".join))
def test_no_rule_matches_at_digits_that_are_passed_over(ahead: str) -> None:
    text = f"29{ahead}"
    assert DATED_NUMBER.match(text) or not any(rule.pattern.match(text) for rule in load_rules()["0"])
