"""The form that asks for a sign-in link."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, ValidationError
from wtforms.validators import InputRequired

from core.forms import Form
from movement.addresses import BadAddress, normal_address


def a_mail_address(_form: object, field: EmailField) -> None:
    """Put the address into its normal form, or say what one looks like."""
    try:
        field.data = normal_address(field.data or "")
    except BadAddress as error:
        raise ValidationError(str(error.message)) from None


class AskForLink(Form):
    """The address to mail a link to, and the page to open afterwards."""

    email = EmailField(
        _l("Your mail address"), [InputRequired(_l("Write your mail address.")), a_mail_address]
    )
    next = HiddenField()
