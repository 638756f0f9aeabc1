"""The parts of the linker: scene, triggers, chooser, spans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.facts.chooser import Chooser
from viet_report_ie.facts.encoder import DILATIONS, Encoder, times
from viet_report_ie.facts.kind import is_listed_target, signed
from viet_report_ie.facts.linker import load_linker
from viet_report_ie.facts.pointer import Candidates, agreement, best_spans
from viet_report_ie.facts.scene import QuantityView, Scene, unit_class
from viet_report_ie.facts.symbols import Symbols
from viet_report_ie.facts.triggers import Triggers
from viet_report_ie.facts.windows import Windows
from viet_report_ie.mentions.dates import find_dates
from viet_report_ie.mentions.mention import Amount
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import read


def scene_of(text: str) -> Scene:
    article = read(text)
    dates = find_dates(article)
    return Scene(article, [*dates, *find_quantities(article, dates)])


@pytest.mark.parametrize(
    ("unit", "text", "wanted"),
    [
        ("đảng viên", "462 đảng viên", 0),
        ("%", "140%", 1),
        ("pp", "0,5 điểm phần trăm", 1),
        ("VND/người/năm", "75 triệu đồng/người/năm", 2),
        ("ha", "12 ha", 3),
        ("x", "gấp đôi", 3),
        ("tổ chức", "19", 4),
        ("", "19", 4),
    ],
)
def test_unit_class(unit: str, text: str, wanted: int) -> None:
    assert unit_class(unit, text) == wanted


def test_quantity_by_token() -> None:
    scene = scene_of("Có 3,5 triệu cây xanh.")
    (quantity,) = scene.quantities
    assert scene.words[quantity.start : quantity.unit] == ["3,5", "triệu"]
    assert scene.words[quantity.unit : quantity.end] == ["cây", "xanh"]


def test_heading_of_a_list() -> None:
    scene = scene_of("Các chỉ tiêu:\n- Có 5 xã.\n- Có 6 xã.\nĐã có 7 xã.")
    headings = [scene.heading_of(quantity.start) for quantity in scene.quantities]
    assert headings[0] == headings[1] == (0, scene.words.index("-"))
    assert headings[2] is None
    triggers = Triggers(scene)
    assert [is_listed_target(scene, triggers, q) for q in scene.quantities] == [True, True, False]


def test_the_longest_trigger_counts() -> None:
    scene = scene_of("Thu nhập tăng trưởng, giá thấp hơn")
    assert {hit[3] for hit in Triggers(scene).hits} == {"tăng trưởng", "thấp hơn"}


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("Giá vàng thấp hơn hôm qua 20.000 đồng", "change", -20000),
        ("Giá vàng cao hơn hôm qua 20.000 đồng", "change", 20000),
        ("Giá vàng thấp hơn hôm qua 20.000 đồng", "level", 20000),
        ("Số vụ giảm 12%", "change", -12),
    ],
)
def test_sign_of_a_change(text: str, kind: str, low: int) -> None:
    scene = scene_of(text)
    amount = signed(scene, Triggers(scene), scene.quantities[-1], kind).mention.value
    assert isinstance(amount, Amount)
    assert amount.low == low


def test_spans_near() -> None:
    scene = scene_of("Tổng thu ngân sách đạt 12 tỷ đồng. Xuất khẩu giảm.")
    symbols = Symbols(scene, load_linker().lexis)
    (quantity,) = scene.quantities
    spans = Windows(symbols, [quantity])
    shown = {" ".join(scene.words[a : b + 1]) for a, b in zip(spans.first, spans.last, strict=True)}
    assert "tổng thu ngân sách" in shown
    assert "xuất khẩu" in shown
    for text in shown:
        assert "12" not in text
        assert "." not in text
        assert not text.endswith(" đạt")
        assert text != "thu ngân", "a word is not cut"


PIECES = ["Thu ngân sách đạt 12 tỷ đồng", "tăng 8%", "Có 12 xã", "Xuất khẩu", "50 ha lúa", "\n", ".", ","]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30))
def test_quantities_together_are_scored_as_one_by_one(pieces: list[str]) -> None:
    scene = scene_of(" ".join(["Có 7 xã.", *pieces]))
    linker = load_linker()
    symbols, pointer = Symbols(scene, linker.lexis), linker.pointers["indicator"]
    vectors = linker.encoder.read(symbols.columns)

    def best(quantities: list[QuantityView]) -> list[dict[tuple[int, int], float]]:
        windows = Windows(symbols, quantities)
        found = best_spans(windows, pointer.scores(vectors, windows))
        return [
            {(a, b): score for a, b, score in zip(*row, strict=True) if score > -np.inf}
            for row in zip(found.first.tolist(), found.last.tolist(), found.scores.tolist(), strict=True)
        ]

    together = best(scene.quantities)
    for alone, row in zip(scene.quantities, together, strict=True):
        assert best([alone])[0] == row


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 9))
def test_tokens_are_read_in_parts_as_together(symbols: list[int], size: int) -> None:
    random = np.random.RandomState(0)
    tables = [random.randint(-127, 128, (6, 8))]
    mixes = [(random.randint(-127, 128, (24, 8)), random.randint(-9, 9, 8)) for _ in DILATIONS]
    columns = np.array([symbols])
    together = Encoder(tables, mixes).read(columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("viet_report_ie.facts.encoder._PART", size)
        assert (Encoder(tables, mixes).read(columns) == together).all()
    assert together.shape == (len(symbols), 8)


@pytest.mark.parametrize("size", [0, 1, 27, 28, 29, 300])
def test_products_in_blocks_are_those_of_the_whole(size: int) -> None:
    random = np.random.RandomState(size)
    rows = random.randint(-255, 256, (size, 144)).astype(np.float32)
    weights = random.randint(-127, 128, (144, 48)).astype(np.float32)
    assert (times(rows, weights) == rows @ weights).all()


def test_vectors_are_whole_numbers_that_know_their_neighbours() -> None:
    linker = load_linker()
    vectors = [
        linker.encoder.read(Symbols(scene_of(text), linker.lexis).columns)
        for text in ("Huyện có 12 xã.", "Tỉnh có 12 xã.")
    ]
    assert (vectors[0] == np.rint(vectors[0])).all()
    assert (vectors[0][1] != vectors[1][1]).any()


def candidates(spans: list[tuple[int, int]], odds: list[float]) -> Candidates:
    """Return the candidates of one quantity, best first."""
    best = np.log(np.array([odds]))
    chances = np.exp(best) / np.sum(odds)
    first, last = (np.array([edges], dtype=np.int32) for edges in zip(*spans, strict=True))
    agreed = agreement(first[:, :, None], last[:, :, None], first[:, None], last[:, None])
    return Candidates(first, last, best, chances, [float(np.log(np.sum(odds)))], agreed)


def test_choose_takes_what_most_agrees() -> None:
    span, sure = candidates([(0, 1), (5, 6), (5, 7)], [0.4, 0.35, 0.25]).choose(0)
    assert span == (5, 6)
    assert sure == pytest.approx(0.6)


def test_choose_weighs_what_may_be_instead() -> None:
    near = candidates([(0, 1), (5, 6), (5, 7)], [0.4, 0.35, 0.25])
    assert near.choose(0, 0.0) == ((5, 6), pytest.approx(0.3))
    assert near.choose(0, 0.0, (20, 21)) == ((20, 21), pytest.approx(0.5))
    assert near.choose(0, float(np.log(0.3)), (0, 2)) == ((0, 1), pytest.approx(0.7 / 1.3))


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 4)).map(lambda span: (span[0], span[0] + span[1]))


@given(
    st.lists(st.tuples(SPANS, st.floats(0.01, 1)), min_size=2, max_size=12, unique_by=lambda one: one[0]),
    SPANS,
    st.floats(0.001, 2),
)
def test_choose_agrees_with_its_definition(
    near: list[tuple[tuple[int, int], float]], known: tuple[int, int], odds: float
) -> None:
    near.sort(key=lambda one: -one[1])
    spans, weights = [span for span, _ in near], [weight for _, weight in near]
    _, sure = candidates(spans, weights).choose(0, float(np.log(odds)), known)
    # The least likely gives way to the span that is known, if that is likelier.
    kept = [*near[:-1], (known, odds)] if odds > weights[-1] else near
    total = sum(weights) + odds

    def f1(one: tuple[int, int], other: tuple[int, int]) -> float:
        shared = max(0, min(one[1], other[1]) - max(one[0], other[0]) + 1)
        return 2 * shared / (one[1] - one[0] + other[1] - other[0] + 2)

    def agrees(one: tuple[int, int]) -> tuple[float, float]:
        votes = [(f1(one, other), weight / total) for other, weight in kept]
        certain = sum(chance for shared, chance in votes if shared >= 0.5)
        return certain + sum(shared * chance / 2 for shared, chance in votes), certain

    ranked = sorted((agrees(span) for span, _ in kept), reverse=True)
    best = [certain for vote, certain in ranked if vote > ranked[0][0] - 1e-5]
    assert any(sure == pytest.approx(min(1.0, certain), abs=1e-6) for certain in best)


def test_chooser() -> None:
    chooser = Chooser(("level", "change"), {"tăng": np.array([-1.0, 1.0]), "là": np.array([2.0, 0.0])})
    assert chooser.scores([(str.split, "tăng không_biết"), (str.split, "là")]) == [1.0, 1.0]
    assert chooser.scores([]) == [0.0, 0.0]
    answer, chance = chooser.choose([(str.split, "tăng")])
    assert answer == "change"
    assert chance == pytest.approx(1 / (1 + np.exp(-2)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ngày 5/8/2019, huyện có 12 xã.", {"before 0"}),
        ("Ngày 5/8/2019, huyện họp. Đến năm 2025 có 12 xã.", {"before 2"}),
        ("Ngày 5/8/2019, huyện họp. Có 12 xã vào năm 2018.", {"after -1"}),
        ("Ngày 5/8/2019, huyện họp. Có 12 xã.", set()),
        ("Đến năm 2025 có 12 xã.", set()),
    ],
)
def test_dates_around(text: str, wanted: set[str]) -> None:
    scene = scene_of(text)
    assert scene.dates_around(scene.quantities[-1]) == wanted


def test_a_sentence_starts_at_its_head() -> None:
    scene = scene_of("Huyện họp. Có 12 xã.")
    (quantity,) = scene.quantities
    assert scene.sentence_start(0, quantity.start) == scene.words.index("có")
    assert scene.sentence_start(quantity.start, quantity.start) == quantity.start
