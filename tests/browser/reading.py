"""What a page says to its reader, by eye or ear, outside ⟦…⟧: texts no catalogue was asked for.

The brackets are put around every message by a pseudo-language; what stands outside them and is not
data was written into a template or a module in one language.
"""

import re
from html.parser import HTMLParser
from typing import Self

BEGIN, END = "⟦", "⟧"
SAID = {"aria-label", "title", "placeholder", "alt", "label", "summary"}
SILENT = {"script", "style"}
WORD = re.compile(r"[^\W\d_]{2,}")
"""Two letters or more: figures, punctuation and single letters say nothing in any language."""
BARE = re.compile(
    r"\S+@\S+|.*\$\{\w+\}.*|https?://\S+|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z0-9]+(?:-[A-Z0-9]+)+|\b[A-Z]{3,4}\b"
    r"|\b[a-z]+(?:-[a-z0-9]+)+\b"
    r"|\b\d{1,2} (?:January|February|March|April|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?\b|\b[0-9a-f]{16}\b"
)
"""Addresses, ids, references, codes, placeholders and dates, which follow no catalogue."""


PLACE = re.compile(r"(?<!\$)\{\w+\}")
"""A placeholder of a mail's text."""


class Reader(HTMLParser):
    """Collects the texts of one page that stand outside the brackets.

    `drawn` are those in pictures, where a text is broken into lines, each an element of its own.
    """

    def __init__(self) -> None:
        """Start outside."""
        super().__init__()
        self.outside: list[str] = []
        self.drawn: list[str] = []
        self._pictures = 0
        self._depth = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hear the attributes that are read out, each by itself."""
        self._silent += tag in SILENT
        self._pictures += tag == "svg"
        given = dict(attrs)
        spoken = [text for name, text in attrs if name in SAID and text]
        if tag == "input" and given.get("type") in ("submit", "button"):
            spoken.append(given.get("value") or "")
        for text in spoken:
            self.outside += Reader.of(text).outside

    def handle_endtag(self, tag: str) -> None:
        """Speak again after a script."""
        self._silent -= tag in SILENT
        self._pictures -= tag == "svg"

    def handle_data(self, data: str) -> None:
        """Take the parts of a text outside the brackets, which may span elements."""
        if self._silent:
            return
        for part in re.split(f"([{BEGIN}{END}])", data):
            if part in (BEGIN, END):
                self._depth += 1 if part == BEGIN else -1
            elif not self._depth and part.strip():
                place = self.drawn if self._pictures else self.outside
                place.append(" ".join(part.split()))

    @classmethod
    def of(cls, page: str) -> Self:
        """One that has read the page, or the text of an attribute."""
        reader = cls()
        reader.feed(page)
        reader.close()
        return reader


def unsaid(text: str, known: list[str]) -> str:
    """What is left of a text after known data, longest first, and bare marks are taken out."""
    if BARE.fullmatch(text):
        return ""
    text = PLACE.sub(" ", text)
    for one in known:
        if not WORD.search(text):
            return ""
        text = text.replace(one, " ")
    return " ".join(WORD.findall(BARE.sub(" ", text)))
