"""What organisations wrote in their own words, as far as each agreed to be quoted."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.consent import Consent, consent_of
from analytics.queries.waves import WaveData
from surveys.definition import Question, QuestionKind

_TEXTS = {QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT}


@dataclass(frozen=True)
class Comment:
    """One text. `organisation`: the code of who wrote it, None where it isn't to be named."""

    text: str
    organisation: str | None
    consent: Consent


def text_questions(wave: WaveData) -> list[Question]:
    """The questions answered in own words that stand on their own.

    A short text asked because of an earlier answer names something (which network, say) and is no
    comment.
    """
    return [
        question
        for question in wave.questionnaire.questions()
        if question.kind in _TEXTS
        and (question.kind is QuestionKind.LONG_TEXT or question.relevant is None)
    ]


def comments_on(wave: WaveData, question: Question, *, everything: bool) -> list[Comment]:
    """The texts on one question: named ones by organisation's code, then those without a name.

    Without `everything`, only what consent allows: the order of unnamed texts is that of their
    letters, so that it tells nothing of who wrote them.
    """
    return sorted(_allowed(wave, question, everything=everything), key=_order)


def _order(comment: Comment) -> tuple[bool, str, str]:
    return (comment.organisation is None, comment.organisation or "", comment.text)


def _allowed(wave: WaveData, question: Question, *, everything: bool) -> Iterator[Comment]:
    for given in wave.given:
        text = given.answered.answer(question.code)
        if not isinstance(text, str) or not text.strip():
            continue
        consent = consent_of(given.answered)
        if everything or consent is Consent.NAMED:
            yield Comment(text, given.answered.organisation, consent)
        elif consent is Consent.UNNAMED:
            yield Comment(text, None, consent)
