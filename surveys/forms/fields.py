"""A question's field, whatever its kind: what was typed beside what it means.

Nothing typed is ever lost. A repeat's field holds fields of its own, item by item. Fields know
nothing of the database: which file or organisation an answer belongs to is checked elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field

from core.texts import Lazy
from surveys.definition import Choice, Group, Question
from surveys.forms.layout import Block, laid_out
from surveys.kinds import Line, Raw, Unreadable, kind_of
from surveys.kinds.repeats import (
    MOST_ITEMS,
    TOO_MANY,
    ids_in,
    items_of,
    new_id,
    stored_items,
)
from surveys.rotation import rotated

PREFIX = "q_"
MOST_OPEN = 20
"""Choices that stand open on a page; a longer list folds."""
ASKED = "asked"
"""The hidden field that names, one by one, the conditional questions a page asks."""


class AnswerField(Field):
    """A question's field. `stored`: the answer it holds; `raw`: its inputs as typed.

    `path`: its place in the form: the question's code, inside a repeat REPEAT/ITEM/CODE.
    `conditional`: something around it or in it decides whether it is asked. `unreadable` says why
    what was typed is no answer. `absent`: the page that was sent did not ask it, since a condition
    hid it then, so what is stored stands. The page sets `rotation`, `hidden_now`, `relevant_json`,
    `calculated` (its value as text), `left` (the choices a filter leaves, None for all), `number`
    and `file_url` (where the file it names is) before rendering.
    """

    question: Question

    def __init__(self, question: Question, *, conditional: bool, **kwargs: Any) -> None:
        super().__init__(question.code, **kwargs)
        self.question = question
        self.kind = kind_of(question)
        self.path = self.name.removeprefix(PREFIX)
        self.id = self.name.replace("/", ".")
        self.conditional = conditional
        self.follows = False
        self.raw: Raw = {}
        self.stored: Any = None
        self.unreadable: Lazy | None = None
        self.absent = False
        self.rotation = 0
        self.number = ""
        self.hidden_now = False
        self.doubt: Any = None
        self.calculated = ""
        self.file_url = ""
        self.left: frozenset[str] | None = None
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the form's inputs if it was sent, else `data`: (stored, what is unread by path)."""
        stored, unread = data if isinstance(data, tuple) else (None, {})
        if formdata is not None:
            self.raw = self.kind.taken(self.question, self._inputs(formdata))
            self.absent = self.question.read_only or not (self.raw or self._was_asked(formdata))
        if formdata is None or self.absent:
            self.show(stored, unread)
        else:
            self.read()

    def _inputs(self, formdata: Any) -> Any:
        return lambda suffix: formdata.getlist(self.name + suffix)

    def show(self, stored: Any, unread: Mapping[str, Raw]) -> None:
        """Hold what the response holds."""
        self.stored = stored
        typed = unread.get(self.path)
        self.raw = self.kind.to_raw(self.question, stored) if typed is None else typed

    def read(self) -> None:
        """Understand what was typed, as far as that goes."""
        try:
            self.stored = self.kind.from_raw(self.question, self.raw)
        except Unreadable as unreadable:
            self.unreadable = unreadable.message
            self.stored = unreadable.keeps

    def _was_asked(self, formdata: Any) -> bool:
        """Whether the page asked it: one with a condition says so, for inputs may send nothing."""
        return not self.conditional or self.path in formdata.getlist(ASKED)

    def every(self) -> Iterator["AnswerField"]:
        """This field, and those inside it."""
        yield self

    @property
    def sends_files(self) -> bool:
        """Whether it, or a question inside it, is answered with a file."""
        return any(kind_of(question).uploads for question in self.question.everything())

    @property
    def entered(self) -> Raw:
        """What is written in its inputs, empty ones left out: for comparing two pages."""
        stripped = {suffix: [v.strip() for v in vs if v.strip()] for suffix, vs in self.raw.items()}
        return {suffix: values for suffix, values in stripped.items() if values}

    @property
    def choices(self) -> list[Choice]:
        """The choices left in the organisation's order; a scale, or an ordered list, as it is.

        One that was chosen stays in sight, also where a filter would take it away.
        """
        offered = list(self.question.choices)
        if self.left is not None:
            marked = set(self.raw.get("", ()))
            offered = [c for c in offered if c.code in self.left or c.code in marked]
        rotates = self.question.rotate and not self.kind.scale
        return rotated(offered, self.rotation) if rotates else offered

    @property
    def items(self) -> list[Choice]:
        """The rows in the organisation's order."""
        rows = self.question.items
        return rotated(rows, self.rotation) if self.question.rotate else list(rows)

    @property
    def nothing_to_show(self) -> bool:
        """Whether the page leaves it out: hidden, and nothing on the page could change that."""
        return self.hidden_now and not self.follows

    def typed(self, suffix: str = "") -> str:
        """What an input shows."""
        values = self.raw.get(suffix)
        return values[0] if values else ""

    def chosen(self, suffix: str, code: str) -> bool:
        """Whether an option is marked."""
        return code in self.raw.get(suffix, ())

    @property
    def listed(self) -> bool:
        """Whether its choices fold into a list to open: a short wish, or a long list."""
        return "minimal" in self.question.appearance or len(self.question.choices) > MOST_OPEN

    def lines(self, language: str) -> list[Line]:
        """The answer in words; none if there is none."""
        if self.stored is None:
            return []
        return self.kind.summary(self.question, self.stored, language)


