"""What our forms are made of: the words of their errors, and how much they may hold.

Werkzeug bounds multipart forms only; these are the plain ones.

A feature whose pages carry several files says how much they may hold in the application's
extension "large_forms", by endpoint, in bytes.
"""

from typing import Any

from flask import Request, current_app
from flask_wtf import FlaskForm
from flask_wtf.i18n import translations
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from core.texts import lazy as _l

PLAIN = "application/x-www-form-urlencoded"
TOO_LONG = _l("Write at most %(max)d characters.")
SAID = {
    "Not a valid choice.": _l("Choose one of the list."),
    "Not a valid date value.": _l("Write a date as in 2020-03-31."),
    "Not a valid integer value.": _l("Write a whole number in digits, such as 120."),
    "This field is required.": _l("Fill in this field."),
    "Field cannot be longer than %(max)d character.": TOO_LONG,
}
"""What we say for what WTForms says: its sentences don't tell what to do."""


class Sentences:
    """The sentences of a form's errors, in the reader's language."""

    def gettext(self, message: str) -> str:
        """Ours where there is one, else WTForms' own."""
        return str(SAID[message]) if message in SAID else translations.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Ours, which hold for every number, else WTForms' own."""
        return str(SAID[one]) if one in SAID else translations.ngettext(one, many, number)


class Form(FlaskForm):
    """A form whose errors say what to do."""

    class Meta(FlaskForm.Meta):
        """How WTForms finds our sentences."""

        def get_translations(self, form: Any) -> Sentences:
            """Them."""
            return Sentences()


class BoundedRequest(Request):
    """A request whose plain form obeys the limits of multipart ones, in bytes and in fields."""

    def _load_form_data(self) -> None:
        if self.mimetype == PLAIN:
            self.max_content_length = self.max_form_memory_size
        elif large := current_app.extensions.get("large_forms", {}).get(self.endpoint):
            self.max_content_length = large
        try:
            super()._load_form_data()
        except UnicodeDecodeError:
            raise BadRequest from None  # bytes that are no text in UTF-8
        most = self.max_form_parts
        if most is not None and sum(map(len, self.form.listvalues())) > most:
            del self.__dict__["form"]  # a refusal's page asks again, and must not get it
            raise RequestEntityTooLarge
