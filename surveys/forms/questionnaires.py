"""The form that takes an XLSForm file."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Optional, Regexp

from core.forms import Form
from surveys.services.questionnaires import CODE


class ImportQuestionnaire(Form):
    """A file, and the survey it is for."""

    file = FileField(_l("Spreadsheet"), [FileRequired(_l("Choose a file."))])
    code = StringField(
        _l("Code of the survey"),
        [
            Optional(),
            Regexp(f"{CODE.pattern}$", message=_l("Use letters, digits, - and _, at most 60.")),
        ],
        filters=[lambda code: (code or "").strip()],
    )
