"""An author at a draft: what every page of authoring loads and shows around its own part."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from core.clock import now
from core.db import get_session, transaction
from core.texts import Lazy
from core.web import POLICY
from surveys.checks import Finding, Severity, Sort
from surveys.definition import Group, Question, QuestionKind, Questionnaire, Section, text_in
from surveys.editing import steps
from surveys.editing.gaps import all_findings
from surveys.editing.groups import find_group
from surveys.forms.authoring_texts import language_name
from surveys.forms.authoring_words import KIND_GROUPS, kind_title
from surveys.models import DraftStep, QuestionnaireDraft, Survey
from surveys.queries.authoring import Frozen, frozen_in
from surveys.queries.waves import get_survey
from surveys.services import authoring, drafts

LONGEST_NAME = 60
FRAMING = f"{POLICY}; frame-src 'self'"
"""The content policy of a page that shows the preview beside it."""
Page = tuple[str, int, dict[str, str]]
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@dataclass(frozen=True)
class Line:
    """A question in the outline.

    `number`: within its section, "" for a note. `depth`: how far in it stands, in groups and
    repeats. `errors`, `warnings`: how many findings are about it.
    """

    question: Question
    number: str
    depth: int
    errors: int
    warnings: int


@dataclass
class Desk:
    """A survey with its draft as it is now."""

    survey: Survey
    draft: QuestionnaireDraft
    document: Questionnaire

    @property
    def source(self) -> str:
        """The language the authors write in."""
        return self.document.languages[0]

    @property
    def spoken(self) -> str:
        """The language its texts are shown in: the asked-for one, else the source."""
        wished = request.args.get("language", "")
        return wished if wished in self.document.languages else self.source

    @property
    def title(self) -> str:
        """The questionnaire's title."""
        return text_in(self.document.texts, self.spoken) or self.survey.code

    @cached_property
    def findings(self) -> list[Finding]:
        """All there is to look at before publishing."""
        return all_findings(self.document)

    @cached_property
    def frozen(self) -> dict[UUID, Frozen]:
        """What earlier publications froze, by question."""
        return frozen_in(get_session(), self.survey)

    @cached_property
    def last_step(self) -> DraftStep | None:
        """The change that can be taken back."""
        return drafts.last_step(get_session(), self.survey)

    @property
    def last_words(self) -> Lazy:
        """What taking back would take back."""
        step = self.last_step
        return steps.in_words(step.action, step.about) if step else steps.in_words("", "")

    @cached_property
    def _counts(self) -> Counter[tuple[Sort, str, Severity]]:
        return Counter((f.sort, f.code, f.severity) for f in self.findings)

    def lines(self, section: Section) -> Iterator[Line]:
        """A section's questions as the outline shows them, those inside repeats after theirs."""
        number = 0
        for question in section.questions:
            number += question.asks
            yield self._line(question, str(number) if question.asks else "", bool(question.group))
            yield from self._inside(question, 1)

    def _inside(self, repeat: Question, depth: int) -> Iterator[Line]:
        for question in repeat.questions:
            yield self._line(question, "", depth)
            yield from self._inside(question, depth + 1)

    def _line(self, question: Question, number: str, depth: int) -> Line:
        errors, warnings = (
            self._counts[Sort.QUESTION, question.code, severity]
            for severity in (Severity.ERROR, Severity.WARNING)
        )
        return Line(question, number, depth, errors, warnings)

    def url_of(self, finding: Finding) -> str:
        """Where a finding can be mended."""
        return self.url_of_part(finding.sort, finding.code, finding.field)

    def url_of_part(self, sort: Sort, code: str, field: str) -> str:
        """The page of a question, group or section, at one of its fields."""
        if sort is Sort.QUESTION and code in self.document.anywhere:
            asked = self.document.anywhere[code]
            return url_for(
                "authoring.question", code=self.survey.code, uid=asked.uid, _anchor=f"at-{field}"
            )
        if sort is Sort.SECTION and self.document.section(code):
            if field == "questions":
                return url_for("authoring.add_question", code=self.survey.code, section=code)
            return url_for(
                "authoring.section", code=self.survey.code, section=code, _anchor=f"at-{field}"
            )
        if sort is Sort.GROUP and find_group(self.document, code):
            return url_for(
                "authoring.group", code=self.survey.code, group=code, _anchor=f"at-{field}"
            )
        return url_for("authoring.outline", code=self.survey.code)

    def called(self, finding: Finding) -> str:
        """What a finding is about, in the author's words."""
        thing: Question | Group | Section | None = self.document.section(finding.code)
        if finding.sort is Sort.QUESTION:
            thing = self.document.anywhere.get(finding.code)
        elif finding.sort is Sort.GROUP:
            grouped = find_group(self.document, finding.code)
            thing = grouped.group if grouped else None
        return (text_in(thing.texts, self.source) if thing else "") or finding.code

    def worded(self, part: Question | Group | Section) -> str:
        """A question, group or section as the author knows it: the beginning of its text."""
        text = " ".join(text_in(part.texts, self.source).split()) or part.code
        return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"

    def change(
        self, action: str, about: str, make: drafts.Change, *, find: authoring.Find | None = None
    ) -> None:
        """Make one change for this author; with `find`, only if the part is what they saw."""
        seen = request.form.get("seen", "")
        checked = make if find is None else authoring.unless_changed(find, seen, make)
        with transaction() as session:
            drafts.change(
                session, self.survey, checked, action=action, about=about, now=now(), by=g.actor
            )

    def page(self, template: str, status: int = 200, **values: Any) -> Page:
        """A page of authoring, allowed to show the preview in a frame."""
        html = render_template(
            f"surveys/authoring/{template}",
            desk=self,
            kind_title=kind_title,
            language_name=language_name,
            kind_groups=KIND_GROUPS,
            about_kinds=ABOUT_KINDS,
            isolated=_isolated,
            **values,
        )
        return html, status, {"Content-Security-Policy": FRAMING}


