"""The shipped tagger on sentences of our own."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.tagger import find_by_rule, find_names, load_tagger
from viet_report_ie.mentions.tagger_decoder import Decoder
from viet_report_ie.mentions.tagger_features import KINDS, LOOSE, REACH
from viet_report_ie.mentions.tagger_observer import Observer, blocks, token_sentences
from viet_report_ie.text.article import read
from viet_report_ie.training.tagger import features

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
    "[TITLE Chủ tịch] [ORG UBND tỉnh Quảng Ninh] [PERSON Cao Tường Huy] kiểm tra tiến độ.",
    "[ORG Bộ Giao thông Vận tải] và [ORG UBND TP.HCM] thống nhất phương án.",
    "[TITLE Phó Chủ tịch] [ORG UBND tỉnh] [PERSON Lục Quang Thịnh] nhận trách nhiệm.",
    "[TITLE Tổng thống] [LOC Hàn Quốc] [PERSON Lee Jae Myung] đến [LOC Hà Nội].",
    "Người dân [LOC xã Tân Lập], [LOC huyện Vũ Thư], [LOC tỉnh Thái Bình] phấn khởi.",
]


def names_of(text: str, tagger: Decoder | None = None) -> list[tuple[str, str]]:
    article = read(text)
    return [(m.label, article.text[m.start : m.end]) for m in find_names(article, tagger=tagger)]


@pytest.mark.parametrize("marked", MARKED)
def test_finds_the_names_of_a_sentence(marked: str) -> None:
    assert names_of(TAG.sub(r"\2", marked)) == TAG.findall(marked)


@pytest.mark.parametrize("marked", MARKED[:4])
def test_the_placement_of_tone_marks_and_kinds_of_space_and_dash_do_not_matter(marked: str) -> None:
    text = TAG.sub(r"\2", marked)
    assert names_of(text.replace("ủy", "uỷ").replace("òa", "oà").replace(" ", "\u00a0")) == names_of(text)


SOME_WORDS = [
    "Ông",
    "Hà",
    "Nội",
    ",",
    ".",
    "(",
    ")",
    "UBND",
    "tỉnh",
    "12",
    "-",
    "\n",
    "é",
    "\u0300",
    "PVOIL",
    "Công",
]


@given(st.text(max_size=200) | st.lists(st.sampled_from(SOME_WORDS)).map(" ".join))
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
    alone = [names_of(text) for text in texts]
    fresh = Decoder.from_bytes(load_tagger().to_bytes())
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda text: names_of(text, fresh), texts)) == alone


def test_a_sentence_too_long_for_one_piece_is_tagged_to_its_end() -> None:
    article = read("người dân đi làm rồi về nhà " * 60 + "ông Nguyễn Văn An")
    assert [m.label for m in find_names(article)] == ["PERSON"]


def test_a_long_text_is_read_in_blocks_that_leave_nothing_out() -> None:
    sentences = [(at, at + 7) for at in range(0, 700, 7)]
    read_in = list(blocks(sentences, 100))
    assert len(read_in) > 5
    assert [sentence for block in read_in for sentence in block] == sentences


def test_the_model_weighs_what_the_trainer_sees() -> None:
    decoder = load_tagger()
    article = read(
        " ".join(TAG.sub(r"\2", marked) for marked in MARKED) + "\nTheo Nghị quyết 45, (PVOIL) bán 9,6 ha."
    )
    sights = Observer(article, find_by_rule(article), decoder.background, token_sentences(article)).sights()
    labels = len(decoder.labels)
    numbers = {
        kind: {name: at for at, name in enumerate(decoder.weights[kind].names)} for kind in (*KINDS, LOOSE)
    }
    wanted = np.zeros((len(article.tokens), labels), dtype=np.int64)
    for at, row in enumerate(features(sights, decoder.background)):
        for feature in row:
            kind, attribute, distance = feature.split("\t")
            number = numbers[kind].get(attribute)
            if number is None:
                continue
            weights = decoder.weights[kind]
            for cell in range(weights.starts[number], weights.starts[number + 1]):
                column, label = divmod(int(weights.columns[cell]), labels)
                if column + REACH[kind][0] == int(distance):
                    wanted[at, label] += weights.values[cell]
    assert wanted.any()
    assert (decoder.emissions(sights) == wanted).all()


def test_a_brand_is_read_as_where_it_is_clear() -> None:
    clear = "Công ty VIMATEX báo lãi. Công ty VIMATEX chia cổ tức. Công ty VIMATEX mở nhà máy. "
    found = names_of(clear + "Năm nay VIMATEX sẽ tăng vốn.")
    assert [label for label, words in found if words.endswith("VIMATEX")] == ["ORG"] * 4


def test_what_rules_found_is_seen() -> None:
    article = read("Hội nghị quán triệt tinh thần của văn bản Alpha Beta.")
    decoder = load_tagger()
    sentences = token_sentences(article)
    start = article.text.index("Alpha")
    taken = [Mention("LAW", start, start + 10, "rule")]
    seen, unseen = (Observer(article, given, decoder.background, sentences).sights() for given in (taken, []))
    changed = [
        at
        for at, pair in enumerate(zip(seen.keys["flag"], unseen.keys["flag"], strict=True))
        if len(set(pair)) == 2
    ]
    assert [article.text[slice(*article.tokens[at])] for at in changed] == ["Alpha", "Beta"]
