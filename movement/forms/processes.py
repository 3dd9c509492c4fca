"""The forms of processes and of outside parties: their shape; the rules stand in the services."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from core.forms import Form
from core.i18n import LANGUAGES
from movement.directory_cells import LONGEST
from movement.forms.choices import choices
from movement.forms.directory import LONGEST_NOTE
from movement.forms.people import a_plain_line
from movement.words import PARTY_KINDS


class EditProcess(Form):
    """A process's code and titles; fields title_CODE are made below."""

    code = StringField(_l("Code"), [InputRequired(_l("Write a code.")), Length(max=60)])

    def titles(self) -> dict[str, str]:
        """The titles written, by language."""
        written = {code: self[f"title_{code}"].data or "" for code in LANGUAGES}
        return {code: title for code, title in written.items() if title}

    def validate_title_en(self, field: StringField) -> None:
        """The title that stands where another language has none."""
        if not field.data:
            raise ValidationError(_l("Write the title in English."))


for _code, _name in LANGUAGES.items():
    setattr(EditProcess, f"title_{_code}", StringField(_name, [Length(max=LONGEST), a_plain_line]))


class EditParty(Form):
    """A party's name, kind and note."""

    name = StringField(
        _l("Name"), [a_plain_line, InputRequired(_l("Write the name.")), Length(max=LONGEST)]
    )
    kind = SelectField(_l("Kind"), choices=choices(PARTY_KINDS.items()))
    note = TextAreaField(_l("Note"), [Length(max=LONGEST_NOTE)])
