"""The field of a list of choices, or of rows: texts, codes, order, and lines pasted at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import Field

from core.texts import lazy as _l
from surveys.definition import Choice, Texts
from surveys.editing.choices import choices_from, next_code

MOST = 500
LONGEST_CODE = 60


@dataclass
class Line:
    """A choice as it is typed. `was`: its code when the page was made, "" for a new one."""

    code: str
    was: str
    texts: Texts
    asks_text: bool
    alone: bool
    errors: list[str] = field(default_factory=list)


class ChoicesField(Field):
    """Choices by line. `choices`: what they mean; `recoded`: new codes by former ones.

    `frozen`: codes that were published, and stay. `numbered`: steps of a scale, whose codes are
    numbers. `plain`: rows, which ask for no text and exclude nothing.
    """

    def __init__(
        self,
        label: Any,
        *,
        languages: tuple[str, ...],
        frozen: Collection[str] = (),
        numbered: bool = False,
        plain: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.languages, self.frozen = languages, frozenset(frozen)
        self.numbered, self.plain = numbered, plain
        self.present: dict[str, Choice] = {}
        self.lines: list[Line] = []
        self.pasted = ""
        self.choices: tuple[Choice, ...] = ()
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed, else the choices there are."""
        present: Sequence[Choice] = data or ()
        self.present = {choice.code: choice for choice in present}
        self.choices = tuple(present)
        if formdata is None or f"{self.name}-lines" not in formdata:
            self.lines = [_line(choice) for choice in present]
            return
        self.pasted = formdata.get(f"{self.name}-lines", "")
        self.lines = self._typed(formdata)

    def _typed(self, formdata: Any) -> list[Line]:
        codes = formdata.getlist(f"{self.name}-code")[:MOST]
        formers = formdata.getlist(f"{self.name}-was")
        texts = {code: formdata.getlist(f"{self.name}-text-{code}") for code in self.languages}
        asking = set(formdata.getlist(f"{self.name}-asks"))
        alone = set(formdata.getlist(f"{self.name}-alone"))
        lines = []
        for place, code in enumerate(codes):
            said = {
                language: typed[place].strip()
                for language, typed in texts.items()
                if place < len(typed) and typed[place].strip()
            }
            was = formers[place] if place < len(formers) else ""
            marks = (str(place) in asking, str(place) in alone)
            lines.append(Line(code.strip(), was if was in self.present else "", said, *marks))
        return lines

    def act(self, action: str, place: int) -> None:
        """A button of the list: add, paste, up, down, drop."""
        lines = self.lines
        match action:
            case "add" if len(lines) < MOST:
                lines.append(Line("", "", {}, asks_text=False, alone=False))
            case "paste":
                self._paste()
            case "up" if 0 < place < len(lines):
                lines[place - 1], lines[place] = lines[place], lines[place - 1]
            case "down" if place < len(lines) - 1:
                lines[place + 1], lines[place] = lines[place], lines[place + 1]
            case "drop" if place < len(lines):
                del lines[place]

    def _paste(self) -> None:
        """A line for each of the pasted ones that says something new."""
        source = self.languages[0]
        there = [Choice(code=line.code, texts=line.texts) for line in self.lines]
        made = choices_from(self.pasted.splitlines()[:MOST], source, there, numbered=self.numbered)
        self.lines += [_line(choice) for choice in made[len(there) :]]
        self.pasted = ""

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Give codes to lines without one, and refuse what can't be told apart."""
        self._paste()
        self.lines = [line for line in self.lines if line.code or line.texts]
        self._give_codes()
        seen: set[str] = set()
        for line in self.lines:
            self._check(line, seen)
            seen.add(line.code)
        if any(line.errors for line in self.lines):
            self.errors = [str(_l("Some codes can't be used: look at the lines marked."))]
            return False
        self.choices = tuple(self._choice(line) for line in self.lines)
        return True

    def _give_codes(self) -> None:
        source = self.languages[0]
        for line in self.lines:
            if line.was in self.frozen:
                line.code = line.was
            elif not line.code:
                taken = [other.code for other in self.lines if other.code]
                text = line.texts.get(source) or next(iter(line.texts.values()))
                line.code = next_code(text, [*taken, *self.frozen], numbered=self.numbered)

    def _check(self, line: Line, seen: set[str]) -> None:
        if line.code in seen:
            line.errors.append(str(_l("Another line has this code.")))
        elif any(c.isspace() or c in "'\"" for c in line.code) or len(line.code) > LONGEST_CODE:
            line.errors.append(str(_l("A code has at most 60 signs, no spaces or quotes.")))
        elif not line.texts.get(self.languages[0]):
            line.errors.append(str(_l("Write a text.")))

    def _choice(self, line: Line) -> Choice:
        before = self.present.get(line.was) or Choice(code=line.code, texts={})
        kept = {k: text for k, text in before.texts.items() if k not in self.languages}
        said: dict[str, Any] = {"code": line.code, "texts": {**line.texts, **kept}}
        if not self.plain:
            said.update(_marks(line))
        return before.model_copy(update=said)

    @property
    def recoded(self) -> dict[str, str]:
        """The new code of each choice whose code changed, by its former one."""
        return {line.was: line.code for line in self.lines if line.was and line.was != line.code}


def _line(choice: Choice) -> Line:
    return Line(
        choice.code,
        choice.code,
        dict(choice.texts),
        asks_text=choice.specify,
        alone=choice.exclusive,
    )


def _marks(line: Line) -> dict[str, bool | None]:
    """What is marked, left to the code where the code says the same."""
    unmarked = Choice(code=line.code, texts={})
    return {
        "asks_text": None if line.asks_text == unmarked.specify else line.asks_text,
        "alone": None if line.alone == unmarked.exclusive else line.alone,
    }
