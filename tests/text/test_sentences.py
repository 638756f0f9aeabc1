from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.lexicon import load_toml
from viet_report_ie.text.sentences import split_sentences
from viet_report_ie.text.shadow import make_shadow

EXAMPLES = [example for family in load_toml("abbreviations").values() for example in family["examples"]]

# `|` ends a sentence: a space is left out after it, unless a line end or `~` (nothing at all) follows.
SENTENCES = [
    # plain
    "Thu ngân sách đạt 9,6 tỷ đồng.|Chi ngân sách giảm.",
    "Một câu không có dấu chấm",
    "Làm thế nào?|Hãy hành động ngay!|Đó là câu trả lời.",
    "Nhiệm vụ gồm: thu ngân sách; chi ngân sách; đầu tư.",
    # numbers and dates
    "Giá 100.000 đồng ngày 19.7.2020.|Năm 2021 giá tăng 9.5%.",
    "Đến hết năm 2020.|15 dự án khởi công.",
    "Theo Nghị định 98.2014 thì khác.",
    # abbreviations
    "UBND TP.HCM và TP. Cần Thơ họp.",
    "Tp. Hồ Chí Minh và Tp.Đà Nẵng cùng TX. Sơn Tây phát triển.",
    "PGS.TS. Lê Minh và ThS.Hà Thu phát biểu.",
    "Nhà ở Q.1, Q. Bình Thạnh và P. 5 tăng giá.",
    "Đ/c. Nam đến dự v.v.|Sau đó, đoàn ra về.",
    "Đó là việc của cả TP.|Theo đó, các quận vào cuộc.",
    # initials
    "Ông J. Smith gặp bà A. B. Nguyễn và Donald J. Trump.",
    "Bị can Nguyễn Văn A.|Theo điều tra, người này bỏ trốn.",
    "Công an bắt N.V.T. (34 tuổi) và Th. (20 tuổi).",
    "Dự án thuộc nhóm B.|Công ty đã góp vốn.",
    "Khu vực châu Á.|Kinh tế phục hồi.",
    # ellipses
    "Các huyện Cát Hải, An Dương… Thành phố khác".replace(" Thành", "|Thành"),
    "Nuôi tôm, cua... trên biển.",
    "Nhựa, thép...|Tuy nhiên, giá cao.",
    "Giá tăng... 5 lần.",
    "... Rồi mọi việc ổn.",
    # quotations and brackets
    '"Chúng tôi làm được.|Chúng ta sẽ thắng", ông nói.',
    '"Chúng tôi làm được."|Ông nói vậy.',
    'Ông hỏi: "Vì sao chậm?" rồi im lặng.',
    '"Đi thôi!" - Ông Nam nói.',
    'Ông đồng ý.|"Chúng ta sẽ làm", bà nói.',
    'Ông đồng ý.|"chúng ta sẽ làm", bà nói.',
    'Ông nói: "Tốt. "|Rồi ông đi.',
    "Giá tăng (theo Sở Công thương.)|Dân lo.",
    "Đường đã xong.|(Ảnh: Minh An)",
    # list items and bullets
    "1. Phát triển công nghiệp.|2. Mở rộng cảng.",
    "a) Thu hút đầu tư.|\nb) Đào tạo nghề.",
    "I. Kết quả|\nII. Nhiệm vụ",
    "Điều 5. Phạm vi áp dụng|\n2.1. Đối tượng.",
    "- Mở đường.|\n+ Xây cầu|\n• Trồng cây",
    "Đường dài 5 km.|- Cầu dài 1 km.",
    # no space after the stop
    "Vốn 5 tỷ đồng.|~Trong đó có 2 tỷ.",
    "Từ năm 2020.|~Theo kế hoạch, xong năm 2021.",
    "Ngày 24/4.|~Vòng loại bắt đầu.",
    "Họp tại TP.HCM.|~Theo đó, có 5 việc.",
    "Ông rời Moscow.|~Bình luận về việc này, ông im lặng.",
    "Tăng 5%.|~Giá giảm.",
    "Xem www.haiphong.gov.vn và VnExpress.net hoặc Vietnam.Net.",
    "Gửi tới ban.An@haiphong.vn hay https://a.vn/Tin.Html nhé.",
    "Tệp bao_cao.docx và V.League.",
    # line ends
    "Hải Phòng bứt phá|\nSáng 19-7, thành phố họp.",
    "Hội nghị đã thông qua nghị quyết về\nphát triển kinh tế.",
    "Vốn của\n15 doanh nghiệp",
    "Nhiệm vụ trọng tâm|\n\nphát triển kinh tế",
    "Gồm:|\nthu ngân sách;|\nchi ngân sách",
    "Nhà máy tại TP.\nHải Dương",
    "Ảnh: T.H.|\nChủ tịch phát biểu",
    "Anh H.\n(30 tuổi) đến.",
]


def check(example: str) -> None:
    text = example.replace("|\n", "\n").replace("|~", "").replace("|", " ")
    expected = [sentence.strip("\n~") for sentence in example.split("|")]
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@pytest.mark.parametrize("example", EXAMPLES)
def test_lexicon_example(example: str) -> None:
    check(example)


@pytest.mark.parametrize("example", SENTENCES)
def test_sentences(example: str) -> None:
    check(example)


def well_formed(text: str) -> bool:
    spans = split_sentences(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    gaps = all(end <= start and not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
    return gaps and all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


PIECES = [
    "A",
    "a",
    "Theo",
    "TP",
    "1",
    "Đ",
    "v.v",
    "www",
    "Q",
    "của",
    ".",
    "..",
    "…",
    "?",
    "!",
    '"',
    "'",
    "(",
    ")",
    "-",
    " ",
    "\n",
]


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_only_white_space_lies_between(text: str) -> None:
    assert well_formed(text)


@pytest.mark.parametrize(("name", "make"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty(name: str, make: Factory) -> None:
    assert well_formed(make_shadow(make(3000)).text)
