"""The forms that correct the directory."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from core.forms import Form
from core.i18n import LANGUAGES
from movement.directory_cells import LONGEST, TILES, BadCell, zone
from movement.forms.choices import choices
from movement.forms.people import a_plain_line
from movement.models import Organisation, OrganisationKind
from movement.words import DAYS, PLACES

LONGEST_NOTE = 1000


def a_time_zone(_form: object, field: StringField) -> None:
    """A name of the time zone database."""
    try:
        zone(field.data or "")
    except BadCell as bad:
        raise ValidationError(str(bad.sentence)) from None


def on_the_grid(_form: object, field: IntegerField) -> None:
    """A place there is. WTForms' own rule takes no number that is too large for a float."""
    if field.data is not None and not 0 <= field.data <= TILES:
        raise ValidationError(str(_l("Write a number between 0 and %(most)s.", most=TILES)))


def _name(label: Any, *validators: Callable[..., None]) -> StringField:
    return StringField(label, [*validators, Length(max=LONGEST), a_plain_line])


class CorrectOrganisation(Form):
    """An organisation's names, region, working week and language."""

    name_en = _name(_l("Name in English"), InputRequired(_l("Write the name in English.")))
    name_fr = _name(_l("Name in French"))
    name_es = _name(_l("Name in Spanish"))
    name_ar = _name(_l("Name in Arabic"))
    region_code = SelectField(_l("Region"))
    timezone = StringField(_l("Time zone"), [a_time_zone])
    weekend_days = SelectMultipleField(
        _l("Days of rest"),
        coerce=int,
        choices=choices(enumerate(DAYS, start=1)),
    )
    language = SelectField(_l("Language it corresponds in"))
    tile_column = IntegerField(_l("Column in the grid"), [Optional(), on_the_grid])
    tile_row = IntegerField(_l("Row in the grid"), [Optional(), on_the_grid])
    note = TextAreaField(_l("Note"), [Length(max=LONGEST_NOTE)])

    def offer(self, organisation: Organisation, regions: list[tuple[str, str]]) -> None:
        """Set the choices: the regions, but none for a network; languages, with the one it has."""
        if organisation.kind is OrganisationKind.NETWORK:
            regions = []
        self.region_code.choices = choices([("", _l("No region")), *regions])
        languages = dict(LANGUAGES)
        if organisation.language:
            languages.setdefault(organisation.language, organisation.language)
        self.language.choices = choices([("", _l("Not known")), *languages.items()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; and a tile needs both numbers or neither."""
        valid = bool(super().validate(extra_validators))
        if (self.tile_column.data is None) == (self.tile_row.data is None):
            return valid
        self.tile_row.errors = [_l("Give both the column and the row, or neither.")]
        return False

    def values(self) -> dict[str, Any]:
        """The columns as they are to be."""
        names = {code: getattr(self, f"name_{code}").data or "" for code in LANGUAGES}
        return {
            "names": {code: name for code, name in names.items() if name},
            "region_code": self.region_code.data or None,
            "timezone": self.timezone.data,
            "weekend_days": sorted(self.weekend_days.data or []),
            "language": self.language.data or None,
            "tile_column": self.tile_column.data,
            "tile_row": self.tile_row.data,
            "note": (self.note.data or "").strip(),
        }


class Spell(Form):
    """When a National Society was a member."""

    from_date = DateField(_l("First day"), [Optional()])
    until_date = DateField(_l("Last day"), [Optional()])
    note = StringField(_l("Note"), [Length(max=LONGEST), a_plain_line])


class AddMember(Form):
    """An organisation's place in a group."""

    organisation = StringField(
        _l("Code of the organisation"),
        [InputRequired(_l("Write its code, as in KEN.")), Length(max=40), a_plain_line],
    )
    role = SelectField(_l("Place"), choices=choices(PLACES.items()), default="member")
    from_date = DateField(_l("First day"), [Optional()])


class EndMember(Form):
    """The last day of a place in a group."""

    until_date = DateField(_l("Last day"), [InputRequired(_l("Write the last day."))])
