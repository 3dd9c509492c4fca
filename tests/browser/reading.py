"""What a page says to its reader, by eye or ear, outside ⟦…⟧: texts no catalogue was asked for.

The brackets are put around every message by a pseudo-language; what stands outside them and is not
data was written into a template or a module in one language.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Self

BEGIN, END = "⟦", "⟧"
SAID = {"aria-label", "title", "placeholder", "alt", "label", "summary"}
SILENT = {"script", "style"}
FIRST = re.compile(r"[^\W_]+")
WORD = re.compile(r"[^\W\d_]{2,}")
"""Two letters or more: figures, punctuation and single letters say nothing in any language."""
BARE = re.compile(
    r"\S+@\S+|.*\$\{\w+\}.*|https?://\S+|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z0-9]+(?:-[A-Z0-9]+)+|\b[A-Z]{3,4}\b"
    r"|\b[a-z]+(?:[-_.][a-z0-9]+)+\b|\b[0-9a-f]{16,64}\b"
)
"""Addresses, ids, references, codes and placeholders, which follow no catalogue."""
DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?\b"
)
OWN_WORDS = {"text", "words"}
VOID = {"br", "img", "input", "meta", "link", "hr", "source", "wbr", "col"}


PLACE = re.compile(r"(?<!\$)\{\w+\}")
"""A placeholder of a mail's text."""


class Reader(HTMLParser):
    """Collects the texts of one page in English that stand outside the brackets.

    `drawn` are those in pictures, where a text is broken into lines, each an element of its own.
    What an element says that holds a draft's or a contribution's own words (classes `text` and
    `words`), is in another language or names a key is left out.
    """

    def __init__(self) -> None:
        """Start outside."""
        super().__init__()
        self.outside: list[str] = []
        self.drawn: list[str] = []
        self._pictures = 0
        self._depth = 0
        self._silent = 0
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hear the attributes that are read out, each by itself."""
        self._silent += tag in SILENT
        self._pictures += tag == "svg"
        given = dict(attrs)
        if tag not in VOID:
            self._open.append(
                tag == "kbd" or not OWN_WORDS.isdisjoint((given.get("class") or "").split())
                or given.get("lang", "en") != "en"
            )  # fmt: skip
        spoken = [text for name, text in attrs if name in SAID and text]
        if tag == "input" and given.get("type") in ("submit", "button"):
            spoken.append(given.get("value") or "")
        for text in spoken:
            self.outside += Reader.of(text).outside

    def handle_endtag(self, tag: str) -> None:
        """Speak again after a script."""
        self._silent -= tag in SILENT
        self._pictures -= tag == "svg"
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take the parts of a text outside the brackets, which may span elements."""
        if self._silent:
            return
        for part in re.split(f"([{BEGIN}{END}])", data):
            if part in (BEGIN, END):
                self._depth += 1 if part == BEGIN else -1
            elif not self._depth and part.strip() and not any(self._open):
                place = self.drawn if self._pictures else self.outside
                place.append(" ".join(part.split()))

    @classmethod
    def of(cls, page: str) -> Self:
        """One that has read the page, or the text of an attribute."""
        reader = cls()
        reader.feed(page)
        reader.close()
        return reader


class Names:
    """Known data by its first word, so that only what may stand in a text is looked for in it."""

    def __init__(self, names: Iterable[str]) -> None:
        """Names in any order; the longest are taken out of a text first."""
        self.all = sorted(set(names), key=len, reverse=True)
        self.text = "\n".join(self.all)
        self._after: dict[str, list[str]] = {}
        for name in self.all:
            if first := FIRST.search(name):
                self._after.setdefault(first[0], []).append(name)

    def within(self, text: str) -> list[str]:
        """Those whose first word the text has, longest first."""
        found = (name for word in set(FIRST.findall(text)) for name in self._after.get(word, ()))
        return sorted(found, key=len, reverse=True)


def unsaid(text: str, known: Names) -> str:
    """What is left of a text after known data, longest first, and bare marks are taken out."""
    if BARE.fullmatch(text):
        return ""
    text = DATE.sub(" ", PLACE.sub(" ", text))
    for one in known.within(text):
        if not WORD.search(text):
            return ""
        text = text.replace(one, " ")
    return " ".join(WORD.findall(BARE.sub(" ", text)))
