"""The shipped tagger on sentences of our own."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.mentions.tagger import find_names, load_tagger
from viet_report_ie.mentions.tagger_decoder import Decoder
from viet_report_ie.text.article import read

TAG = re.compile(r"\[([A-Z]+) ([^\]]+)\]")

MARKED = [
    "Ông [PERSON Lê Văn Hòa], [TITLE Chủ tịch] [ORG UBND tỉnh Nghệ An], phát biểu tại buổi làm việc.",
    "[TITLE Bí thư] [ORG Tỉnh ủy] [PERSON Trần Thị Mai] dự lễ khởi công.",
    "[TITLE Phó chủ tịch] [ORG HĐND thành phố Hà Nội] [PERSON Nguyễn Đức Thắng] cho biết như vậy.",
    "Theo [ORG Sở Kế hoạch và Đầu tư tỉnh Hà Nam], thu ngân sách tăng khá.",
    "Nhà máy được xây dựng tại [ZONE khu công nghiệp Tràng Duệ], [LOC huyện An Dương].",
    "Đoàn công tác đã đến [LOC huyện Cát Hải] và [LOC quận Hải An].",
    "Bà [PERSON Phạm Thị Lan] là [TITLE Giám đốc] [ORG Công ty cổ phần Sao Mai].",
    "[TITLE Thủ tướng] [PERSON Phạm Minh Chính] yêu cầu [ORG Bộ Tài chính] báo cáo [ORG Chính phủ].",
    "[ORG Thành ủy], [ORG HĐND], [ORG UBND thành phố] đã chỉ đạo quyết liệt.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_finds_the_names_of_a_sentence(marked: str) -> None:
    article = read(TAG.sub(r"\2", marked))
    found = [(m.label, article.text[m.start : m.end]) for m in find_names(article)]
    assert found == TAG.findall(marked)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from("Ông Hà Nội , . ( ) UBND tỉnh 12 - \n é ̀".split(" "))).map(" ".join)
)
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    article = read(text)
    found = find_names(article)
    edges = [edge for mention in found for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(article.text)
        assert 0.5 <= mention.score <= 1


def test_threads_agree_with_each_other() -> None:
    texts = [TAG.sub(r"\2", marked) * times for marked in MARKED for times in (1, 3)]
    alone = [find_names(read(text)) for text in texts]
    with ThreadPoolExecutor(16) as pool:
        fresh = Decoder.from_bytes(load_tagger().to_bytes())
        together = list(pool.map(lambda text: find_names(read(text), (), fresh), texts))
    assert together == alone


def test_a_sentence_too_long_for_one_piece_is_tagged_to_its_end() -> None:
    article = read("và " * 1000 + "ông Nguyễn Văn An")
    assert [m.label for m in find_names(article)] == ["PERSON"]