def _isolated(text: str) -> str:
    """It may read in another direction than the sentence around it."""
    return f"\u2068{text}\u2069"


def desk(code: str) -> Desk:
    """The survey and its draft; raises `NotFound`."""
    session = get_session()
    survey = get_survey(session, code)
    draft = drafts.get_draft(session, survey)
    return Desk(survey, draft, drafts.document_of(draft))


def remembered(part: BaseModel) -> str:
    """What the page remembers of the part it shows."""
    return drafts.part_digest(part)


ABOUT_KINDS: dict[QuestionKind, object] = {
    QuestionKind.SHORT_TEXT: _l("One line of text"),
    QuestionKind.LONG_TEXT: _l("Several lines of text"),
    QuestionKind.INTEGER: _l("Such as 47"),
    QuestionKind.DECIMAL: _l("Such as 2.5"),
    QuestionKind.PERCENT: _l("From 0 to 100"),
    QuestionKind.MONEY: _l("An amount in a currency"),
    QuestionKind.DATE: _l("A day"),
    QuestionKind.MONTH: _l("A month of a year"),
    QuestionKind.TIME: _l("A time of day"),
    QuestionKind.DATE_TIME: _l("A day with a time"),
    QuestionKind.YES_NO: _l("Two choices: yes, no"),
    QuestionKind.ACKNOWLEDGE: _l("A box to tick: “I agree”"),
    QuestionKind.CHOOSE_ONE: _l("One of several choices"),
    QuestionKind.CHOOSE_MANY: _l("Any number of choices"),
    QuestionKind.RATING: _l("One step of a scale"),
    QuestionKind.MATRIX: _l("The same scale for several rows"),
    QuestionKind.RANKING: _l("Choices put in order"),
    QuestionKind.POINTS: _l("Points shared out among rows"),
    QuestionKind.FILE: _l("A document or picture is sent"),
    QuestionKind.NOTE: _l("Text to read, nothing to answer"),
    QuestionKind.CALCULATED: _l("A value worked out from answers"),
    QuestionKind.REPEAT: _l("Questions asked several times over"),
}
