"""The forms of staff for public questionnaires: opening one, and bringing a batch in."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional

from core.forms import Form
from movement.models import Call
from surveys.definition import Questionnaire, text_in
from surveys.public_languages import own_name
from surveys.services.public_forms import LONGEST_LABEL, Opening


class OpenPublic(Form):
    """Code, days, languages and period; choices are set by `offer`."""

    code = StringField(_l("Code"), [InputRequired(_l("Write a code.")), Length(max=60)])
    languages = SelectMultipleField(_l("Languages"), [InputRequired(_l("Choose a language."))])
    opens_on = DateField(_l("First day"), [InputRequired(_l("Choose a date."))])
    closes_on = DateField(_l("Last day"), [InputRequired(_l("Choose a date."))])
    retention_days = IntegerField(
        _l("Days to keep the answers"),
        [InputRequired(_l("Write a number of days."))],
    )
    label = StringField(_l("Where it is shared"), [Optional(), Length(max=LONGEST_LABEL)])
    call = SelectField(_l("Goes with the wave"), [Optional()])

    def offer(self, questionnaire: Questionnaire, calls: list[Call], language: str) -> None:
        """Say which languages and waves there are to choose from."""
        self.languages.choices = [(code, own_name(code)) for code in questionnaire.languages]
        named = [(call.code, text_in(dict(call.titles), language) or call.code) for call in calls]
        self.call.choices = [("", ""), *named]

    def opening(self, calls: list[Call]) -> Opening:
        """What was asked for; only after the form was found valid."""
        days = (self.opens_on.data, self.closes_on.data)
        opens_on, closes_on = (day or date.min for day in days)
        return Opening(
            code=(self.code.data or "").strip(),
            opens_on=opens_on,
            closes_on=closes_on,
            languages=tuple(self.languages.data or ()),
            retention_days=self.retention_days.data or 0,
            label=" ".join((self.label.data or "").split()),
            call=next((call for call in calls if call.code == self.call.data), None),
        )


class ImportBatch(Form):
    """A file, and whether to leave out what is wrong with it."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
    partly = BooleanField(_l("Leave out what is wrong, and import the rest"))
