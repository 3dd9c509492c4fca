"""The forms of implementation reports: their shape; the rules stand in the services."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from consult.models import ImplementationReport
from consult.report_states import WORDS, Status
from consult.services.report_evidence import LONGEST_ADDRESS, LONGEST_TITLE
from consult.services.reporting import LONGEST
from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices
from movement.forms.people import a_plain_line


class EditReport(Form):
    """What an organisation reports on one paragraph, and a piece of evidence to add."""

    edition = HiddenField(validators=[Length(max=9)], default="0")
    status = RadioField(
        _l("How far are you with this?"),
        choices=choices((one.value, WORDS[one][0]) for one in Status),
        validate_choice=False,
    )
    measures = TextAreaField(_l("Measures taken"), [Length(max=LONGEST)])
    difficulties = TextAreaField(_l("Difficulties"), [Length(max=LONGEST)])
    next_steps = TextAreaField(_l("Next steps"), [Length(max=LONGEST)])
    language = SelectField(_l("Language you write in"), choices=choices(LANGUAGES.items()))
    title = StringField(_l("What it is"), [a_plain_line, Length(max=LONGEST_TITLE)])
    address = StringField(_l("Address"), [Length(max=LONGEST_ADDRESS)])
    file = FileField(_l("File"))

    def show(self, report: ImplementationReport) -> None:
        """Fill it with what is saved."""
        self.edition.data = str(report.edition)
        self.status.data, self.language.data = report.status, report.language
        self.measures.data, self.difficulties.data = report.measures, report.difficulties
        self.next_steps.data = report.next_steps


class OpenReporting(Form):
    """A round's code, closing date and titles; fields title_CODE are made below."""

    code = StringField(_l("Code"), [InputRequired(_l("Write a code.")), Length(max=60)])
    closes_on = DateField(_l("Closing date"), [InputRequired(_l("Choose a date."))])

    def titles(self) -> dict[str, str]:
        """The titles written, by language."""
        written = {code: " ".join((self[f"title_{code}"].data or "").split()) for code in LANGUAGES}
        return {code: title for code, title in written.items() if title}


for _code, _name in LANGUAGES.items():
    setattr(OpenReporting, f"title_{_code}", StringField(_name, [Length(max=200)]))
