"""The examples of the lexicon files that officials, zones and speech are read with."""

from __future__ import annotations

import pytest

from tests.facts.marked import marked
from viet_report_ie.facts.bodies import Bodies, is_company_office, words_of
from viet_report_ie.facts.officials import find_officials
from viet_report_ie.facts.speech import find_speakers
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.zones import find_zone_mentions
from viet_report_ie.text.article import read

TITLES = load_toml("titles")
SPEECH = load_toml("speech")
ZONES = load_toml("zones")


def offices(line: str) -> list[str]:
    return [
        f"{official.name}: {position.title} @ {position.organization} {position.status}".strip()
        for official in find_officials(*marked(line))
        for position in official.positions
    ]


@pytest.mark.parametrize("word", TITLES["ranks"]["examples"])
def test_a_rank_is_no_office(word: str) -> None:
    assert offices(f"[T {word}] [P Lê Văn An] nói.") == []


@pytest.mark.parametrize("word", TITLES["honorifics"]["examples"])
def test_an_honorific_may_stand_between_office_and_name(word: str) -> None:
    assert offices(f"[T Bí thư] [O Tỉnh ủy] {word} [P Lê Văn An]") == ["Lê Văn An: Bí thư @ Tỉnh ủy"]


@pytest.mark.parametrize("word", TITLES["bodiless"]["examples"])
def test_a_bodiless_office_takes_no_body_from_elsewhere(word: str) -> None:
    assert offices(f"[T {word}] [P Lê Văn An] thăm [O Công ty Sao Mai].") == [f"Lê Văn An: {word} @"]


@pytest.mark.parametrize("word", TITLES["company"]["examples"])
def test_an_office_of_a_company(word: str) -> None:
    assert is_company_office(word)


@pytest.mark.parametrize("word", TITLES["public"]["examples"])
def test_a_body_of_the_state_is_no_company(word: str) -> None:
    article, mentions = marked(f"[O {word}] và [O Sao Mai] và [O {word}]")
    assert Bodies(article.text, mentions).company == "Sao Mai"


@pytest.mark.parametrize("word", TITLES["ministries"]["words"])
def test_a_branch_of_government_is_no_person(word: str) -> None:
    assert offices(f"[T Bộ trưởng] [P {word.capitalize()}] đến dự.") == []


@pytest.mark.parametrize("word", TITLES["kinship"]["examples"])
def test_a_relative_does_not_hold_the_office(word: str) -> None:
    line = f"Ông [P Lê Văn An], {word} ông [P Lê Hải], hôm qua nhận chức [T Bí thư] [O Huyện ủy]."
    assert offices(line) == ["Lê Văn An: Bí thư @ Huyện ủy"]


@pytest.mark.parametrize(
    ("status", "word"),
    [(status, word) for status in ("former", "appointed", "acting") for word in TITLES["status"][status]],
)
def test_a_word_of_status(status: str, word: str) -> None:
    assert offices(f"Ông [P Lê Văn An] {word} [T Bí thư] [O Tỉnh ủy].") == [
        f"Lê Văn An: Bí thư @ Tỉnh ủy {status}"
    ]


@pytest.mark.parametrize(("short", "full"), list(load_toml("bodies")["short"].items()))
def test_a_short_form_is_its_full_form(short: str, full: str) -> None:
    assert words_of(short.upper()) == words_of(full)


@pytest.mark.parametrize("verb", SPEECH["verbs"]["words"])
def test_a_verb_of_saying(verb: str) -> None:
    article, mentions = marked(f"Ông [P Lê Văn An] {verb}: đã xong.")
    (speech,) = find_speakers(article, mentions, [])
    assert article.text[speech.start : speech.end] == "đã xong."


@pytest.mark.parametrize("word", SPEECH["between"]["words"])
def test_a_word_between_speaker_and_verb(word: str) -> None:
    article, mentions = marked(f"Ông [P Lê Văn An] {word} nhấn mạnh: đã xong.")
    (speech,) = find_speakers(article, mentions, [])
    assert article.text[speech.start : speech.end] == "đã xong."


@pytest.mark.parametrize("opener", SPEECH["openers"]["words"])
def test_an_opener_of_speech(opener: str) -> None:
    article, mentions = marked(f"{opener.capitalize()} ông [P Lê Văn An], đã xong.")
    (speech,) = find_speakers(article, mentions, [])
    assert article.text[speech.start : speech.end] == "đã xong."


@pytest.mark.parametrize(
    "example", ZONES["body"]["examples"] + [f"{head} các" for head in ZONES["body"]["heads"]]
)
def test_a_zone_in_the_name_of_a_body_is_none(example: str) -> None:
    assert find_zone_mentions(read(f"{example.capitalize()} khu công nghiệp Tân Phú họp.")) == []


@pytest.mark.parametrize("word", ZONES["stop"]["words"])
def test_what_is_no_name_of_a_zone(word: str) -> None:
    article = read(f"Tại KCN Tân Phú - {word.capitalize()} Hải dự.")
    assert [article.text[m.start : m.end] for m in find_zone_mentions(article)] == ["KCN Tân Phú"]


@pytest.mark.parametrize("opener", ZONES["list"]["openers"])
@pytest.mark.parametrize("plural", ZONES["list"]["plural"])
def test_a_list_of_zones(plural: str, opener: str) -> None:
    article = read(f"Có {plural} KCN {opener} Tân Phú, Hồng Tiến.")
    assert [article.text[m.start : m.end] for m in find_zone_mentions(article)] == ["Tân Phú", "Hồng Tiến"]
