"""A row of a batch as answers: read by the kinds, then checked like those of a page.

Cells may hold codes or the wordings of choices in any language. A missing answer is no fault of a
batch: whoever gave it can't be asked any more.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from core.texts import lazy as _l
from surveys.batches.columns import Place
from surveys.batches.trouble import Trouble
from surveys.completeness import Entered, all_problems
from surveys.definition import Question, Questionnaire, Texts
from surveys.kinds import Raw, Unreadable, kind_of
from surveys.kinds.scales import YES_NO
from surveys.logic import stored_of

TICKED = frozenset({"1", "1.0", "true", "yes", "x"})
UNTICKED = frozenset({"", "0", "0.0", "false", "no"})
NEITHER = _l("Write 1 for chosen or 0 for not chosen.")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")
"""The apostrophe our exports put before what a spreadsheet would take for a formula."""
_FIGURE = re.compile(r"[+-]?\d+\.\d{3}", re.ASCII)
"""A figure as files write it, which in a person's hand could be thousands."""


def answers_of(
    questionnaire: Questionnaire, number: int, cells: Mapping[str, list[tuple[str, Place, str]]]
) -> tuple[dict[str, Any], list[Trouble]]:
    """A row's answers by question's code, and what is wrong with them.

    `cells`: by question's code, (heading, place, text) of its columns.
    """
    answers: dict[str, Any] = {}
    wrong: list[Trouble] = []
    for code, held in cells.items():
        try:
            stored = _stored(questionnaire.by_code[code], held)
        except Unreadable as unreadable:
            wrong.append(Trouble(number, _blamed(held), unreadable.message))
            continue
        if stored is not None:
            answers[code] = stored
    if not wrong:
        wrong += _contradictions(questionnaire, number, answers, cells)
    return answers, wrong


def _contradictions(
    questionnaire: Questionnaire,
    number: int,
    answers: dict[str, Any],
    cells: Mapping[str, list[tuple[str, Place, str]]],
) -> Iterator[Trouble]:
    for problems in all_problems(questionnaire, Entered(answers, {})).values():
        for problem in problems:
            code = problem.question.code
            if not problem.missing:
                column = _blamed(cells[code]) if code in cells else code
                yield Trouble(number, column, problem.message)


def _blamed(held: list[tuple[str, Place, str]]) -> str:
    """The column to look at: the first that holds anything."""
    return next((heading for heading, _place, text in held if text.strip()), held[0][0])


def _stored(question: Question, held: list[tuple[str, Place, str]]) -> Any:
    """The stored value of a question's cells; raises `Unreadable`."""
    kind = kind_of(question)
    if not any(text.strip() for _heading, _place, text in held):
        return None
    whole = next((text for _heading, place, text in held if place.whole), None)
    if whole is not None:
        codes = [_code(question, word) for word in _words(question, whole)]
        return kind.from_json(question, _with_texts(codes, held))
    if question.ties:
        return kind.from_json(question, _tied(question, held))
    raw = _raw(question, held)
    if len(kind.columns(question)) == 1 and list(raw) == [""]:
        return _one(question, raw[""][0])
    return kind.from_raw(question, raw)


def _one(question: Question, text: str) -> Any:
    """The stored value of one cell: as files write it, else as people do; raises `Unreadable`."""
    stored = stored_of(question, text)
    if stored is not None:
        return stored
    kind = kind_of(question)
    return kind.from_raw(question, {kind.suffixes(question)[0]: [text]})


def _tied(question: Question, held: list[tuple[str, Place, str]]) -> list[Any]:
    """What stands at each place of a ranking in which several may share one."""
    given = [[_code(question, word) for word in _words(question, text)] for _h, _p, text in held]
    places = given[: max(at for at, codes in enumerate(given, start=1) if codes)]
    if [] in places:
        empty = places.index([]) + 1
        raise Unreadable(_l("Fill place %(place)s, or move the later ones up.", place=empty))
    return [codes if len(codes) > 1 else codes[0] for codes in places]


def _raw(question: Question, held: list[tuple[str, Place, str]]) -> Raw:
    raw: Raw = {}
    for _heading, place, text in held:
        typed = _GUARDED.sub("", text, count=1) if text.startswith("'") else text
        if place.choice:
            raw.setdefault("", []).extend([place.choice] if _ticked(typed) else [])
        elif typed.strip():
            raw.setdefault(place.suffix, []).append(typed if place.free else _read(question, typed))
    return raw


def _read(question: Question, typed: str) -> str:
    """What a form would have been sent with for a cell."""
    figure = not question.choices and _FIGURE.fullmatch(typed.strip())
    return f"{typed.strip()}0" if figure else _code(question, typed)


def _ticked(text: str) -> bool:
    said = text.strip().lower()
    if said not in TICKED | UNTICKED:
        raise Unreadable(NEITHER)
    return said in TICKED


def _words(question: Question, whole: str) -> list[str]:
    """The answers in one cell: parted by spaces; a wording, which may hold spaces, is one."""
    if _coded(question, whole):
        return [whole]
    return whole.split()


def _with_texts(codes: list[str], held: list[tuple[str, Place, str]]) -> list[Any]:
    """The codes, each with the text of its own column, if it has any."""
    texts = {p.suffix.removeprefix("-"): text.strip() for _h, p, text in held if p.free}
    return [{"choice": c, "text": texts[c]} if texts.get(c) else c for c in codes]


def _code(question: Question, typed: str) -> str:
    """The code of what was written: itself if it is one, else that of the choice so worded."""
    return _coded(question, typed) or typed


def _coded(question: Question, typed: str) -> str | None:
    said = _folded(typed)
    worded = {
        _folded(text): code for code, texts in _options(question).items() for text in texts.values()
    }
    by_code = {code.casefold(): code for code in _options(question)}
    return by_code.get(said) or worded.get(said)


def _options(question: Question) -> dict[str, Texts]:
    """The choices' wordings; those of yes and no where a scale brings none of its own."""
    if not question.choices and kind_of(question).scale:
        return YES_NO
    return {choice.code: choice.texts for choice in question.choices}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