@dataclass
class ItemFields:
    """One item of a repeat on a page. `fresh`: made for this page, and not saved yet."""

    id: str
    fields: list[AnswerField]
    groups: tuple[Group, ...]
    fresh: bool = False

    @property
    def nodes(self) -> list[Block | AnswerField]:
        """Its fields in their groups."""
        return laid_out(self.groups, self.fields)

    @property
    def touched(self) -> bool:
        """Whether anything stands in it."""
        return any(f.stored is not None or f.unreadable or f.entered for f in self.fields)

    def begin(self, answers: Mapping[str, Any]) -> None:
        """Show the answers it begins with, stored by question."""
        for one in (field for field in self.fields if field.question.code in answers):
            one.show(answers[one.question.code], {})

    @property
    def answers(self) -> dict[str, Any]:
        """Its answers as stored."""
        return {f.question.code: f.stored for f in self.fields if f.stored is not None}


class RepeatField(AnswerField):
    """A repeat's field, with fields of its own for each of its items.

    The page sets `begun`, the stored answers an item added begins with, and `prepare`, which tells
    the fields of one what its place shows.
    """

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(question, **kwargs)
        self.rows: list[ItemFields] = []
        self.begun: Mapping[str, Any] = {}
        self.prepare: Callable[[Sequence[AnswerField]], object] = len

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """As any field; what was sent is understood item by item."""
        super().process(formdata, data)
        if formdata is not None and not self.absent:
            self._take(formdata, data[0] if isinstance(data, tuple) else None)

    def show(self, stored: Any, unread: Mapping[str, Raw]) -> None:
        super().show(stored, unread)
        self.rows = [self._row(item.id, None, item.answers, unread) for item in items_of(stored)]

    def read(self) -> None:
        """Items are read one by one, in `_take`: each may leave answers standing."""

    def _take(self, formdata: Any, stored: Any) -> None:
        ids = ids_in({"": formdata.getlist(self.name)})
        if len(ids) > MOST_ITEMS:
            self.unreadable, self.stored = TOO_MANY, stored
            return
        held = {item.id: item.answers for item in items_of(stored)}
        self.rows = [self._row(item, formdata, held.get(item, {})) for item in ids]
        kept = (row for row in self.rows if row.touched or self.question.times)
        self.stored = stored_items((row.id, row.answers) for row in kept)

    def _row(
        self,
        item: str,
        formdata: Any,
        answers: dict[str, Any],
        unread: Mapping[str, Raw] | None = None,
        *,
        fresh: bool = False,
    ) -> ItemFields:
        fields = []
        for inner in self.question.questions:
            name = f"{self.name}/{item}/{inner.code}"
            unbound = field_for(inner, self.question.groups)
            field: AnswerField = unbound.bind(form=None, name=name, _meta=self.meta)
            field.process(formdata, (answers.get(inner.code), unread or {}))
            fields.append(field)
        return ItemFields(item, fields, self.question.groups, fresh)

    def add_fresh(self, count: int = 1) -> None:
        """Show further items that nobody has written in yet."""
        for _ in range(count):
            row = self._row(new_id(), None, {}, fresh=True)
            for inside in row.fields:
                if isinstance(inside, RepeatField) and not inside.fixed:
                    inside.add_fresh()
            self.rows.append(row)

    def adopt(self, other: AnswerField) -> None:
        """Take over items that somebody else added meanwhile, after one's own."""
        known = {row.id for row in self.rows}
        theirs = [item for item in items_of(other.stored) if item.id not in known]
        self.rows += [self._row(item.id, None, item.answers) for item in theirs]

    @property
    def entered(self) -> Raw:
        """As of any field; items nobody wrote in don't count."""
        blank = {row.id for row in self.rows if not row.touched}
        written = super().entered
        ids = [item for item in written.pop("", []) if item not in blank]
        return {"": ids, **written} if ids else {}

    @property
    def pattern(self) -> ItemFields:
        """A blank item whose id stands open, for scripts to copy."""
        row = self._row(self.open_id, None, {}, fresh=True)
        row.begin(self.begun)
        self.prepare(row.fields)
        return row

    @property
    def open_id(self) -> str:
        """What stands in the pattern in place of an id."""
        return f"_{self.question.uid.hex[:8]}_"

    @property
    def fixed(self) -> bool:
        """Whether an expression says how many items there are."""
        return self.question.times is not None

    def every(self) -> Iterator[AnswerField]:
        yield self
        for row in self.rows:
            for field in row.fields:
                yield from field.every()


def field_for(question: Question, groups: Sequence[Group]) -> Any:
    """The unbound field of a question that stands in one of these groups, or in none."""
    around = {group.code: group for group in groups}
    code, conditional = question.group, question.relevant is not None
    while code in around:
        conditional = conditional or around[code].relevant is not None
        code = around.pop(code).group
    kind = RepeatField if kind_of(question).nested else AnswerField
    return kind(question=question, conditional=conditional)
