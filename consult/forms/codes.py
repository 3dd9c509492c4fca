"""The form of one theme, or one point of a framework."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from consult.models import CodeKind
from consult.services.codes import LONGEST_CODE, LONGEST_TITLE, Wanted
from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices


class Code(Form):
    """A code's kind, letters, framework and titles; fields title_CODE are made below."""

    kind = RadioField(
        _l("Kind"),
        choices=choices(
            [
                (CodeKind.THEME.value, _l("A theme of this text")),
                (CodeKind.FRAMEWORK.value, _l("A point of a related framework")),
            ]
        ),
        default=CodeKind.THEME.value,
    )
    code = StringField(_l("Code"), [InputRequired(_l("Write a code.")), Length(max=LONGEST_CODE)])
    framework = StringField(_l("Name of the framework"), [Length(max=LONGEST_TITLE)])

    def wanted(self) -> Wanted:
        """The code as typed."""
        titles = {code: self[f"title_{code}"].data or "" for code in LANGUAGES}
        framework = self.framework.data or ""
        kind = CodeKind(self.kind.data)
        return Wanted(
            kind, (self.code.data or "").strip(), titles,
            framework if kind is CodeKind.FRAMEWORK else "",
        )  # fmt: skip


for _code, _name in LANGUAGES.items():
    setattr(Code, f"title_{_code}", StringField(_name, [Length(max=LONGEST_TITLE)]))


class CodesFile(Form):
    """A CSV file of codes."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
