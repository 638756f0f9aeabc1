"""The text of a page: one line a block, without scripts, menus and forms."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["read_html"]

_DROPPED = frozenset(
    {"button", "footer", "form", "head", "iframe", "nav", "noscript", "script", "select", "style", "svg"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
    }
    | {"sub", "sup", "time", "u", "wbr"}
)
_DATES = ("article:published_time", "datePublished", "pubdate", "date")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.published: str | None = None
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            values = dict(attrs)
            name = values.get("property") or values.get("name") or values.get("itemprop")
            if name in _DATES and self.published is None:
                self.published = values.get("content")
        elif tag == "body":
            self._dropped.clear()  # an unclosed head ends here
        elif tag in _DROPPED:
            self._dropped.append(tag)
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._dropped:
            del self._dropped[self._dropped.index(tag) :]
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.parts.append(" ".join(data.split("\n")))


def read_html(page: str) -> tuple[str, str | None]:
    r"""Return the text of an HTML page, and the day of publication if its head gives one.

    Examples
    --------
    >>> read_html('<meta name="date" content="2020-07-19"><h1>Tin</h1><script>x</script><p>120 hộ&nbsp;nghèo')
    ('Tin\n120 hộ\xa0nghèo', '2020-07-19')
    """
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line), reader.published
