"""The forms by which staff cite evidence to a paragraph."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.forms import Form
from movement.forms.people import a_plain_line

LONGEST = 300
LONGEST_REASON = 2_000


class ChooseParagraph(Form):
    """The paragraph, by its lineage, to which a finding is cited."""

    paragraph = SelectField(_l("Paragraph"))


class CiteDocument(Form):
    """A document, by its address or as a file, and why it is cited."""

    title = StringField(
        _l("Title"),
        [
            a_plain_line,
            InputRequired(_l("Write the document's title.")),
            Length(max=LONGEST),
        ],
    )
    address = StringField(_l("Address on the web"), [a_plain_line, Length(max=500)])
    file = FileField(_l("File"))
    reason = TextAreaField(_l("What it says to this paragraph"), [Length(max=LONGEST_REASON)])
