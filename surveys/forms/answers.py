"""The form of a section: one field per question, whatever its kind.

A section's form class is made once, then bound for each page. A field keeps what was typed beside
what it means, so that nothing typed is ever lost.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField

from core.texts import Lazy
from surveys.completeness import Entered
from surveys.conditions import Visibility, bound, references, visibility
from surveys.definition import Choice, Question, Questionnaire, Section
from surveys.kinds import Raw, Unreadable, kind_of
from surveys.rotation import rotated

PREFIX = "q_"
ASKED = "asked"
"""The hidden field that names, one by one, the conditional questions a page asks."""


class AnswerField(Field):
    """A question's field. `stored`: the answer it holds; `raw`: its inputs as typed.

    `unreadable` says why what was typed is no answer. `absent`: the page that was sent did not ask
    it, since its condition hid it then, so what is stored stands. The page sets `rotation`,
    `hidden_now` and `relevant_json` before rendering.
    """

    question: Question

    def __init__(self, question: Question, *, follows: bool, **kwargs: Any) -> None:
        super().__init__(question.code, **kwargs)
        self.question = question
        self.kind = kind_of(question)
        self.follows = follows
        self.raw: Raw = {}
        self.stored: Any = None
        self.unreadable: Lazy | None = None
        self.absent = False
        self.rotation = 0
        self.hidden_now = False
        self.relevant_json = ""
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the form's inputs if it was sent, else `data`: (stored, unread or None)."""
        if formdata is not None:
            self.raw = {
                suffix: values
                for suffix in self.kind.suffixes(self.question)
                if (values := formdata.getlist(self.name + suffix))
            }
            self.absent = not (self.raw or self._was_asked(formdata))
        if formdata is None or self.absent:
            self.stored, unread = data if isinstance(data, tuple) else (None, None)
            self.raw = self.kind.to_raw(self.question, self.stored) if unread is None else unread
            return
        try:
            self.stored = self.kind.from_raw(self.question, self.raw)
        except Unreadable as unreadable:
            self.unreadable = unreadable.message

    def _was_asked(self, formdata: Any) -> bool:
        """Whether the page asked it: one with a condition says so, for inputs may send nothing."""
        return self.question.relevant is None or self.question.code in formdata.getlist(ASKED)

    @property
    def entered(self) -> Raw:
        """What is written in its inputs, empty ones left out: for comparing two pages."""
        stripped = {suffix: [v.strip() for v in vs if v.strip()] for suffix, vs in self.raw.items()}
        return {suffix: values for suffix, values in stripped.items() if values}

    @property
    def choices(self) -> list[Choice]:
        """The choices in the organisation's order; a scale, or an ordered list, as it is."""
        if self.question.rotate and not self.kind.scale:
            return rotated(self.question.choices, self.rotation)
        return list(self.question.choices)

    @property
    def items(self) -> list[Choice]:
        """The rows in the organisation's order."""
        rows = self.question.items
        return rotated(rows, self.rotation) if self.question.rotate else list(rows)

    def typed(self, suffix: str = "") -> str:
        """What an input shows."""
        values = self.raw.get(suffix)
        return values[0] if values else ""

    def chosen(self, suffix: str, code: str) -> bool:
        """Whether an option is marked."""
        return code in self.raw.get(suffix, ())


class SectionForm(FlaskForm):
    """The base of every section's form. `edition`: how often the section had been saved."""

    class Meta:
        """The token is checked for every request by the application."""

        csrf = False

    edition = HiddenField("edition")

    @property
    def answer_fields(self) -> list[AnswerField]:
        """The questions' fields, in the order asked."""
        return [field for field in self if isinstance(field, AnswerField)]


_classes: dict[tuple[UUID, str], type[SectionForm]] = {}


def _form_class(version_id: UUID, section: Section) -> type[SectionForm]:
    """The section's form class, remembered: a published version never changes."""
    key = (version_id, section.code)
    if key not in _classes:
        here = {question.code for question in section.questions}
        fields = {
            PREFIX + question.code: AnswerField(
                question=question, follows=bool(references(question.relevant) & here)
            )
            for question in section.questions
        }
        _classes[key] = type("QuestionnaireSectionForm", (SectionForm,), fields)
    return _classes[key]


def section_form(
    questionnaire: Questionnaire,
    version_id: UUID,
    section: Section,
    entered: Entered,
    *,
    formdata: MultiDict[str, str] | None,
    rotation: int,
    edition: int,
) -> SectionForm:
    """The section's form: filled with what was sent, else with what the response holds."""
    data = {
        PREFIX + q.code: (entered.answers.get(q.code), entered.unread.get(q.code))
        for q in section.questions
    }
    form = _form_class(version_id, section)(formdata=formdata, edition=str(edition), **data)
    answers = {**entered.answers, **({} if formdata is None else form_answers(form))}
    _set_conditions(questionnaire, section, form, answers)
    for field in form.answer_fields:
        field.rotation = rotation
    return form


def form_answers(form: SectionForm) -> dict[str, Any]:
    """The answers a form was sent with, by question code; None where there is none."""
    return {
        field.question.code: field.stored
        for field in form.answer_fields
        if field.question.asks and not field.absent
    }


def form_unread(form: SectionForm) -> dict[str, Raw]:
    """What a form was sent with that can't be read as an answer, by question code."""
    return {f.question.code: f.raw for f in form.answer_fields if f.unreadable is not None}


def _set_conditions(
    questionnaire: Questionnaire, section: Section, form: SectionForm, answers: Mapping[str, Any]
) -> None:
    conditional = [field for field in form.answer_fields if field.question.relevant is not None]
    if not conditional:
        return
    seen = visibility(questionnaire, answers)
    here = frozenset(question.code for question in section.questions)
    for field in conditional:
        field.hidden_now = seen[field.question.code] is Visibility.HIDDEN
        if field.follows and field.question.relevant is not None:
            tree = bound(field.question.relevant, answers, keep=here)
            field.relevant_json = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
