"""The forms of meetings: their shape; the rules stand in the services."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from consult.services.saying import LONGEST_WORDS
from core.characters import REFUSED
from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices
from movement.forms.people import a_plain_line

LONGEST_RECORD = 60_000
LONGEST_TITLE = 200


def without_hidden_signs(_form: object, field: Field) -> None:
    """Several lines, without characters that nobody sees."""
    field.data = (field.data or "").replace("\r\n", "\n").strip()
    if REFUSED.search(field.data):
        raise ValidationError(_l("This holds invisible control characters. Take them out."))


A_TEXT = (without_hidden_signs, Length(max=LONGEST_RECORD))


class EditMeeting(Form):
    """All that is said of a meeting; fields title_CODE are made below.

    `seen`: the stamp of what the page showed; empty for a new meeting.
    """

    code = StringField(_l("Code"))
    of_process = SelectField(_l("Process"))
    begins_on = DateField(_l("First day"), [InputRequired(_l("Say when it begins."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Say when it ends."))])
    place = StringField(_l("Venue"), [a_plain_line, Length(max=LONGEST_TITLE)])
    group = SelectField(_l("Network or group"))
    consultation = SelectField(_l("Consultation it speaks of"))
    concept = TextAreaField(_l("Concept note"), A_TEXT)
    agreed_text = TextAreaField(_l("Text agreed"), A_TEXT)
    seen = HiddenField()

    def titles(self) -> dict[str, str]:
        """The titles written, by language."""
        written = {code: self[f"title_{code}"].data or "" for code in LANGUAGES}
        return {code: title for code, title in written.items() if title}

    def validate_title_en(self, field: StringField) -> None:
        """The title that stands where another language has none."""
        if not field.data:
            raise ValidationError(_l("Write the title in English."))


for _code, _name in LANGUAGES.items():
    _checks = [Length(max=LONGEST_TITLE), a_plain_line]
    setattr(EditMeeting, f"title_{_code}", StringField(_name, _checks))


class EditSession(Form):
    """A session's sub-theme and its record."""

    title = StringField(
        _l("Sub-theme"),
        [a_plain_line, InputRequired(_l("Write the sub-theme.")), Length(max=300)],
    )
    record = TextAreaField(_l("Record"), A_TEXT)
    seen = HiddenField()


class AddDocument(Form):
    """A file that belongs to a meeting. `title` empty: the file's name stands for it."""

    file = FileField(_l("File"))
    title = StringField(_l("Title"), [a_plain_line, Length(max=LONGEST_TITLE)])


class EditStatement(Form):
    """What an organisation said, and whether it agreed that others read it."""

    organisation = SelectField(_l("Organisation"))
    session = SelectField(_l("Session"))
    language = SelectField(_l("Language of the words"), choices=choices(LANGUAGES.items()))
    text = TextAreaField(_l("What was said"), [without_hidden_signs, Length(max=LONGEST_WORDS)])
    consent = BooleanField(_l("The organisation agreed that other participants read this"))
    renewed = BooleanField(_l("The organisation agreed to the changed words too"))
    seen = HiddenField()
