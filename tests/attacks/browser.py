"""What a browser would make of a page: what came alive in it, and what it shows."""

import json
from html.parser import HTMLParser

from tests.attacks.hostile import TAG

Attributes = list[tuple[str, str | None]]
LOADED = ("href", "src", "action", "formaction")


class Page(HTMLParser):
    """A page, read. `alive`: whatever would run or was made by a text; `texts`: what is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.texts: list[str] = []
        self._data = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        self._data = tag == "script" and given.get("type") == "application/json"
        inline = tag == "script" and "src" not in given and not self._data
        if tag == TAG or inline:
            self.alive.append(tag)
        self.alive += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.alive += [
            f"{tag} {name}"
            for name in LOADED
            if given.get(name, "").strip().lower().startswith(("javascript:", "data:text"))
        ]
        self.texts += given.values()

    def handle_endtag(self, _tag: str) -> None:
        self._data = False

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._data:
            json.loads(data)  # a text that left its script element would leave half a document

    @property
    def text(self) -> str:
        """All that it shows, attributes too."""
        return " ".join(self.texts)
