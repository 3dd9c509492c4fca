"""The form of a section: one field per question, whatever its kind.

A section's form class is made once, then bound for each page.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from core.forms import Form
from surveys.completeness import Entered
from surveys.definition import Questionnaire, Section
from surveys.forms.fields import ASKED, PREFIX, AnswerField, RepeatField, field_for
from surveys.forms.layout import Node, laid_out
from surveys.forms.live import PLAIN, View, live, section_said
from surveys.forms.showing import number, put_on
from surveys.kinds import Raw

__all__ = ["ASKED", "PREFIX", "AnswerField", "RepeatField", "SectionForm", "form_answers",
           "form_unread", "section_form"]  # fmt: skip
ADD, REMOVE = "add/", "remove/"
"""How the buttons of a repeat begin: `add/REPEAT`, `remove/REPEAT/ITEM`."""


class SectionForm(Form):
    """The base of every section's form. `edition`: how often the section had been saved.

    `logic`, `tables`: what the page's script needs to follow it, where anything on it moves
    (`surveys.forms.live`). `asked`: the codes of the sections in which something is asked, or may
    yet be.
    """

    class Meta:
        """The token is checked for every request by the application."""

        csrf = False

    edition = HiddenField("edition")
    section: Section
    logic: dict[str, Any] | None = None
    tables: Sequence[dict[str, Any]] = ()
    asked: frozenset[str] = frozenset()

    @property
    def answer_fields(self) -> list[AnswerField]:
        """The questions' fields, in the order asked."""
        return [field for field in self if isinstance(field, AnswerField)]

    @property
    def nodes(self) -> list[Node]:
        """The fields in their groups."""
        return laid_out(self.section.groups, self.answer_fields)

    @property
    def sends_files(self) -> bool:
        """Whether the page has a question that is answered with a file."""
        return any(field.sends_files for field in self.answer_fields)

    @property
    def adds(self) -> bool:
        """Whether the page has buttons that add and remove."""
        return any(isinstance(field, RepeatField) for field in self.answer_fields)

    def every_field(self) -> Iterator[AnswerField]:
        """The fields, and those inside repeats."""
        for field in self.answer_fields:
            yield from field.every()

    def files(self) -> Iterator[tuple[str, Any]]:
        """(question's code, stored value) of each file the form names."""
        for field in self.every_field():
            if field.kind.uploads and field.stored is not None:
                yield field.question.code, field.stored


_classes: dict[tuple[UUID, str], type[SectionForm]] = {}


def _form_class(version_id: UUID, section: Section) -> type[SectionForm]:
    """The section's form class, remembered: a published version never changes."""
    key = (version_id, section.code)
    if key not in _classes:
        fields: dict[str, Any] = {
            PREFIX + question.code: field_for(question, section.groups)
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
    view: View = PLAIN,
) -> SectionForm:
    """The section's form: filled with what was sent, else with what the response holds."""
    data = {
        PREFIX + q.code: (entered.answers.get(q.code), entered.unread) for q in section.questions
    }
    sent = None if formdata is None else _without_removed(formdata)
    form = _form_class(version_id, section)(formdata=sent, edition=str(edition), **data)
    answers = {**entered.answers, **({} if sent is None else form_answers(form))}
    if sent is None:
        _offer_items(form, view.adding)
    page = live(questionnaire, section, Entered(answers, {}, entered.confirmed), view)
    put_on(form.answer_fields, page.showing, page.move.follows)
    form.section, form.logic = section_said(section, page.final.top), page.logic
    form.tables, form.asked = page.tables, page.asked
    number(form.answer_fields)
    for field in form.every_field():
        field.rotation = rotation
    return form


def _without_removed(formdata: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was sent, without the item that the pressed button takes away."""
    pressed = formdata.get("then", "")
    if not pressed.startswith(REMOVE):
        return formdata
    repeat, _slash, item = pressed.removeprefix(REMOVE).rpartition("/")
    left = MultiDict(formdata)
    left.setlist(PREFIX + repeat, [i for i in formdata.getlist(PREFIX + repeat) if i != item])
    return left


def _offer_items(form: SectionForm, adding: str) -> None:
    """One item to begin with where there is none, and one more where one was asked for.

    Items that begin with answers only come when asked for: saved untouched, they would count.
    """
    for field in list(form.every_field()):
        if isinstance(field, RepeatField) and not field.fixed:
            begins = any(inner.default is not None for inner in field.question.questions)
            field.add_fresh(int(field.path == adding or not (field.rows or begins)))


def form_answers(form: SectionForm) -> dict[str, Any]:
    """The answers a form was sent with, by question code; None where there is none."""
    return {
        field.question.code: field.stored
        for field in form.answer_fields
        if field.question.asks and not field.absent
    }


def form_unread(form: SectionForm) -> dict[str, Raw]:
    """What a form was sent with that can't be read as an answer, by the field's path."""
    return {f.path: f.raw for f in form.every_field() if f.unreadable is not None}
