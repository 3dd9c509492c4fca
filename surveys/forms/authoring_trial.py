"""Trying a draft: its sections' forms with the answers just given, and why each thing is asked."""

import uuid
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.definition import Group, Question, Questionnaire, Section
from surveys.editing.saying import Why, why
from surveys.forms.answers import SectionForm, form_answers, section_form
from surveys.forms.fields import AnswerField
from surveys.logic import Place, Visibility, Worked
from surveys.problems import Entered, found_in

NAMESPACE = uuid.UUID("7b9f9f5e-3a3c-4f86-9d1c-6a5a1f6e5b1d")


@dataclass(frozen=True)
class Tried:
    """A question with its field, whether it is asked, why, and what is wrong with its answer.

    `reasons`: of what stands around it too, outermost first. `begins`: the groups it is the first
    of, the outermost first.
    """

    question: Question
    field: AnswerField
    seen: Visibility
    reasons: tuple[Why, ...]
    value: str
    problems: tuple[str, ...]
    begins: tuple[Group, ...]


@dataclass(frozen=True)
class TriedSection:
    """A section with its questions. `asked`: how many of them are."""

    section: Section
    seen: Visibility
    reasons: tuple[Why, ...]
    questions: tuple[Tried, ...]

    @property
    def asked(self) -> int:
        """How many questions are asked."""
        return sum(tried.seen is Visibility.SHOWN for tried in self.questions)


def shown_form(document: Questionnaire, section: Section) -> SectionForm:
    """The section's form with nothing answered."""
    return section_form(
        document, _own_id(document), section, Entered({}, {}), formdata=None, rotation=0, edition=0
    )


def _own_id(document: Questionnaire) -> uuid.UUID:
    """A name for this very document, as a published version has one."""
    return uuid.uuid5(NAMESPACE, document.digest())


def trial(
    document: Questionnaire, formdata: MultiDict[str, str] | None, language: str
) -> list[TriedSection]:
    """Every section with the answers sent. Raises CircularConditions."""
    version = _own_id(document)
    forms = {
        section.code: section_form(
            document, version, section, Entered({}, {}), formdata=formdata, rotation=0, edition=0
        )
        for section in document.sections
    }
    answers: dict[str, Any] = {}
    for form in forms.values():
        given = form_answers(form) if formdata is not None else {}
        answers |= {code: stored for code, stored in given.items() if stored is not None}
    worked = Worked(document, answers, final=False, language=language)
    final = Worked(document, answers, final=True, language=language)
    entered = Entered(answers, {})
    return [
        _section(worked, final, section, forms[section.code], entered)
        for section in document.sections
    ]


def _section(
    worked: Worked, final: Worked, section: Section, form: SectionForm, entered: Entered
) -> TriedSection:
    problems: dict[str, list[str]] = {}
    for problem in found_in(final, section, entered):
        if not problem.missing:
            own = problem.texts.get(worked.language, "") if problem.texts else ""
            problems.setdefault(problem.question.code, []).append(own or str(problem.message))
    around = _reasons(worked, section)
    begun: set[str] = set()
    tried = tuple(
        Tried(
            field.question,
            field,
            worked.top.seen(field.question.code),
            _all_reasons(worked, section, field.question),
            _value(worked.top, field.question),
            tuple(problems.get(field.question.code, ())),
            _begins(section, field.question, begun),
        )
        for field in form.answer_fields
    )
    seen = worked.top.seen(f"section {section.code}")
    return TriedSection(section, seen, around, tried)


def _groups(section: Section, question: Question) -> tuple[Group, ...]:
    """The groups around a question, the outermost first."""
    groups = {group.code: group for group in section.groups}
    found: tuple[Group, ...] = ()
    code = question.group
    while code in groups:
        found = (groups[code], *found)
        code = groups[code].group
    return found


def _begins(section: Section, question: Question, begun: set[str]) -> tuple[Group, ...]:
    """The groups around a question that have not `begun`; from now on they have."""
    fresh = tuple(one for one in _groups(section, question) if one.code not in begun)
    begun.update(one.code for one in fresh)
    return fresh


def _all_reasons(worked: Worked, section: Section, question: Question) -> tuple[Why, ...]:
    """Why the groups around a question, and then it, are shown or not."""
    things: tuple[Group | Question, ...] = (*_groups(section, question), question)
    return tuple(reason for thing in things for reason in _reasons(worked, thing))


def _reasons(worked: Worked, thing: Section | Group | Question) -> tuple[Why, ...]:
    if thing.relevant is None:
        return ()
    return (why(worked, worked.top, thing.code, thing.relevant, worked.language),)


def _value(place: Place, question: Question) -> str:
    """What a calculated value has come to; "" for others, and while it is unknown."""
    if question.asks:
        return ""
    text = place.text(question) if question.calculation is not None else ""
    return text if isinstance(text, str) else ""
