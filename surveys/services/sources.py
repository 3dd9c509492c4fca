"""Choices from the directory: countries, National Societies, networks, copied when publishing.

A published questionnaire keeps the lists as they were that day: the directory changes, what was
asked doesn't.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from babel import Locale, UnknownLocaleError
from sqlmodel import Session

from movement.models import GroupKind, OrganisationKind
from movement.queries.directory import groups, listing
from surveys.definition import Choice, Directory, Question, Questionnaire, Texts, text_in

NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
"""Codes CLDR has beyond ISO 3166-1's: parts of countries, unions, and codes for trying things."""
COUNTRY_CODE = 2

Lists = Mapping[Directory, tuple[Choice, ...]]


def filled(session: Session, questionnaire: Questionnaire, *, on: date) -> Questionnaire:
    """The questionnaire with the choices of its questions that take them from the directory.

    Each list stands once in `lists`, named `directory.SOURCE`, by name in the first language.
    `on`: the day for which National Societies' membership is looked up.
    """
    wanted = {q.source for q in questionnaire.anywhere.values() if q.source is not None}
    if not wanted:
        return questionnaire
    languages = questionnaire.languages
    lists = {
        source: tuple(sorted(_SOURCES[source](session, languages, on), key=_by_name(languages[0])))
        for source in sorted(wanted)
    }
    sections = tuple(
        section.model_copy(update={"questions": _with_choices(section.questions, lists)})
        for section in questionnaire.sections
    )
    named = {list_name(source): choices for source, choices in lists.items()}
    # made anew: a copy would keep what the document has already looked up in itself
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    changed = {"lists": {**questionnaire.lists, **named}, "sections": sections}
    return Questionnaire.model_validate({**fields, **changed})


def list_name(source: Directory) -> str:
    """What a questionnaire calls its copy of a list."""
    return f"directory.{source.value}"


def _with_choices(questions: tuple[Question, ...], lists: Lists) -> tuple[Question, ...]:
    return tuple(
        question.model_copy(
            update={
                "questions": _with_choices(question.questions, lists),
                **(
                    {"list": list_name(question.source), "choices": lists[question.source]}
                    if question.source is not None
                    else {}
                ),
            }
        )
        for question in questions
    )


def _by_name(language: str) -> Callable[[Choice], tuple[str, str]]:
    """Alphabetically in a language, letters with and without accents together."""

    def key(choice: Choice) -> tuple[str, str]:
        name = unicodedata.normalize("NFKD", text_in(choice.texts, language)).casefold()
        return "".join(c for c in name if not unicodedata.combining(c)), choice.code

    return key


def _countries(_session: Session, languages: tuple[str, ...], _on: date) -> list[Choice]:
    """Countries and territories by their ISO 3166-1 code of two letters (CLDR's names)."""
    names = {language: _territories(language) for language in languages}
    codes = [
        code
        for code in _territories("en")
        if len(code) == COUNTRY_CODE and code.isalpha() and code not in NO_COUNTRIES
    ]
    return [
        Choice(
            code=code,
            texts={language: of[code] for language, of in names.items() if code in of}
            or {languages[0]: _territories("en")[code]},
        )
        for code in codes
    ]


def _territories(language: str) -> Mapping[str, str]:
    try:
        found: Mapping[str, str] = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return found


def _national_societies(session: Session, languages: tuple[str, ...], on: date) -> list[Choice]:
    """Members on the day by the country's ISO3; a choice_filter may compare their `region`."""
    return [
        Choice(
            code=line.organisation.code,
            texts=_texts(line.organisation.names, languages),
            columns={"region": line.organisation.region_code or ""},
        )
        for line in listing(session, on=on)
        if line.member and line.organisation.kind is OrganisationKind.NATIONAL_SOCIETY
    ]


def _networks(session: Session, languages: tuple[str, ...], _on: date) -> list[Choice]:
    return [
        Choice(code=group.code, texts=_texts(group.names, languages))
        for group, _count in groups(session)
        if group.kind is GroupKind.NETWORK
    ]


def _texts(names: Texts, languages: tuple[str, ...]) -> Texts:
    """The names in the questionnaire's languages; where there is none in any, one there is."""
    known = {language: names[language] for language in languages if names.get(language)}
    return known or {languages[0]: text_in(names, languages[0])}


_SOURCES: Mapping[Directory, Callable[[Session, tuple[str, ...], date], list[Choice]]] = {
    Directory.COUNTRIES: _countries,
    Directory.NATIONAL_SOCIETIES: _national_societies,
    Directory.NETWORKS: _networks,
}
