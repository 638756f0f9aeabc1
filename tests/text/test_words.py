from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viet_report_ie.text.article import read
from viet_report_ie.text.segmenter import Segmenter, Table, load_segmenter, template_hash, token_code
from viet_report_ie.text.tokens import tokenize
from viet_report_ie.text.units import unit_starts
from viet_report_ie.text.words import segment_words

MARKED = [
    "Hà_Nội thu_hút đầu_tư .",
    "Bà Trần_Thị_Lan là chủ_tịch xã .",
    "Học_sinh đi học bằng xe_đạp .",
    "Báo_chí phản_ánh tình_hình kinh_tế .",
    "Giá tăng 9,6% so với 2.000 m2 .",
    "Ông Lê_Văn_Bình và bà Mai đến Đà_Nẵng .",
    "Chính_phủ ban_hành nghị_định về công_nghiệp .",
    "Doanh_nghiệp sản_xuất hàng_hóa xuất_khẩu .",
]

UNITS = [
    "TP.HCM | có | 15 | ha",
    "ngày | 30-4-1975 | , | tăng | 9,6%",
    "Nghị | quyết | 45-NQ/TW | , | số | 12/2003/NĐ-CP",
    "PGS.TS | Lê | Văn | Bình | . | Ông | H. | đến",
    "Hà | Nội | - | Hải | Phòng",
    "xem | bao.example.vn | hay | a.b@example.com",
    "Covid-19 | , | A5 | , | 4D | , | 19h30",
    "gạo | , | ngô | v.v. | rồi | ...",
    "cuối | . | Theo | ông",
    "một | . | hai | TP.",
]


def words_of(text: str, **options: object) -> list[str]:
    return [text[a:b] for words in segment_words(text, [(0, len(text))], **options) for a, b in words]


@pytest.mark.parametrize("marked", MARKED)
def test_words(marked: str) -> None:
    text = marked.replace("_", " ")
    assert words_of(text) == [word.replace("_", " ") for word in marked.split(" ")]


@pytest.mark.parametrize("marked", UNITS)
def test_units_without_spaces_stay_whole(marked: str) -> None:
    wanted = marked.split(" | ")
    # A full stop after an abbreviation stays with it only inside the sentence.
    text = " ".join(wanted).replace(" , ", ", ").replace(" . Theo", ".Theo").replace(" - ", "-") + " x"
    tokens = tokenize(text)
    starts = [text[a:b] for (a, b), begins in zip(tokens, unit_starts(text, tokens), strict=True) if begins]
    ends = list(itertools.accumulate(len(unit) for unit in wanted))
    assert len(starts) == len(ends) + 1
    for begin, unit in zip(starts, wanted, strict=False):
        assert unit.startswith(begin)


def test_the_last_full_stop_is_no_abbreviation() -> None:
    assert words_of("Ông đến TP.")[-1] == "."


@pytest.mark.parametrize("protected", [(0, 2), (3, 6), (3, 10), (1, 4)])
def test_no_word_crosses_a_protected_edge(protected: tuple[int, int]) -> None:
    text = "Hà Nội thu hút đầu tư"
    for edge in protected:
        for a, b in segment_words(text, [(0, len(text))], [protected])[0]:
            assert not a < edge < b or not any(edge in span for span in tokenize(text))


def test_protected_spans_cut_inside_units() -> None:
    assert words_of("từ 19-7 đến", protected=[(3, 5)]) == ["từ", "19", "-7", "đến"]


@pytest.mark.parametrize("engine", ["own", "underthesea"])
def test_engines_give_words_by_sentence(engine: str) -> None:
    text = "Hà Nội đẹp. Giá tăng 9,6%."
    sentences = segment_words(text, [(0, 11), (12, 26)], engine=engine)
    assert [text[a:b] for a, b in sentences[0]] == ["Hà Nội", "đẹp", "."]
    assert [text[a:b] for a, b in sentences[1]][:2] == ["Giá", "tăng"]


def test_underthesea_words_have_offsets_of_the_text() -> None:
    text = "Anh  ấy ở   Đà Nẵng [ 2 ] ."
    words = segment_words(text, [(0, len(text))], engine="underthesea")[0]
    assert "Đà Nẵng" in [text[a:b] for a, b in words]


