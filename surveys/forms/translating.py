"""The forms of languages: one to add, a file to read, and the decision to publish with gaps."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from core.forms import Form
from surveys.languages import Counts, own_name


class AddLanguage(Form):
    """A language, by its code or its name."""

    language = StringField(
        _l("Language to add"),
        [InputRequired(_l("Write a language's code or name.")), Length(max=80)],
        filters=[lambda typed: (typed or "").strip()],
    )


class TranslationFile(Form):
    """A file of translations that comes back."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class Gaps(Form):
    """The decision, language by language, to publish although texts are missing or stale."""

    def decided(self, found: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
        """What was decided, for the records: by language, the texts missing and stale."""
        return {
            language: {"missing": counts.missing, "stale": counts.stale}
            for language, counts in found.items()
            if self[_name(language)].data
        }


def gaps_form(found: Mapping[str, Counts]) -> Gaps:
    """A form with a box for each of these languages, all of which must be ticked."""
    fields = {
        _name(language): BooleanField(
            _l("Publish in %(language)s all the same", language=own_name(language)),
            [InputRequired(_l("Decide whether to publish in this language all the same."))],
        )
        for language in found
    }
    made: Gaps = type("GapsOfQuestionnaire", (Gaps,), fields)()
    return made


def _name(language: str) -> str:
    return f"gap_{language.replace('-', '_')}"
