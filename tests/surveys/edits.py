"""Random questionnaires, and random edits of them with the changes each must be found as."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

from hypothesis import strategies as st

from surveys.changes import What
from surveys.definition import Choice, Question, QuestionKind, Questionnaire, Section

NAMESPACE = UUID(int=7)
LANGUAGES = ("en", "fr")
Found = tuple[What, str, str]
"""What a change is, the code it is of, and its part."""


@dataclass(frozen=True)
class Edit:
    """An edit's outcome: the questionnaire after it, and what a comparison must tell of it."""

    after: Questionnaire
    found: frozenset[Found]


def _texts(text: str) -> dict[str, str]:
    return {language: f"{text} {language}" for language in LANGUAGES}


def _question(code: str, kind: QuestionKind) -> Question:
    listed = tuple(Choice(code=c, texts=_texts(c)) for c in ("red", "green", "blue"))
    return Question(
        uid=uuid5(NAMESPACE, code),
        code=code,
        kind=kind,
        texts=_texts(code),
        choices=listed if kind is not QuestionKind.SHORT_TEXT else (),
        items=listed if kind is QuestionKind.MATRIX else (),
    )


def rebuilt(form: Questionnaire, sections: tuple[Section, ...]) -> Questionnaire:
    return Questionnaire(code="tiny", texts=form.texts, languages=form.languages, sections=sections)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Two or three sections of one to four questions of three kinds."""
    kinds = st.sampled_from([QuestionKind.SHORT_TEXT, QuestionKind.CHOOSE_ONE, QuestionKind.MATRIX])
    sections = []
    for place in range(draw(st.integers(2, 3))):
        codes = [f"q{place}{number}" for number in range(draw(st.integers(1, 4)))]
        questions = tuple(_question(code, draw(kinds)) for code in codes)
        sections.append(Section(code=f"s{place}", texts=_texts("s"), questions=questions))
    return Questionnaire(
        code="tiny", texts=_texts("Tiny"), languages=LANGUAGES, sections=tuple(sections)
    )


def put(form: Questionnaire, question: Question) -> Questionnaire:
    """The questionnaire with this question in the place of the one of its uid."""
    return rebuilt(
        form,
        tuple(
            s.model_copy(
                update={
                    "questions": tuple(
                        question if q.uid == question.uid else q for q in s.questions
                    )
                }
            )
            for s in form.sections
        ),
    )


def _set(form: Questionnaire, question: Question, what: What, part: str, **update: object) -> Edit:
    after = put(form, question.model_copy(update=update))
    return Edit(after, frozenset({(what, question.code, part)}))


def _tree(literal: str) -> dict[str, object]:
    return {"op": "=", "args": [{"ref": "q00"}, {"value": literal}]}


def reword(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    language = draw(st.sampled_from(LANGUAGES))
    return _set(form, q, What.REWORDED, "texts", texts={**q.texts, language: "Else"})


def require(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    return _set(form, q, What.REQUIRED, "required", required=not q.required)


def condition(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    field, what = draw(
        st.sampled_from(
            [
                ("relevant", What.CONDITION), ("constraint", What.CONSTRAINT),
                ("warning", What.WARNING), ("calculation", What.CALCULATION),
                ("default", What.DEFAULT), ("choice_filter", What.CHOICE_FILTER),
                ("required_if", What.REQUIRED), ("times", What.TIMES),
            ]
        )
    )  # fmt: skip
    return _set(form, q, what, field, **{field: _tree("x")})


def add_choice(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    added = Choice(code="violet", texts=_texts("violet"))
    if q.items:
        return _set(form, q, What.ROW_ADDED, "violet", items=(*q.items, added))
    return _set(form, q, What.CHOICE_ADDED, "violet", choices=(*q.choices, added))


def remove_choice(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    if not q.choices:
        return reword(draw, form, q)
    gone = draw(st.sampled_from(q.choices))
    left = tuple(choice for choice in q.choices if choice != gone)
    return _set(form, q, What.CHOICE_REMOVED, gone.code, choices=left)


def reword_choice(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    if not q.choices:
        return reword(draw, form, q)
    first, *rest = q.choices
    other = first.model_copy(update={"texts": {**first.texts, "fr": "Autre"}})
    return _set(form, q, What.CHOICE_REWORDED, first.code, choices=(other, *rest))


def turn_choices(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    if not q.choices:
        return reword(draw, form, q)
    return _set(form, q, What.CHOICES_MOVED, "", choices=q.choices[::-1])


def delete(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    sections = tuple(
        s.model_copy(update={"questions": tuple(o for o in s.questions if o.uid != q.uid)})
        for s in form.sections
    )
    return Edit(rebuilt(form, sections), frozenset({(What.DELETED, q.code, "")}))


def add(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    new = _question("new", draw(st.sampled_from(list(QuestionKind))))
    place = draw(st.integers(0, len(form.sections) - 1))
    chosen = form.sections[place]
    at = draw(st.integers(0, len(chosen.questions)))
    asked = (*chosen.questions[:at], new, *chosen.questions[at:])
    sections = list(form.sections)
    sections[place] = chosen.model_copy(update={"questions": asked})
    return Edit(rebuilt(form, tuple(sections)), frozenset({(What.NEW, "new", "")}))


def move(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    """Into another section, at any place."""
    without = delete(draw, form, q).after
    home = form.section_of[q.code]
    target = draw(st.sampled_from([s.code for s in form.sections if s.code != home]))
    sections = []
    for section in without.sections:
        asked = section.questions
        if section.code == target:
            at = draw(st.integers(0, len(asked)))
            asked = (*asked[:at], q, *asked[at:])
        sections.append(section.model_copy(update={"questions": asked}))
    return Edit(rebuilt(form, tuple(sections)), frozenset({(What.MOVED, q.code, "")}))


def retitle_section(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    first, *rest = form.sections
    named = first.model_copy(update={"texts": {**first.texts, "en": "Else"}})
    found = frozenset({(What.SECTION_REWORDED, first.code, "texts")})
    return Edit(rebuilt(form, (named, *rest)), found)


def add_section(draw: st.DrawFn, form: Questionnaire, q: Question) -> Edit:
    new = Section(code="new", texts=_texts("new"))
    at = draw(st.integers(0, len(form.sections)))
    sections = (*form.sections[:at], new, *form.sections[at:])
    return Edit(rebuilt(form, sections), frozenset({(What.SECTION_NEW, "new", "")}))


EDITS: tuple[Callable[[st.DrawFn, Questionnaire, Question], Edit], ...] = (
    reword, require, condition, add_choice, remove_choice, reword_choice, turn_choices, delete,
    add, move, retitle_section, add_section,
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> tuple[Questionnaire, Edit]:
    """A questionnaire and one random edit of it."""
    form = draw(questionnaires())
    question = draw(st.sampled_from(list(form.questions())))
    return form, draw(st.sampled_from(EDITS))(draw, form, question)
