"""Buttons of the editor's forms that change what a page shows and save nothing."""

from core.forms import Form
from surveys.forms.authoring_choices import ChoicesField
from surveys.forms.authoring_conditions import ConditionField

LONGEST_PLACE = 4


def press(form: Form, do: str) -> None:
    """Press the button FIELD:ACTION:PLACE of a form; one that names no such field does nothing.

    `do`: as sent; a place that is no short number is the first.
    """
    name, _colon, rest = do.partition(":")
    action, _colon, place = rest.partition(":")
    for field in form:
        if field.short_name == name and isinstance(field, ChoicesField | ConditionField):
            digits = place.isascii() and place.isdecimal() and len(place) <= LONGEST_PLACE
            field.act(action, int(place) if digits else 0)
