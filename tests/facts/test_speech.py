"""Reported speech and its speaker."""

# ruff: noqa: E501

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.facts.marked import marked
from viet_report_ie.facts.officials import find_officials
from viet_report_ie.facts.speech import find_speakers, speaker_at

# Each line: the marked-up text, `¦` around what is said | who says it.
LINES = [
    "Đồng chí [P Lê Văn An] nêu rõ: ¦Nhiệm kỳ qua đạt 9,6 tỷ USD. Kết quả ấy rất tốt.¦\nHết. | Lê Văn An",
    "Ông [P Lê Văn An], [T Bí thư] [O Tỉnh ủy] cho biết, ¦thu ngân sách đạt 100 tỷ đồng.¦ Trời mưa. | Lê Văn An",
    "[T Chủ tịch] [O UBND tỉnh] [P Lê Văn An] nhấn mạnh ¦cần làm ngay.¦ | Lê Văn An",
    "Ông [P Lê Văn An] (phải) cũng khẳng định: ¦đã xong.¦ | Lê Văn An",
    "Theo đồng chí [P Lê Văn An], [T Phó chủ tịch] [O Công đoàn], ¦số đoàn viên tăng. Năm qua có 20 tổ.¦\nHết. | Lê Văn An",
    "Hội nghị đã họp. Theo ông [P Lê Văn An], ¦số đoàn viên tăng.¦ Trời mưa. | Lê Văn An",
    '"¦Tôi rất mừng¦", ông [P Lê Văn An] nói. | Lê Văn An',
    '"¦Tôi rất mừng.¦" - [T Thủ tướng] [P Lê Văn An] nói. | Lê Văn An',
    "[T Bí thư] [O Tỉnh ủy] yêu cầu ¦các sở làm nhanh.¦ | Bí thư",
    "[O UBND tỉnh] cho biết đã xong. | ",
    "Ông [P Lê Văn An] về quê ăn Tết. | ",
]


@pytest.mark.parametrize("line", LINES)
def test_speech(line: str) -> None:
    marked_up, _, speaker = line.partition(" | ")
    article, mentions = marked(marked_up.replace("¦", ""))
    plain = article.text
    speeches = find_speakers(article, mentions, find_officials(article, mentions))
    said = marked_up.split("¦")[1] if "¦" in marked_up else ""
    assert [plain[speech.start : speech.end] for speech in speeches] == ([said] if said else [])
    assert [plain[speech.speaker.start : speech.speaker.end] for speech in speeches] == (
        [speaker] if said else []
    )


def test_a_caption_is_no_speech() -> None:
    article, mentions = marked("[T Bí thư] [O Tỉnh ủy] [P Lê Văn An] trao đổi với dân - Ảnh: [P Vũ Mai]")
    assert all(
        speech.start != article.text.index("Vũ Mai") for speech in find_speakers(article, mentions, [])
    )


def test_an_office_named_alone_speaks_for_its_holder() -> None:
    article, mentions = marked(
        "[P Lê Văn An], [T Bí thư] [O Tỉnh ủy], dự lễ.\n[T Bí thư] [O Tỉnh ủy] khẳng định: thu đạt 5 tỷ đồng."
    )
    speeches = find_speakers(article, mentions, find_officials(article, mentions))
    speech = speaker_at(speeches, article.text.index("5 tỷ"))
    assert speech is not None
    assert speech.official == "Lê Văn An"
    assert speaker_at(speeches, 0) is None


def test_the_next_speaker_ends_the_paragraph_of_the_first() -> None:
    article, mentions = marked(
        "Theo ông [P Lê Văn An], thu đạt 5 tỷ đồng. Chi hết 4 tỷ đồng. Bà [P Vũ Mai] cho biết, còn 1 tỷ đồng."
    )
    speeches = find_speakers(article, mentions, [])
    names = [speaker_at(speeches, article.text.index(figure)) for figure in ("5 tỷ", "4 tỷ", "1 tỷ")]
    assert [article.text[s.speaker.start : s.speaker.end] if s else "" for s in names] == [
        "Lê Văn An",
        "Lê Văn An",
        "Vũ Mai",
    ]


PARTS = [
    "[P An]",
    "[T Bí thư]",
    "[O Tỉnh ủy]",
    " nói ",
    ": ",
    ", ",
    '"',
    ". ",
    "\n",
    "Theo ông ",
    " cho biết ",
    "đã xong",
]


@example(['"', '"', "[P An]", " nói "])
@given(st.lists(st.sampled_from(PARTS)))
def test_speeches_are_in_order_and_apart(parts: list[str]) -> None:
    text = "x" + "".join(parts) + "x"
    while "  " in text or " \n" in text or "\n " in text or "\n\n" in text:
        text = text.replace("  ", " ").replace(" \n", "\n").replace("\n ", "\n").replace("\n\n", "\n")
    article, mentions = marked(text)
    speeches = find_speakers(article, mentions, find_officials(article, mentions))
    assert all(0 <= speech.start < speech.end <= len(article.text) for speech in speeches)
    assert all(one.end <= other.start for one, other in pairwise(speeches))
