"""What still stands between a draft and its publication."""

from collections.abc import Collection, Iterable, Mapping

from core.texts import lazy as _l
from surveys.changes import refusals
from surveys.changes.frozen import Broken
from surveys.checks import Finding, Severity, Sort
from surveys.definition import Questionnaire
from surveys.editing.gaps import all_findings
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


def frozen(document: Questionnaire, published: Iterable[Questionnaire]) -> list[Finding]:
    """What the document changes that publication froze."""
    return [
        Finding(
            refusal.question.code,
            "kind" if refusal.broken is Broken.KIND else "code",
            Severity.ERROR,
            _FROZEN[refusal.broken],
        )
        for refusal in refusals(document, published)
    ]


def obstacles(document: Questionnaire, published: Iterable[Questionnaire]) -> list[Finding]:
    """What must be mended before the document can be published: of the whole, then as it is asked.

    All of it is what the editor calls errors, and what publication froze.
    """
    found = frozen(document, published)
    if not any(question.asks for question in document.questions()):
        found.insert(0, Finding("", "sections", Severity.ERROR, NOTHING_ASKED, Sort.SECTION))
    return [*found, *(f for f in all_findings(document) if f.severity is Severity.ERROR)]


def doubts(document: Questionnaire) -> list[Finding]:
    """What authors may want to look at, and may publish all the same."""
    return [f for f in all_findings(document) if f.severity is Severity.WARNING]


def undecided(gaps: Mapping[str, Counts], decided: Collection[str]) -> list[str]:
    """The languages with missing or stale texts of which nobody said to publish all the same."""
    return [language for language in gaps if language not in decided]
