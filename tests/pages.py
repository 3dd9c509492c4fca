"""What a browser without JavaScript would send from a page: its forms with the values they show."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = dict[str, list[str]]


@dataclass
class Form:
    """A form of a page. `fields`: every value it would send, by name, its buttons aside."""

    action: str
    fields: Fields = field(default_factory=dict)

    def put(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None
        self._textarea: str | None = None
        self._text: list[str] = []
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        if self._templates:
            return  # what scripts may copy is sent by nobody
        if tag == "form":
            self.forms.append(Form(a.get("action", "")))
        elif tag == "input":
            self._input(a)
        elif tag == "select":
            self._select = a["name"]
        elif tag == "option" and "selected" in a and self._select:
            self.forms[-1].put(self._select, a.get("value", ""))
        elif tag == "textarea":
            self._textarea, self._text = a.get("name", ""), []

    def _input(self, a: dict[str, str]) -> None:
        off = a.get("type") == "file" or (
            a.get("type") in ("radio", "checkbox") and "checked" not in a
        )
        if not off and a.get("name"):
            self.forms[-1].put(a["name"], a.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            if self._textarea:
                text = "".join(self._text).replace("\r\n", "\n").removeprefix("\n")
                self.forms[-1].put(self._textarea, text)
            self._textarea = None


def forms_of(html: str) -> list[Form]:
    """The forms of a page, in their order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_with(html: str, name: str) -> Form:
    """The form that holds a field of this name."""
    return next(form for form in forms_of(html) if name in form.fields)
