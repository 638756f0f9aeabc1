"""Pin cites, words that point back to a document, and what carries out what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.facts.resolution_links import find_references
from viet_report_ie.facts.resolutions import find_resolutions
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.laws import find_laws
from viet_report_ie.text.article import Article, read


def _documents(text: str) -> tuple[Article, list]:  # type: ignore[type-arg]
    article = read(text)
    return article, find_resolutions(article, find_laws(article))


PINS = [
    ("Theo khoản 2 Điều 5 Nghị định 15/2020/NĐ-CP.", ["khoản 2 Điều 5"]),
    ("Vi phạm điểm a, khoản 1, điều 125, Bộ luật Lao động.", ["điểm a, khoản 1, điều 125"]),
    ("Theo Điều 3 của Luật Nhà ở và Luật Đất đai.", ["Điều 3"]),
    ("Tại Chương IV Luật Đầu tư; điều 8, 9 và 10 Luật Đầu tư.", ["Chương IV", "điều 8, 9 và 10"]),
    ("Một số điều của Luật Nhà ở; 12 điểm theo Nghị định 15.", []),
]


@pytest.mark.parametrize(("text", "want"), PINS)
def test_pin_cites(text: str, want: list[str]) -> None:
    article, documents = _documents(text)
    pins = [pin for document in documents for pin in document.pin_cites]
    assert [article.text[pin.start : pin.end] for pin in pins] == want
    assert all(pin.end <= pin.mention.start for pin in pins)


# Each text with what its references mean: the index of the document, or the candidates.
REFERENCES = [
    ("Nghị quyết 45 đã ban hành. Nghị quyết này nêu rõ.", [0]),
    ("Nghị quyết 45 và Chỉ thị 5. Triển khai nghị quyết nêu trên.", [0]),
    ("Nghị quyết 45. Nghị quyết 28. Tỉnh họp. Dân đông. Nghị quyết trên rất hay.", [(0, 1)]),
    ("Nghị quyết 45 cũ. Nay có Nghị quyết 28. Nghị quyết này mới.", [1]),
    ("Nghị định này chưa ban hành. Nghị định 15 đã có.", []),
    ("Nghị định 15 đã có. Dự thảo nghị định này và các nghị định nêu trên.", []),
    ("Quyết định 12 đã có. Quyết định trên địa bàn tỉnh.", []),
]


@pytest.mark.parametrize(("text", "want"), REFERENCES)
def test_references(text: str, want: list[object]) -> None:
    article, documents = _documents(text)
    found = find_references(article, documents)
    assert [one.candidates if one.resolution is None else one.resolution for one in found] == want


@pytest.mark.parametrize("words", load_toml("documents")["links"]["demonstratives"])
def test_every_demonstrative_points_back(words: str) -> None:
    article, documents = _documents(f"Nghị quyết 45 đã có. Theo nghị quyết {words}, tỉnh đã làm.")
    [found] = find_references(article, documents)
    assert article.text[found.start : found.end] == f"nghị quyết {words}"


@pytest.mark.parametrize("verb", load_toml("documents")["links"]["implementing"])
@pytest.mark.parametrize("tail", ["", *load_toml("documents")["links"]["after_implementing"]])
def test_every_verb_links(verb: str, tail: str) -> None:
    text = " ".join(f"Kế hoạch số 76 của Tỉnh ủy về {verb} {tail} Nghị quyết 45.".split())
    assert [document.implements for document in _documents(text)[1]] == [(1,), ()]


IMPLEMENTS = [
    ("Kế hoạch số 5 ngày 24/1/2019 thực hiện Nghị quyết 29 và Kết luận 51.", [(1, 2), (), ()]),
    ("Nghị định 99/2019/NĐ-CP quy định chi tiết một số điều của Luật Nhà ở.", [(1,), ()]),
    ("Chỉ thị 05 của Bộ Chính trị gắn với thực hiện Nghị quyết 12.", [(), ()]),
    ("Kế hoạch số 5. Tỉnh thực hiện Nghị quyết 29.", [(), ()]),
    ("Nghị quyết 45 thay Nghị quyết 32.", [(), ()]),
]


@pytest.mark.parametrize(("text", "want"), IMPLEMENTS)
def test_implements(text: str, want: list[tuple[int, ...]]) -> None:
    assert [document.implements for document in _documents(text)[1]] == want


def test_what_stays_open_names_its_candidates() -> None:
    _, documents = _documents("Luật Đất đai 1993. Luật Đất đai 2013. Luật Đất đai.")
    assert [document.candidates for document in documents] == [(), (), (0, 1)]
    assert documents[2].source == "resolution-open"
    assert documents[2].score < documents[0].score


def test_the_source_tells_whether_citations_were_joined() -> None:
    _, documents = _documents("NQ 45. Nghị quyết số 45-NQ/TW. Chỉ thị 5.")
    assert [document.source for document in documents] == ["resolution-joined", "resolution-cited"]


PIECES = st.sampled_from(
    ["Nghị quyết ", "45", " nghị quyết này", " về thực hiện ", "khoản 2, ", "Điều 5 ", " của ", ". ", ", "]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_indices_are_in_range(text: str) -> None:
    article, documents = _documents(text)
    for document in documents:
        assert all(number < len(documents) for number in (*document.implements, *document.candidates))
    for reference in find_references(article, documents):
        assert article.text[reference.start : reference.end].strip()
        assert (reference.resolution is None) == bool(reference.candidates)


@pytest.mark.parametrize(("name", "factory"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty_text(name: str, factory: Factory) -> None:
    article, documents = _documents(factory(20_000))
    find_references(article, documents)
