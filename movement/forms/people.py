"""The forms that give somebody a role."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from core.i18n import LANGUAGES
from movement.actors import OF_AN_ORGANISATION
from movement.directory_cells import LONGEST, BadCell, plain
from movement.forms.signin import a_mail_address
from movement.models import Role
from movement.words import role_name


def a_plain_line(_form: object, field: StringField) -> None:
    """One line without hidden characters."""
    try:
        field.data = plain((field.data or "").strip())
    except BadCell as bad:
        raise ValidationError(str(bad.sentence)) from None


def _choices(roles: list[Role]) -> list[tuple[str, Any]]:
    return [(role.value, role_name(role)) for role in roles]


class AddColleague(FlaskForm):
    """Somebody's address and role in one organisation."""

    email = EmailField(
        _l("Mail address"), [InputRequired(_l("Write the mail address.")), a_mail_address]
    )
    name = StringField(_l("Name or function"), [Length(max=LONGEST), a_plain_line])
    role = RadioField(
        _l("Role"),
        [InputRequired(_l("Choose a role."))],
        choices=_choices([role for role in Role if role in OF_AN_ORGANISATION]),
    )
    language = SelectField(
        _l("Language of mail to them"), choices=[("", _l("The organisation's")), *LANGUAGES.items()]
    )


class AddPerson(AddColleague):
    """Somebody's address and any role, for whom it is held named by a code."""

    role = RadioField(
        _l("Role"), [InputRequired(_l("Choose a role."))], choices=_choices(list(Role))
    )
    organisation = StringField(_l("Code of the organisation"), [Length(max=10), a_plain_line])
    process_code = StringField(_l("Code of the process"), [Length(max=60), a_plain_line])
