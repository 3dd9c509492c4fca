"""The small forms of authoring: a new survey, a section, title and introduction, adding."""

import re
from collections.abc import Mapping, Sequence

from babel import Locale, UnknownLocaleError
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Regexp

from core.forms import Form
from core.i18n import LANGUAGES
from movement.forms.choices import choices
from surveys.definition import Question, Questionnaire, Section, Texts
from surveys.editing.comparing import COMPARABLE
from surveys.forms.authoring_conditions import ConditionField
from surveys.forms.authoring_texts import LONGEST_LINE, texts_data, texts_fields, texts_of
from surveys.services.questionnaires import CODE

_BCP47 = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def language_codes(text: str) -> list[str]:
    """The codes written in a text, each once, spelled as is usual: pt-BR, zh-Hant."""
    return list(dict.fromkeys(_spelled(part) for part in re.split(r"[\s,;]+", text) if part))


def _spelled(code: str) -> str:
    parts = code.replace("_", "-").split("-")
    rest = [p.title() if len(p) == 4 else p.upper() for p in parts[1:]]  # noqa: PLR2004 -- a script
    return "-".join([parts[0].lower(), *rest])


def known_language(code: str) -> bool:
    """Whether it is a language code CLDR knows, so that its direction is known too."""
    if not _BCP47.fullmatch(code):
        return False
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


class NewSurvey(Form):
    """A title, a code, languages, and what to begin with."""

    title = StringField(
        _l("Title"),
        [DataRequired(_l("Write a title.")), Length(max=LONGEST_LINE)],
        filters=[lambda text: " ".join((text or "").split())],
    )
    code = StringField(
        _l("Code"),
        [
            Regexp(
                f"(?:{CODE.pattern})?$",
                message=_l("Use letters, digits, - and _, at most 60."),
            )
        ],
        filters=[lambda text: (text or "").strip()],
    )
    language = SelectField(_l("Language you write in"), choices=choices(LANGUAGES.items()))
    others = SelectMultipleField(_l("Translated into"), choices=choices(LANGUAGES.items()))
    more = StringField(_l("Other languages"), [Length(max=LONGEST_LINE)])
    belongs = SelectField(_l("Process"), default="")
    copy_of = SelectField(_l("Begin with"), default="")

    def offer(self, processes: Sequence[tuple[str, str]], past: Sequence[tuple[str, str]]) -> None:
        """Fill the boxes with what there is: (value, words)."""
        self.belongs.choices = choices([("", _l("A process of its own")), *processes])
        self.copy_of.choices = choices([("", _l("An empty questionnaire")), *past])

    def validate_more(self, field: Field) -> None:
        """Each code must be one whose name and direction are known."""
        unknown = [code for code in language_codes(field.data or "") if not known_language(code)]
        if unknown:
            raise ValidationError(
                _l(
                    "“%(code)s” is no language code. Write codes such as pt-BR, sw, prs.",
                    code=unknown[0],
                )
            )

    def languages(self) -> tuple[str, ...]:
        """The languages chosen, the one written in first."""
        chosen = [
            self.language.data,
            *(self.others.data or []),
            *language_codes(self.more.data or ""),
        ]
        return tuple(dict.fromkeys(chosen))


class AddSection(Form):
    """The title of a new section."""

    title = StringField(
        _l("Title of the section"),
        [DataRequired(_l("Write a title.")), Length(max=LONGEST_LINE)],
        filters=[lambda text: " ".join((text or "").split())],
    )


class AddQuestion(Form):
    """The text of a new question and its kind."""

    text = StringField(
        _l("Question"),
        [DataRequired(_l("Write the question.")), Length(max=LONGEST_LINE)],
        filters=[lambda text: " ".join((text or "").split())],
    )
    kind = HiddenField()
    repeat = HiddenField()


class _Part(Form):
    class Meta:
        """The token is checked for every request by the application."""

        csrf = False

    seen = HiddenField()


class SectionForm(_Part):
    """The base of a section's form; `section_form` makes one."""

    document: Questionnaire
    before: Section

    def section(self) -> Section:
        """The section as it was typed."""
        languages = self.document.languages
        return self.before.model_copy(
            update={
                "texts": texts_of(self, "texts", languages, self.before.texts),
                "hints": texts_of(self, "hints", languages, self.before.hints),
                "relevant": self["relevant"].tree,
            }
        )


def section_form(
    document: Questionnaire,
    section: Section,
    *,
    seen: str,
    formdata: MultiDict[str, str] | None,
) -> SectionForm:
    """The section's form: filled with what was sent, else with what the draft holds."""
    earlier: dict[str, Question] = {}
    for before in document.sections:
        if before.code == section.code:
            break
        earlier |= {question.code: question for question in before.questions}
    fields = {
        **texts_fields("texts", _l("Title"), document.languages, line=True),
        **texts_fields("hints", _l("Introduction"), document.languages),
        "relevant": ConditionField(
            _l("Shown if"), questions=_comparable(earlier), known=document.anywhere
        ),
    }
    data = {
        "seen": seen,
        "relevant": section.relevant,
        **texts_data("texts", section.texts),
        **texts_data("hints", section.hints),
    }
    form: SectionForm = type("OneSectionForm", (SectionForm,), fields)(formdata=formdata, data=data)
    form.document, form.before = document, section
    return form


def _comparable(questions: Mapping[str, Question]) -> dict[str, Question]:
    return {code: q for code, q in questions.items() if q.kind in COMPARABLE}


class SettingsForm(_Part):
    """The base of the form of title and introduction; `settings_form` makes one."""

    document: Questionnaire

    def texts(self) -> Texts:
        """The title as it was typed."""
        return texts_of(self, "title", self.document.languages, self.document.texts)

    def introduction(self) -> tuple[Texts, ...]:
        """The introduction: a paragraph in each language for each line left between."""
        typed = {
            language: re.split(r"\n\s*\n", self[f"introduction__{language}"].data or "")
            for language in self.document.languages
        }
        longest = max(len(paragraphs) for paragraphs in typed.values())
        found = []
        for place in range(longest):
            said = {
                language: paragraphs[place].strip()
                for language, paragraphs in typed.items()
                if place < len(paragraphs) and paragraphs[place].strip()
            }
            found += [said] if said else []
        return tuple(found)


def settings_form(
    document: Questionnaire, *, seen: str, formdata: MultiDict[str, str] | None
) -> SettingsForm:
    """The form of title and introduction: what was sent, else what the draft holds."""
    fields = {
        **texts_fields("title", _l("Title"), document.languages, line=True),
        **texts_fields("introduction", _l("Introduction"), document.languages, rows=6),
    }
    paragraphs = {
        f"introduction__{language}": "\n\n".join(
            texts[language] for texts in document.introduction if language in texts
        )
        for language in document.languages
    }
    data = {"seen": seen, **texts_data("title", document.texts), **paragraphs}
    form: SettingsForm = type("OneSettingsForm", (SettingsForm,), fields)(
        formdata=formdata, data=data
    )
    form.document = document
    return form
