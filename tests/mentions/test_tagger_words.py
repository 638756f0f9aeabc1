"""The lexicons of the tagger: every family finds its own examples."""

from __future__ import annotations

import pytest

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.tagger_words import make_lexicon, name_words, person_words, place_names, plain
from viet_report_ie.text.article import read

NAME_EXAMPLES = [
    (entry["tag"], example) for entry in load_toml("names").values() for example in entry["examples"]
]
PERSON_EXAMPLES = [
    (name, example) for name, entry in load_toml("person_names").items() for example in entry["examples"]
]
PLACE_EXAMPLES = [
    (entry["level"], example) for entry in load_toml("world_places").values() for example in entry["examples"]
]


def syllables(text: str) -> list[str]:
    article = read(text)
    return [plain(article.text[start:end]) for start, end in article.tokens]


@pytest.mark.parametrize(("tag", "example"), NAME_EXAMPLES)
def test_words_that_announce_names(tag: str, example: str) -> None:
    words = syllables(example)
    assert name_words().match(words, 0, len(words))[1] == tag


@pytest.mark.parametrize(("family", "example"), PERSON_EXAMPLES)
def test_syllables_of_persons(family: str, example: str) -> None:
    words = syllables(example)
    assert words[0 if family == "family" else 1] in person_words()[0 if family == "family" else 1]


@pytest.mark.parametrize(("level", "example"), PLACE_EXAMPLES)
def test_places_of_the_world(level: str, example: str) -> None:
    assert level in place_names()[" ".join(syllables(example))]


@pytest.mark.parametrize(
    ("name", "levels"), [("hà nội", "p"), ("cát hải", "dw"), ("hòa lạc", "w"), ("thủ đức", "dw")]
)
def test_places_of_viet_nam_have_their_levels(name: str, levels: str) -> None:
    assert set(levels) <= set(place_names()[name])


def test_every_phrase_is_in_the_form_that_tokens_have() -> None:
    for entry in load_toml("names").values():
        for phrase in entry["words"]:
            assert " ".join(syllables(phrase)) == phrase


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ủy ban nhân dân xã", (4, "O")),
        ("ủy ban", (2, "B")),
        ("ủy ban nhân", (2, "B")),
        ("ủy", (0, "")),
        ("xã", (0, "")),
    ],
)
def test_the_longest_phrase_wins(words: str, found: tuple[int, str]) -> None:
    lexicon = make_lexicon({"ủy ban nhân dân": "O", "ủy ban": "B"})
    assert lexicon.match(words.split(), 0, len(words.split())) == found
