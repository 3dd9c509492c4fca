"""The form of a group: heading, hint, when it is shown, and the questions in it."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from core.forms import Form
from surveys.definition import Group, Question, Questionnaire, text_in
from surveys.editing.comparing import COMPARABLE
from surveys.editing.groups import Grouped
from surveys.forms.authoring_conditions import ConditionField
from surveys.forms.authoring_question import earlier_questions
from surveys.forms.authoring_texts import LONGEST_LINE, texts_data, texts_fields, texts_of


class AddGroup(Form):
    """The heading of a new group. `repeat`: the code of the repeat it is for, "" for none."""

    title = StringField(
        _l("Heading of the group"),
        [DataRequired(_l("Write a heading.")), Length(max=LONGEST_LINE)],
        filters=[lambda text: " ".join((text or "").split())],
    )
    repeat = HiddenField()


class GroupForm(Form):
    """The base of a group's form; `group_form` makes one."""

    class Meta:
        """The token is checked for every request by the application."""

        csrf = False

    seen = HiddenField()
    document: Questionnaire
    before: Grouped

    def group(self) -> Group:
        """The group as it was typed."""
        languages, group = self.document.languages, self.before.group
        return group.model_copy(
            update={
                "texts": texts_of(self, "texts", languages, group.texts),
                "hints": texts_of(self, "hints", languages, group.hints),
                "relevant": self["relevant"].tree,
            }
        )

    def chosen(self) -> frozenset[UUID]:
        """The questions chosen to stand in it."""
        return frozenset(UUID(uid) for uid in self["members"].data or ())


def group_form(
    document: Questionnaire,
    grouped: Grouped,
    *,
    seen: str,
    formdata: MultiDict[str, str] | None,
    spoken: str,
) -> GroupForm:
    """The group's form: filled with what was sent, else with what the draft holds."""
    group = grouped.group
    members = SelectMultipleField(_l("Questions in this group"), validate_choice=True)
    fields: dict[str, Field] = {
        **texts_fields("texts", _l("Heading"), document.languages, line=True),
        **texts_fields("hints", _l("Introduction"), document.languages),
        "members": members,
        "relevant": ConditionField(
            _l("Shown if"), questions=_earlier(document, grouped), known=document.anywhere
        ),
    }
    data = {
        "seen": seen,
        "relevant": group.relevant,
        "members": [str(question.uid) for question in grouped.members],
        **texts_data("texts", group.texts),
        **texts_data("hints", group.hints),
    }
    form: GroupForm = type("OneGroupForm", (GroupForm,), fields)(formdata=formdata, data=data)
    form["members"].choices = [
        (str(q.uid), text_in(q.texts, spoken) or q.code) for q in grouped.holder.questions
    ]
    form.document, form.before = document, grouped
    return form


def _earlier(document: Questionnaire, grouped: Grouped) -> dict[str, Question]:
    """The questions its condition can look at: those asked before its first one."""
    first = next(iter(grouped.members), None) or next(iter(grouped.holder.questions), None)
    if first is not None:
        return earlier_questions(document, first)
    return {code: q for code, q in document.by_code.items() if q.kind in COMPARABLE}
