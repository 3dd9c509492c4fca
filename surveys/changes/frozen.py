"""What publication freezes: a code's kind, a uid's code, and a code's question, for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from surveys.definition import Question, Questionnaire


class Broken(StrEnum):
    """What a questionnaire changes that it must not."""

    KIND = "kind"
    CODE = "code"
    REUSED = "reused"


@dataclass(frozen=True)
class Refusal:
    """A question that can't be published so. `former`: as it was published."""

    broken: Broken
    question: Question
    former: Question


def refusals(questionnaire: Questionnaire, published: Iterable[Questionnaire]) -> list[Refusal]:
    """Every question that breaks what an earlier version froze; each is named once.

    `published`: all earlier versions, the deleted questions of long ago among them.
    """
    by_uid: dict[object, Question] = {}
    by_code: dict[str, Question] = {}
    for version in published:
        for question in version.anywhere.values():
            by_uid[question.uid] = by_code[question.code] = question
    found = []
    for question in questionnaire.anywhere.values():
        same, namesake = by_uid.get(question.uid), by_code.get(question.code)
        if same is not None and same.code != question.code:
            found.append(Refusal(Broken.CODE, question, same))
        elif namesake is not None and namesake.uid != question.uid:
            found.append(Refusal(Broken.REUSED, question, namesake))
        elif same is not None and same.kind is not question.kind:
            found.append(Refusal(Broken.KIND, question, same))
    return found


def adopted(questionnaire: Questionnaire, known: Iterable[Questionnaire]) -> Questionnaire:
    """The questionnaire with the uids that its codes have had: for one that came from a file.

    `known`: the survey's documents, the later ones deciding. A form knows codes only, so a code
    means the question it has always meant.
    """
    uids = {code: q.uid for document in known for code, q in document.anywhere.items()}
    if not any(uids.get(code, q.uid) != q.uid for code, q in questionnaire.anywhere.items()):
        return questionnaire

    def known_as(question: Question) -> Question:
        inner = tuple(known_as(one) for one in question.questions)
        uid = uids.get(question.code, question.uid)
        return question.model_copy(update={"uid": uid, "questions": inner})

    sections = tuple(
        section.model_copy(update={"questions": tuple(known_as(q) for q in section.questions)})
        for section in questionnaire.sections
    )
    whole = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    return Questionnaire.model_construct(**{**whole, "sections": sections})
