"""Who said it: reported speech and its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from viet_report_ie.facts.model import Official, Speech
from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.finder import Finder
from viet_report_ie.lexicon.patterns import alternatives, lower
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article, Span

__all__ = ["find_speakers", "speaker_at"]

# From a name to the next name of the same speaker: `Nguyễn Văn An, Bí thư Tỉnh ủy (phải) -`.
_WITHIN = regex.compile(r"[ ,(-]*(?:(?:nguyên|kiêm|của|là|đồng thời|tại) ?)*(?:\([^()\n]{0,40}\))?[ ,)-]*")
_COLON = regex.compile(r'[^.:;\n"]{0,100}(?<!ảnh|Ảnh|ẢNH|họa):')
_LONGEST_QUOTE = 4000


def find_speakers(
    article: Article, mentions: Sequence[Mention], officials: Sequence[Official]
) -> list[Speech]:
    """Return the stretches of reported speech that the text gives a speaker, in the order of the text.

    Parameters
    ----------
    article : Article
        The article that was read.
    mentions : sequence of Mention
        Mentions in the order of the text that do not overlap; PERSON, TITLE, ORG and LOC are used.
    officials : sequence of Official
        What `find_officials` returned: it tells who holds an office that is named alone.

    Returns
    -------
    list of Speech
        The stretches do not overlap.
    """
    reader = _Reader(article, mentions, officials)
    found = [*reader.after_verbs(), *reader.after_openers()]
    found = [speech for speech in found if speech.start < speech.end]  # `"", ông An nói` says nothing
    found.sort(key=lambda speech: (speech.start, speech.speaker.start))
    result: list[Speech] = []
    for speech in found:
        if result and speech.start < result[-1].end:
            last = result.pop()
            if last.start < speech.speaker.start and last.speaker != speech.speaker:
                cut = min(speech.start, reader.sentence(speech.speaker.start)[0])
                if cut > last.start:
                    result.append(replace(last, end=cut))
            elif last.end >= speech.end or last.speaker == speech.speaker:
                result.append(replace(last, end=max(last.end, speech.end)))
                continue
        result.append(speech)
    return result


def speaker_at(speeches: Sequence[Speech], offset: int) -> Speech | None:
    """Return the speech that an offset lies in; `speeches` as `find_speakers` returns them."""
    index = bisect_right(speeches, offset, key=lambda speech: speech.start) - 1
    return speeches[index] if index >= 0 and offset < speeches[index].end else None


@cache
def _verbs() -> Finder:
    return Finder(load_toml("speech")["verbs"]["words"])


@cache
def _before_verb() -> regex.Pattern[str]:
    words = alternatives(load_toml("speech")["between"]["words"])
    return regex.compile(rf"(?: ?\([^()\n]{{0,60}}\))?[ ,)-]{{0,4}}(?:(?:{words})(?: |$))*")


@cache
def _opener() -> re.Pattern[str]:  # of the two modules the faster where a whole text is searched
    table = load_toml("speech")["openers"]["words"]
    respect = alternatives(load_toml("titles")["honorifics"]["words"])
    ranks = alternatives(load_toml("titles")["ranks"]["words"])
    return re.compile(
        rf"(?<!\w)(?:{alternatives(table)}) (?:(?:{respect}|{ranks})(?!\w)[ .,-]{{0,3}}){{0,5}}"
    )


class _Reader:
    """One article with the mentions that can name a speaker."""

    def __init__(self, article: Article, mentions: Sequence[Mention], officials: Sequence[Official]) -> None:
        self.text = article.text
        self.lowered = lower(article.text)
        self.sentences = article.sentences
        self.names = [m for m in mentions if m.label in ("PERSON", "TITLE", "ORG", "LOC")]
        self.ends = [mention.end for mention in self.names]
        self.starts = [mention.start for mention in self.names]
        self.line_ends = [match.start() for match in regex.finditer("\n", self.text)]
        self.known = {id(m): official.name for official in officials for m in official.mentions}

    def sentence(self, offset: int) -> Span:
        """Return the sentence that an offset lies in."""
        index = bisect_right(self.sentences, (offset, len(self.text))) - 1
        return self.sentences[max(0, index)]

    def line_end(self, offset: int) -> int:
        """Return where the paragraph ends."""
        index = bisect_left(self.line_ends, offset)
        return self.line_ends[index] if index < len(self.line_ends) else len(self.text)

    def after_verbs(self) -> list[Speech]:
        """Return what is said by a speaker whose name a verb of saying follows."""
        found = []
        for start, end in _verbs().find(self.lowered):
            index = bisect_right(self.ends, start) - 1
            if index < 0 or start - self.ends[index] > 100:
                continue
            if not _before_verb().fullmatch(self.lowered, self.ends[index], start):
                continue
            speaker, first = self.speaker(index)
            if speaker is None:
                continue
            quoted = self.quoted_before(first)
            if quoted:
                found.append(self.speech("speech-quoted", speaker, quoted))
                continue
            colon = _COLON.match(self.text, end)
            if colon:
                found.append(self.speech("speech-colon", speaker, (colon.end(), self.line_end(colon.end()))))
            else:
                stop = self.sentence(start)[1]
                if stop > end + 1:
                    found.append(self.speech("speech-verb", speaker, (end, stop)))
        return found

    def after_openers(self) -> list[Speech]:
        """Return what follows `Theo đồng chí …`: to the end of the paragraph where it opens one."""
        found = []
        for opener in _opener().finditer(self.lowered):
            index = bisect_left(self.starts, opener.end() - 1)
            if index == len(self.names) or self.starts[index] > opener.end() + 1:
                continue
            speaker, last = self.named_from(index)
            if speaker is None:
                continue
            start, end = self.sentence(opener.start())
            opens = start == 0 or self.text[start - 1] == "\n"
            stop = self.line_end(last.end) if opens else end
            if stop > last.end:
                found.append(self.speech("speech-opener", speaker, (last.end, stop)))
        return found

    def speech(self, source: str, speaker: Mention, span: Span) -> Speech:
        """Return the speech without the signs and spaces at its ends."""
        start, end = span
        while start < end and self.text[start] in " ,:":
            start += 1
        while end > start and self.text[end - 1] in " \n":
            end -= 1
        return Speech(speaker, self.known.get(id(speaker), ""), start, end, source, speaker.score)

    def joined(self, index: int) -> bool:
        """Tell whether a name and the next stand together."""
        before, after = self.names[index], self.names[index + 1]
        return after.start - before.end <= 60 and bool(
            _WITHIN.fullmatch(self.lowered, before.end, after.start)
        )

    def speaker(self, index: int) -> tuple[Mention | None, Mention]:
        """Return the speaker whose name, or office, ends with the mention, and the first of the mentions."""
        first = index
        for _ in range(12):
            if self.names[first].label == "PERSON" or first == 0 or not self.joined(first - 1):
                break
            first -= 1
        if self.names[first].label == "PERSON":
            speaker = self.names[first]
            while (
                first and self.text[self.ends[first - 1] : self.starts[first]] == " " and index - first < 12
            ):
                first -= 1
            return speaker, self.names[first]
        title = next((m for m in self.names[first : index + 1] if m.label == "TITLE"), None)
        return title, self.names[first]

    def named_from(self, index: int) -> tuple[Mention | None, Mention]:
        """Return the speaker whose name, or office, begins with the mention, and the last of the mentions."""
        if self.names[index].label not in ("PERSON", "TITLE"):
            return None, self.names[index]
        last = index
        speaker = self.names[index]
        for _ in range(12):
            if last + 1 == len(self.names) or not self.joined(last):
                break
            following = self.names[last + 1]
            if following.label == "PERSON":
                if speaker.label == "PERSON":
                    break
                speaker = following
            last += 1
        return speaker, self.names[last]

    def quoted_before(self, first: Mention) -> Span | None:
        """Return the quotation that ends right before the speaker (`"…", ông A nói`)."""
        furthest = max(0, first.start - _LONGEST_QUOTE)
        begin = max(furthest, self.text.rfind("\n", furthest, first.start) + 1)
        closing = self.text.rfind('"', max(begin, first.start - 40), first.start)
        if closing < 0 or not _between_quote_and_speaker().fullmatch(self.lowered, closing + 1, first.start):
            return None
        opening = self.text.rfind('"', begin, closing)
        return (opening + 1, closing) if opening >= 0 else None


@cache
def _between_quote_and_speaker() -> regex.Pattern[str]:
    respect = alternatives(load_toml("titles")["honorifics"]["words"])
    ranks = alternatives(load_toml("titles")["ranks"]["words"])
    return regex.compile(rf"[ ,.-]{{0,4}}(?:(?:{respect}|{ranks})(?!\w)[ .,-]{{0,3}}){{0,5}}")
