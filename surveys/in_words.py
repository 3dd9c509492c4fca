"""Conditions in plain words, for the questionnaire on paper, where nothing can hide a question.

Says the usual ones; for any other it has no words, and the page says only that there is a
condition. It refuses to know how questions are numbered.
"""

from collections.abc import Mapping

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import Tree
from surveys.definition import Questionnaire, text_in

# The text may read in another direction than the sentence around it.
ANYTHING = frozenset({("count >=", 1), ("count >", 0), ("count !=", 0)})
_ISOLATED = "\u2068{}\u2069"


class Words:
    """Puts a questionnaire's conditions into words.

    `numbers`: each question's number on the page, by code. `language`: of the answers quoted.
    """

    def __init__(
        self, questionnaire: Questionnaire, numbers: Mapping[str, str], language: str
    ) -> None:
        self._questions = questionnaire.anywhere
        self._numbers = numbers
        self._language = language

    def sentence(self, relevant: Tree) -> Lazy:
        """When to answer, as one sentence."""
        condition = self._clause(relevant)
        if condition is None:
            return _l("Answer only if it applies")
        return _l("Answer only if %(condition)s.", condition=condition)

    def _clause(self, tree: Tree) -> Lazy | None:
        arguments: list[Tree] = tree.get("args", [])
        match tree.get("op"), len(arguments):
            case ("and" | "or") as word, _:
                return self._joined(word, arguments)
            case "not", _ if arguments[0].get("op") == "selected":
                return self._compared("not_selected", *arguments[0]["args"])
            case str(operator), 2:
                return self._compared(operator, *arguments)
        return None

    def _joined(self, word: str, arguments: list[Tree]) -> Lazy | None:
        """Clauses of one kind in a row; of mixed ones nobody could say what belongs together."""
        if any(argument.get("op") in {"and", "or"} for argument in arguments):
            return None
        clauses = [self._clause(argument) for argument in arguments]
        told = [clause for clause in clauses if clause is not None]
        if len(told) < len(clauses):
            return None
        sentence = told[0]
        for clause in told[1:]:
            sentence = (
                _l("%(first)s and %(second)s", first=sentence, second=clause)
                if word == "and"
                else _l("%(first)s or %(second)s", first=sentence, second=clause)
            )
        return sentence

    def _compared(self, operator: str, left: Tree, right: Tree) -> Lazy | None:
        if left.get("op") == "count_selected":
            operator, left = f"count {operator}", left["args"][0]
        number = self._numbers.get(left.get("ref", ""))
        if number is None or "value" not in right:
            return None
        if (operator, right["value"]) in ANYTHING:
            return _l("something is chosen in %(question)s", question=number)
        answer = self._answer(left["ref"], right["value"])
        return _clauses(number, answer).get(operator)

    def _answer(self, code: str, value: object) -> str:
        choice = self._questions[code].choice(str(value))
        text = text_in(choice.texts, self._language) if choice else str(value)
        return _ISOLATED.format(text)


def _clauses(number: str, answer: str) -> dict[str, Lazy]:
    """What can be said of a question and a value, by operator."""
    told = {"question": number, "answer": answer}
    return {
        "=": _l("the answer to %(question)s is “%(answer)s”", **told),
        "!=": _l("the answer to %(question)s is not “%(answer)s”", **told),
        "<": _l("the answer to %(question)s is less than %(answer)s", **told),
        "<=": _l("the answer to %(question)s is at most %(answer)s", **told),
        ">": _l("the answer to %(question)s is more than %(answer)s", **told),
        ">=": _l("the answer to %(question)s is at least %(answer)s", **told),
        "selected": _l("“%(answer)s” is chosen in %(question)s", **told),
        "not_selected": _l("“%(answer)s” is not chosen in %(question)s", **told),
        "count >=": _l("at least %(answer)s are chosen in %(question)s", **told),
        "count >": _l("more than %(answer)s are chosen in %(question)s", **told),
        "count =": _l("exactly %(answer)s are chosen in %(question)s", **told),
    }
