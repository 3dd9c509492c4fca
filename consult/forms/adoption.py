"""The forms of agreement and adoption: their shape; the rules stand in the services."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from consult.addressees import ALL, KIND, ORGANISATION, REGION
from consult.services.adopting import LONGEST_BODY, LONGEST_REASON, LONGEST_REFERENCE
from core.forms import Form
from movement.forms.choices import choices
from movement.forms.people import a_plain_line
from movement.models import OrganisationKind

CONSENT, OBJECT = "consent", "object"
LONGEST_CODES = 4_000


class Agree(Form):
    """What a member says to a draft. `edition`: the number of the draft on the page."""

    word = RadioField(
        _l("Your word"),
        [InputRequired(_l("Choose one of the two."))],
        choices=choices(
            [(CONSENT, _l("We consent to this text")), (OBJECT, _l("We object to this text"))]
        ),
    )
    reason = TextAreaField(_l("Reason"), [Length(max=LONGEST_REASON)])
    edition = HiddenField(validators=[Length(max=9)])


class AskGroup(Form):
    """Which group is asked. The choices are the page's."""

    group = SelectField(_l("Group"))


class Recorded(Form):
    """What is recorded of an adoption. `seen`: what the page showed, so that a stale one shows."""

    body = StringField(
        _l("Body that adopted the text"),
        [a_plain_line, InputRequired(_l("Write which body adopted it.")), Length(max=LONGEST_BODY)],
    )
    adopted_on = DateField(_l("Day of adoption"), [InputRequired(_l("Choose a date."))])
    reference = StringField(_l("Reference"), [a_plain_line, Length(max=LONGEST_REFERENCE)])
    seen = HiddenField(validators=[Length(max=64)])


class Adopt(Recorded):
    """The adoption itself; and that objections and silence are known."""

    objections = BooleanField(_l("I know of the objections above."))
    silence = BooleanField(_l("I know that some members have not spoken."))


class Addressees(Form):
    """To whom chosen paragraphs are addressed. The paragraphs are boxes named `paragraph`."""

    everybody = BooleanField(_l("All components of the Movement"))
    kinds = SelectMultipleField(
        _l("Kinds of components"),
        choices=choices(
            [
                (OrganisationKind.NATIONAL_SOCIETY.value, _l("National Societies")),
                (OrganisationKind.FEDERATION.value, _l("International Federation")),
                (OrganisationKind.COMMITTEE.value, _l("International Committee")),
            ]
        ),
    )
    regions = SelectMultipleField(_l("National Societies of a region"))
    organisations = StringField(_l("Organisations, by code"), [Length(max=LONGEST_CODES)])
    report_due = DateField(_l("Report due by"), [Optional()])

    def offer(self, regions: Iterable[tuple[str, str]]) -> None:
        """Set the regions one can choose."""
        self.regions.choices = choices(regions)

    def marks(self) -> list[str]:
        """The marks of `consult.addressees` that were chosen."""
        codes = (self.organisations.data or "").replace(",", " ").upper().split()
        return [
            *([ALL] if self.everybody.data else []),
            *(f"{KIND}{kind}" for kind in self.kinds.data or []),
            *(f"{REGION}{region}" for region in self.regions.data or []),
            *(f"{ORGANISATION}{code}" for code in codes),
        ]


def problems_of(form: Form) -> list[tuple[Any, str]]:
    """What is wrong with a form, as `components/error_summary.html` takes it."""
    return [
        (field.id, " ".join(map(str, field.errors)))
        for field in form
        if field.errors and field.type != "CSRFTokenField"
    ]
