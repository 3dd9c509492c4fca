"""The form that opens a round. The rules of dates and codes stand in the services."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length

from consult.models import Visibility
from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices

LONGEST_TITLE = 200


class OpenRound(Form):
    """A round's draft, code, titles, dates and rules; fields title_CODE are made below."""

    draft = SelectField(_l("Draft"), coerce=int)
    code = StringField(_l("Code"), [InputRequired(_l("Write a code.")), Length(max=60)])
    closes_on = DateField(_l("Closing date"), [InputRequired(_l("Choose a date."))])
    visibility = RadioField(
        _l("When do those who take part see what others submitted?"),
        choices=choices(
            [
                (Visibility.AFTER_CLOSING.value, _l("After the round has closed")),
                (Visibility.AFTER_SUBMISSION.value, _l("Once they have submitted themselves")),
                (Visibility.NEVER.value, _l("Never")),
            ]
        ),
        default=Visibility.AFTER_CLOSING.value,
    )
    names_shown = BooleanField(_l("Show them whose contribution it is"), default=True)
    approval_required = BooleanField(
        _l("In each organisation a second person approves before it submits")
    )
    networks = SelectMultipleField(_l("Networks, groups, IFRC and ICRC that are asked besides"))

    def titles(self) -> dict[str, str]:
        """The titles written, by language."""
        written = {code: " ".join((self[f"title_{code}"].data or "").split()) for code in LANGUAGES}
        return {code: title for code, title in written.items() if title}


for _code, _name in LANGUAGES.items():
    setattr(OpenRound, f"title_{_code}", StringField(_name, [Length(max=LONGEST_TITLE)]))


class CloseRound(Form):
    """A button and nothing else."""