def test_underthesea_is_loaded_once_by_many_threads() -> None:
    text = "Doanh nghiệp thu hút đầu tư ở Hà Nội"
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: words_of(text, engine="underthesea"), range(16)))
    assert all(answer == answers[0] for answer in answers)


def test_many_threads_agree_with_one() -> None:
    texts = [f"Bà Trần Thị Lan thu hút {i} dự án đầu tư" for i in range(64)]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(words_of, texts)) == [words_of(text) for text in texts]


@given(st.text(alphabet="aàHộiÐ1.,-/%@:'\" \n…", max_size=200) | st.text(max_size=100))
@settings(max_examples=150, deadline=None)
def test_words_divide_the_tokens_of_the_sentences(text: str) -> None:
    article = read(text)
    words = segment_words(article.text, article.sentences)
    assert len(words) == len(article.sentences)
    edges = {edge for token in article.tokens for edge in token}
    flat = [word for sentence in words for word in sentence]
    assert all(a in edges and b in edges and a < b for a, b in flat)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(flat))
    covered = {token for token in article.tokens if any(a <= token[0] and token[1] <= b for a, b in flat)}
    inside = {t for t in article.tokens if any(a <= t[0] and t[1] <= b for a, b in article.sentences)}
    assert covered >= inside


@pytest.mark.parametrize("text", ["9" * 50_000, "a" * 50_000, "a." * 20_000, "A-" * 20_000, "hà " * 20_000])
def test_endless_runs_give_words(text: str) -> None:
    words = segment_words(text, [(0, len(text))])[0]
    assert words[0][0] == 0
    assert words[-1][1] == len(text.rstrip())


def test_the_words_of_a_sentence_do_not_depend_on_its_neighbours() -> None:
    first, second = "Hà Nội thu hút đầu tư.", "Bà Trần Thị Lan là chủ tịch xã."
    both = f"{first} {second}"
    joint = segment_words(both, [(0, len(first)), (len(first) + 1, len(both))])
    assert [both[a:b] for a, b in joint[0]] == words_of(first)
    assert [both[a:b] for a, b in joint[1]] == words_of(second)


@given(st.lists(st.integers(-12, 12), max_size=8), st.tuples(*[st.integers(-5, 5)] * 4))
def test_best_path_is_the_best(scores: list[int], transitions: tuple[int, int, int, int]) -> None:
    none = Table(np.zeros(2, np.uint32))
    scores = [-(1 << 40), *scores]
    tags = Segmenter(none, none, transitions).best_path(np.array(scores, np.int64))

    def total(path: tuple[bool, ...]) -> int:
        joined = sum(score for score, tag in zip(scores, path, strict=True) if tag)
        return joined + sum(transitions[2 * a + b] for a, b in itertools.pairwise(path))

    assert total(tuple(tags)) == max(
        total((False, *rest)) for rest in itertools.product((False, True), repeat=len(scores) - 1)
    )


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.integers(-32768, 32767), max_size=50))
def test_a_table_gives_back_what_no_other_entry_displaced(entries: dict[int, int]) -> None:
    hashes = np.array(list(entries), np.uint64)
    values = np.array(list(entries.values()), np.int64)
    table = Table.build(hashes, values, bits=8)
    last = {key >> 56: key for key in entries}
    for key, value in zip(entries, table[hashes].tolist(), strict=True):
        assert value in (entries[key], 0, entries[last[key >> 56]])
        if last[key >> 56] == key:
            assert value == entries[key]


def test_codes_and_hashes_do_not_change() -> None:
    # The weights that are shipped hold for these numbers alone.
    assert token_code("Hà") >> 8 == token_code("hà") >> 8
    assert token_code("19-7") == token_code("25-3")
    assert (token_code("Hà") & 0xFF, token_code("hà") & 0xFF, token_code("HÀ") & 0xFF) == (7, 5, 8)
    assert template_hash(0, [token_code("hà") >> 8], []) == 7574000493513941470


def test_the_tables_are_small() -> None:
    segmenter = load_segmenter()
    assert segmenter.weights.slots.nbytes + segmenter.lexicon.slots.nbytes < 8_000_000
