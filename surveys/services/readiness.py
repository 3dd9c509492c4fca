"""What still stands between a draft and its publication."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.changes import refusals
from surveys.changes.frozen import Broken
from surveys.checks import Finding, Severity, findings
from surveys.definition import Questionnaire
from surveys.languages import Counts

_FROZEN = {
    Broken.KIND: _l(
        "It was published as another kind of question. Give it its former kind, or delete it and "
        "add a new question with a new code."
    ),
    Broken.CODE: _l(
        "It was published under another code. Give it its former code: exports know it by that."
    ),
    Broken.REUSED: _l(
        "This code was published for another question. Choose another code: answers would mix."
    ),
}
NOTHING_ASKED = _l("No question is asked yet.")


@dataclass(frozen=True)
class Obstacle:
    """Something to mend before publishing. `code`: of what is to be mended, "" for the whole."""

    code: str
    message: Lazy


def frozen(document: Questionnaire, published: Iterable[Questionnaire]) -> list[Obstacle]:
    """What the document changes that publication froze."""
    return [
        Obstacle(refusal.question.code, _FROZEN[refusal.broken])
        for refusal in refusals(document, published)
    ]


def obstacles(document: Questionnaire, published: Iterable[Questionnaire]) -> list[Obstacle]:
    """What must be mended before the document can be published, in the order asked."""
    found = frozen(document, published)
    if not any(question.asks for question in document.questions()):
        found.insert(0, Obstacle("", NOTHING_ASKED))
    wrong = [f for f in findings(document) if f.severity is Severity.ERROR]
    return [*found, *(Obstacle(finding.code, finding.message) for finding in wrong)]


def doubts(document: Questionnaire) -> list[Finding]:
    """What authors may want to look at, and may publish all the same."""
    return [f for f in findings(document) if f.severity is Severity.WARNING]


def undecided(gaps: Mapping[str, Counts], decided: Collection[str]) -> list[str]:
    """The languages with missing or stale texts of which nobody said to publish all the same."""
    return [language for language in gaps if language not in decided]
