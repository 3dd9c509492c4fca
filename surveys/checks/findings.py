"""All checks of a questionnaire, one after the other."""

from collections.abc import Iterator

from surveys.checks.circles import circles
from surveys.checks.comparisons import odd_comparisons
from surveys.checks.finding import Finding
from surveys.checks.inputs import clashing_inputs
from surveys.checks.known import Known
from surveys.checks.references import lost_references
from surveys.checks.subjects import subjects
from surveys.definition import Questionnaire


def findings(questionnaire: Questionnaire) -> list[Finding]:
    """What is wrong with the questionnaire's names and logic, in the order asked.

    Errors: inputs of one name, references that lead nowhere, to what has no value, or in a circle.
    Warnings: references to what is asked later, comparisons with a choice that isn't offered, texts
    in arithmetic.
    """
    return list(_found(questionnaire))


def _found(questionnaire: Questionnaire) -> Iterator[Finding]:
    yield from clashing_inputs(questionnaire)
    everything = subjects(questionnaire)
    known = Known.of(questionnaire, everything)
    for subject in everything:
        yield from lost_references(subject, known)
        yield from odd_comparisons(subject, known)
    yield from circles(everything, known)
