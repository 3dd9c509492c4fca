"""The form that opens a wave."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional

from core.forms import Form
from core.i18n import LANGUAGES

LONGEST_TITLE = 200


class OpenWave(Form):
    """A wave's code, dates and titles; fields title_CODE are made below."""

    code = StringField(_l("Code"), [InputRequired(_l("Write a code.")), Length(max=60)])
    closes_on = DateField(_l("Closing date"), [InputRequired(_l("Choose a date."))])
    frame_date = DateField(_l("Frame date"), [Optional()])

    def titles(self) -> dict[str, str]:
        """The titles written, by language."""
        written = {code: " ".join((self[f"title_{code}"].data or "").split()) for code in LANGUAGES}
        return {code: title for code, title in written.items() if title}


for _code, _name in LANGUAGES.items():
    setattr(OpenWave, f"title_{_code}", StringField(_name, [Length(max=LONGEST_TITLE)]))
