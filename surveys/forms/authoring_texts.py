"""Fields of texts in every language of a questionnaire: the source first, the others after it."""

from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import Length

from core.texts import Lazy
from surveys.definition import Texts

LONGEST = 10_000
LONGEST_LINE = 300


def language_name(code: str) -> str:
    """A language's name in itself, by CLDR; its code where CLDR has none."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return (name[0].upper() + name[1:]) if name else code


def texts_fields(
    name: str, label: Any, languages: tuple[str, ...], *, line: bool = False, rows: int = 2
) -> dict[str, Field]:
    """The fields NAME__LANGUAGE, to be given to a form's class. `line`: of one line."""
    most = LONGEST_LINE if line else LONGEST
    checks = [Length(max=most, message=_l("Write at most %(max)d characters."))]
    field = StringField if line else TextAreaField
    keywords: dict[str, Any] = {} if line else {"render_kw": {"rows": rows}}
    labels = [label, *(_in_language(label, language) for language in languages[1:])]
    return {
        f"{name}__{language}": field(own, checks, filters=[_tidy], **keywords)
        for language, own in zip(languages, labels, strict=True)
    }


def _in_language(label: Any, language: str) -> Any:
    return _l("%(label)s – %(language)s", label=label, language=language_name(language))


def texts_data(name: str, texts: Texts) -> dict[str, str]:
    """What the fields show for a text."""
    return {f"{name}__{language}": text for language, text in texts.items()}


def texts_of(form: Form, name: str, languages: tuple[str, ...], before: Texts) -> Texts:
    """The text as it was typed; languages the form doesn't show stay as they were."""
    typed = {language: form[f"{name}__{language}"].data or "" for language in languages}
    found = {**before, **typed}
    return {language: text for language, text in found.items() if text}


def texts_pairs(form: Form, name: str, languages: tuple[str, ...]) -> list[tuple[str, Field]]:
    """The languages with their fields, as pages show them."""
    return [(language, form[f"{name}__{language}"]) for language in languages]


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def problems_of(form: Form) -> list[tuple[str, str]]:
    """What is wrong with a form: (anchor, sentence), in the order of its fields."""
    return [
        (field.id, f"{_label(field)} – {sentence}") for field in form for sentence in field.errors
    ]


def _label(field: Field) -> str | Lazy:
    label = field.label.text
    return str(label)
