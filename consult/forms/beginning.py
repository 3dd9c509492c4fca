"""The form that begins a consultation: code, titles, process, and the language it is written in."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from core.i18n import LANGUAGES
from movement.forms.choices import choices
from movement.forms.processes import EditProcess


class BeginConsultation(EditProcess):
    """A consultation's code and titles, as a process has them. `of_process`: its code."""

    of_process = SelectField(_l("Process"))
    source = SelectField(
        _l("Language the first draft is written in"), choices=choices(LANGUAGES.items())
    )
