"""A condition's field: rows of question, operator and value, beside the expression they say.

Rows and expression are kept in step by round trips: whichever was changed wins, and if both were,
the page asks. It refuses to know which question the condition belongs to.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import Field

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import nodes
from surveys.definition import Question, Tree
from surveys.editing.comparing import (
    COMPARISONS,
    MOMENTS,
    OFFERING,
    THIS,
    Comparison,
    comparisons_of,
    words_of,
)
from surveys.editing.rows import Row, Rows, is_complete, rows_of, tree_of
from surveys.expressions import ExpressionError, parse, render

MOST_ROWS = 40
BOTH = _l("The rows and the expression were both changed. Choose which one to use.")
INCOMPLETE = _l("A row isn't complete: choose a question, how it is compared, and with what.")


class ConditionField(Field):
    """One condition. `tree`: what it means, None for none; `rows`: None where rows can't say it.

    `questions`: those a row may be about, by code, in the order asked; every other that exists
    stands in `known`. `own`: the question whose answer a check speaks of.
    """

    def __init__(
        self,
        label: Any,
        *,
        questions: Mapping[str, Question],
        known: Mapping[str, Question],
        own: Question | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.questions, self.known, self.own = questions, known, own
        self.tree: Tree | None = None
        self.rows: Rows | None = Rows()
        self.text = self.was = ""
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed, else the condition there is."""
        if formdata is None or f"{self.name}-was" not in formdata:
            self._show(data if isinstance(data, dict) else None)
            return
        self.text = formdata.get(f"{self.name}-text", "").strip()
        self.was = formdata.get(f"{self.name}-was", "").strip()
        self.rows = self._typed_rows(formdata)

    def _show(self, tree: Tree | None) -> None:
        self.tree = tree
        self.text = self.was = render(tree) if tree is not None else ""
        self.rows = rows_of(tree, self.known, self.own)

    @property
    def lost(self) -> list[str]:
        """Sentences that name the codes it refers to and no question has; a draft may keep them."""
        refs = {node["ref"] for node, _depth in nodes(self.tree or {}) if "ref" in node}
        return [
            str(_l("There is no question “%(code)s”.", code=code))
            for code in sorted(refs - set(self.known))
        ]

    def _typed_rows(self, formdata: Any) -> Rows | None:
        if f"{self.name}-join" not in formdata:
            return None
        columns = [
            formdata.getlist(f"{self.name}-{part}")[:MOST_ROWS]
            for part in ("question", "comparison", "value", "group")
        ]
        rows = (
            self._possible(Row(code, comparison, value.strip(), _number(group)))
            for code, comparison, value, group in zip(*columns, strict=False)
        )
        return Rows(formdata.get(f"{self.name}-join") != "any", tuple(rows))

    def _possible(self, row: Row) -> Row:
        """The row with a comparison its question can be in, and a choice it offers."""
        question, comparison = self.asked(row), self.comparison(row)
        if question is None or comparison is None:
            return row
        value = "" if comparison.bare else row.value
        if self.control(row) == "choices" and question.choice(value) is None:
            value = ""
        return replace(row, comparison=comparison.name, value=value)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Find out what is meant; whether it could be."""
        return self.settle()

    def settle(self) -> bool:
        """Take whichever of rows and expression was changed; errors tell why it can't be."""
        typed, picked = self.text != self.was, self._rows_changed()
        if typed and picked:
            self.errors = [str(BOTH)]
            return False
        if picked:
            return self.use_rows()
        return self.use_text()

    def _rows_changed(self) -> bool:
        if self.rows is None:
            return False
        try:
            before = rows_of(parse(self.was), self.known, self.own) if self.was else Rows()
        except ExpressionError:
            before = Rows()
        before = Rows() if before is None else before
        filled = tuple(row for row in self.rows.rows if row.question)
        alone = len(filled) < 2  # noqa: PLR2004 -- one row says the same with all and any
        joined = before.all if alone else self.rows.all
        return Rows(joined, filled) != before

    def use_rows(self) -> bool:
        """Write the rows as the expression; False, with the reason, if one isn't complete."""
        rows = self.rows or Rows()
        filled = Rows(rows.all, tuple(row for row in rows.rows if row.question))
        if not all(is_complete(row, self.known, self.own) for row in filled.rows):
            self.errors = [str(INCOMPLETE)]
            return False
        self._show(tree_of(filled, self.known, self.own))
        return True

    def use_text(self) -> bool:
        """Read the expression, and show it as rows where they can say it."""
        try:
            tree = parse(self.text) if self.text else None
        except ExpressionError as error:
            self.errors = [str(error.message)]
            return False
        self._show(tree)
        return True

    def act(self, action: str, place: int) -> None:
        """A button of the builder: row, group, beside, drop, rows, text; any other shows again."""
        rows = self.rows or Rows()
        match action:
            case "row":
                self._put(rows, (*rows.rows, Row("", "")))
            case "group":
                last = max((row.group for row in rows.rows), default=0)
                fresh = Row("", "", group=last + 1)
                self._put(rows, (*rows.rows, fresh, fresh))
            case "beside" if place < len(rows.rows):
                fresh = Row("", "", group=rows.rows[place].group)
                self._put(rows, (*rows.rows[: place + 1], fresh, *rows.rows[place + 1 :]))
            case "drop" if place < len(rows.rows):
                self._put(rows, (*rows.rows[:place], *rows.rows[place + 1 :]))
                self._write()
            case "use-text":
                self.use_text()
            case "use-rows":
                self.use_rows()
            case _:
                self._write()

    def _write(self) -> None:
        """Write complete rows as the expression at once, so that both stay in step."""
        if self.rows is None or self.text != self.was:
            return
        filled = [row for row in self.rows.rows if row.question]
        if filled == list(self.rows.rows) and all(
            is_complete(row, self.known, self.own) for row in filled
        ):
            self.use_rows()

    def _put(self, rows: Rows, changed: tuple[Row, ...]) -> None:
        self.rows = replace(rows, rows=changed[:MOST_ROWS])

    def asked(self, row: Row) -> Question | None:
        """The question a row is about."""
        return self.own if row.question == THIS else self.known.get(row.question)

    def offered(self, row: Row) -> dict[str, Question]:
        """The questions a row's first box offers: the one it has, whatever it is, among them."""
        there = self.asked(row)
        more = {row.question: there} if there is not None and row.question != THIS else {}
        return {**self.questions, **more}

    def comparisons(self, row: Row) -> list[tuple[str, Lazy]]:
        """Names and words of what can be said of the row's question."""
        question = self.asked(row)
        if question is None:
            return []
        return [(c.name, words_of(c, question)) for c in comparisons_of(question)]

    def comparison(self, row: Row) -> Comparison | None:
        """How the row compares; the first way there is while none is chosen."""
        question = self.asked(row)
        if question is None:
            return None
        possible = comparisons_of(question)
        chosen = COMPARISONS.get(row.comparison)
        return chosen if chosen in possible else possible[0]

    def control(self, row: Row) -> str:
        """How a value is given: choices, date, number, text, or none."""
        question, comparison = self.asked(row), self.comparison(row)
        if question is None or comparison is None or comparison.bare:
            return "none"
        if comparison.counts:
            return "number"
        if question.kind in OFFERING:
            return "choices"
        return "date" if question.kind in MOMENTS else "text"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004 -- of a row


class ExpressionField(Field):
    """An expression by itself: a calculation, a filter of choices. `columns`: as in `parse`."""

    def __init__(self, label: Any, *, columns: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.columns = columns
        self.tree: Tree | None = None
        self.text = ""
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed, else the expression there is."""
        if formdata is not None and self.name in formdata:
            self.text = formdata.get(self.name, "").strip()
        elif isinstance(data, dict):
            self.text = render(data)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the expression; the error says where it is wrong."""
        try:
            self.tree = dict(parse(self.text, columns=self.columns)) if self.text else None
        except ExpressionError as error:
            self.errors = [str(error.message)]
            return False
        return True
