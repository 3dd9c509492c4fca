"""The forms that give somebody a role."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from core.forms import Form
from core.i18n import LANGUAGES
from movement.actors import OF_AN_ORGANISATION
from movement.directory_cells import LONGEST, BadCell, plain
from movement.forms.choices import choices
from movement.forms.signin import a_mail_address
from movement.models import Role
from movement.words import role_name


def a_plain_line(_form: object, field: StringField) -> None:
    """One line without hidden characters."""
    try:
        field.data = plain((field.data or "").strip())
    except BadCell as bad:
        raise ValidationError(str(bad.sentence)) from None


def _role_choices(roles: Iterable[Role]) -> list[Any]:
    return choices((role.value, role_name(role)) for role in roles)


class AddColleague(Form):
    """Somebody's address and role in one organisation."""

    email = EmailField(
        _l("Mail address"), [InputRequired(_l("Write the mail address.")), a_mail_address]
    )
    name = StringField(_l("Name or function"), [Length(max=LONGEST), a_plain_line])
    role = RadioField(
        _l("Role"),
        [InputRequired(_l("Choose a role."))],
        choices=_role_choices(role for role in Role if role in OF_AN_ORGANISATION),
    )
    language = SelectField(
        _l("Language of mail to them"),
        choices=choices([("", _l("The organisation's")), *LANGUAGES.items()]),
        default="",
    )


class AddPerson(AddColleague):
    """Somebody's address and any role, for whom it is held named by a code."""

    role = RadioField(
        _l("Role"), [InputRequired(_l("Choose a role."))], choices=_role_choices(Role)
    )
    organisation = StringField(_l("Code of the organisation"), [Length(max=10), a_plain_line])
    process_code = StringField(_l("Code of the process"), [Length(max=60), a_plain_line])
