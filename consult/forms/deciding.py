"""The forms by which the secretariat decides: one outcome with a reason, for one or several."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from consult.models import Outcome
from consult.services.dispositions import LONGEST_REASON
from consult.words import OUTCOMES
from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices

A_NUMBER = r"#?[0-9]{1,8}\Z"


class Decide(Form):
    """An outcome, its reason in one language, and for duplicates the number of the other one."""

    outcome = RadioField(
        _l("Decision"),
        [InputRequired(_l("Choose a decision."))],
        choices=choices((outcome.value, OUTCOMES[outcome][0]) for outcome in Outcome),
    )
    duplicate_of = StringField(
        _l("Number of the other one, if decided with another"),
        [Optional(), Regexp(A_NUMBER, message=_l("Write its number, as in 12."))],
    )
    reason = TextAreaField(_l("Reason"), [Length(max=LONGEST_REASON)])
    reason_language = SelectField(_l("Language of the reason"), choices=choices(LANGUAGES.items()))

    def head_number(self) -> int | None:
        """The number written for a duplicate, once validated."""
        written = (self.duplicate_of.data or "").strip().removeprefix("#")
        return int(written) if written and self.outcome.data == Outcome.DUPLICATE else None

    def reasons(self) -> dict[str, str]:
        """The reason by its language."""
        return {self.reason_language.data: self.reason.data or ""}


class Return(Form):
    """Why a contribution goes back to its author."""

    return_reason = TextAreaField(_l("Why it goes back"), [Length(max=LONGEST_REASON)])


class AddReason(Form):
    """The reason of a decision in another language."""

    translated = TextAreaField(
        _l("The reason in this language"),
        [InputRequired(_l("Write the reason.")), Length(max=LONGEST_REASON)],
    )
    into = SelectField(_l("Language"), choices=choices(LANGUAGES.items()))


class Reopen(Form):
    """Why a decision is taken back."""

    why = StringField(_l("Why it is taken back"), [Length(max=500)])
