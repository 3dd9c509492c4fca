"""The forms that run a call: their shape. The rules of texts and dates stand in the services."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from core.forms import Form
from core.i18n import LANGUAGES

LONGEST_TEXT = 5000
LONGEST_CODES = 2000


class Act(Form):
    """A button and nothing else."""


class Extend(Form):
    """A later closing date."""

    closes_on = DateField(_l("New closing date"), [InputRequired(_l("Choose a date."))])


class Texts(Form):
    """A message in every language: fields subject_CODE and body_CODE, made below."""

    def pairs(self) -> dict[str, tuple[Any, Any]]:
        """(field of the subject, field of the text) by language."""
        return {
            language: (self[f"subject_{language}"], self[f"body_{language}"])
            for language in LANGUAGES
        }


for _language in LANGUAGES:
    setattr(Texts, f"subject_{_language}", StringField(_l("Subject"), [Length(max=200)]))
    setattr(Texts, f"body_{_language}", TextAreaField(_l("Text"), [Length(max=LONGEST_TEXT)]))


class SendInvitations(Form):
    """Whom to invite, as shown on the page before. `confirmed` is asked only for very many."""

    whom = HiddenField(validators=[Length(max=LONGEST_CODES)])
    confirmed = BooleanField(_l("I have checked the number of mails, and want to send them all."))


class SendReminders(Form):
    """Whom to remind now is chosen by boxes named `organisation`."""

    form_key = HiddenField(validators=[InputRequired(), Regexp(r"[0-9a-f-]{16,40}\Z")])


class Plan(Form):
    """The days before the closing date, as numbers with commas."""

    days = StringField(_l("Days before the closing date"), [Length(max=100)])

    def validate_days(self, field: StringField) -> None:
        """Whole numbers with commas between them, or nothing."""
        if not all(part.strip().isdecimal() for part in self._parts(field)):
            raise ValidationError(_l("Write whole numbers with commas, as in 14, 7, 2."))

    @staticmethod
    def _parts(field: StringField) -> list[str]:
        parts = re.split("[;,،]", field.data or "")
        return [part for part in parts if part.strip()]

    def numbers(self) -> list[int]:
        """The days, once validated."""
        return [int(part) for part in self._parts(self.days)]
