from __future__ import annotations

from viet_report_ie.text.article import read


def test_article_reads_the_shadow() -> None:
    article = read("Sáng 19–7,\u00a0Hoà Bình họp.  Uỷ ban báo cáo.")
    assert article.text == "Sáng 19-7, Hòa Bình họp. Ủy ban báo cáo."
    assert [article.text[start:end] for start, end in article.sentences] == [
        "Sáng 19-7, Hòa Bình họp.",
        "Ủy ban báo cáo.",
    ]
    assert [article.text[start:end] for start, end in article.tokens][:5] == ["Sáng", "19", "-", "7", ","]


def test_sentences_and_tokens_are_made_once() -> None:
    article = read("Thu đạt 5%.")
    assert article.sentences is article.sentences
    assert article.tokens is article.tokens
