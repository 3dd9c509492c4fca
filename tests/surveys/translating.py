"""Questionnaires for the tests of languages: small ones by hand, and random ones."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from surveys.definition import Choice, Group, Question, QuestionKind, Questionnaire, Section, Texts

LANGUAGES = ("en", "fr", "ar")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12
).map(str.strip)


def small(**changed: Any) -> Questionnaire:
    """One section of two questions that share a list; French is half done, Arabic not begun."""
    colours = (
        Choice(code="red", texts={"en": "Red", "fr": "Rouge"}),
        Choice(code="blue", texts={"en": "Blue"}),
    )
    favourite, other = (
        Question(
            uid=UUID(int=n), code=code, kind=QuestionKind.CHOOSE_ONE, texts=texts,
            list="colours", choices=colours,
        )
        for n, code, texts in (
            (1, "favourite", {"en": "Your colour, ${name}?", "fr": "Votre couleur, ${name} ?"}),
            (2, "other_one", {"en": "Another?"}),
        )
    )  # fmt: skip
    section = Section(
        code="colours",
        texts={"en": "Colours", "fr": "Couleurs"},
        groups=(Group(code="inner", texts={"en": "Inside"}),),
        questions=(favourite, other),
    )
    made = Questionnaire(
        code="tiny",
        texts={"en": "Tiny", "fr": "Petit"},
        languages=LANGUAGES,
        introduction=({"en": "Why we ask"},),
        lists={"colours": colours},
        sections=(section,),
    )
    return made.model_copy(update=changed)


def reworded(document: Questionnaire, key: str, text: str, language: str = "en") -> Questionnaire:
    """The document with another text under a key, its translations' memory left alone."""
    from surveys.languages.walk import rewritten  # noqa: PLC0415 -- the one that is tested beside

    def change(one: Any) -> Texts:
        texts: Texts = one.texts
        return texts | {language: text} if one.key == key else texts

    return rewritten(document, change)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Some sections with questions, lists, groups and repeats, in some of three languages."""
    texts = st.dictionaries(st.sampled_from(LANGUAGES), WORDS.filter(bool), max_size=3)
    codes = st.lists(st.sampled_from("abcd"), max_size=3)  # a form's list may repeat a code
    numbers = iter(range(1, 1000))

    def choices() -> tuple[Choice, ...]:
        return tuple(Choice(code=code, texts=draw(texts)) for code in draw(codes))

    lists = {name: choices() for name in draw(st.sets(st.sampled_from(["x", "y"])))}

    def question(*, repeats: bool = True) -> Question:
        n = next(numbers)
        used = draw(st.sampled_from(["", *lists]))
        inner = draw(st.integers(0, 2)) if repeats else 0
        return Question(
            uid=UUID(int=n), code=f"q{n}", texts=draw(texts), hints=draw(texts),
            constraint_texts=draw(texts), warning_texts=draw(texts), list=used,
            kind=QuestionKind.REPEAT if inner else QuestionKind.MATRIX,
            choices=lists.get(used) or choices(), items=choices(),
            questions=tuple(question(repeats=False) for _ in range(inner)),
        )  # fmt: skip

    sections = tuple(
        Section(
            code=f"s{n}", texts=draw(texts), groups=(Group(code=f"g{n}", texts=draw(texts)),),
            questions=tuple(question() for _ in range(draw(st.integers(0, 2)))),
        )
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    return Questionnaire(
        code="random", texts=draw(texts), languages=LANGUAGES, lists=lists, sections=sections,
        introduction=tuple(draw(st.lists(texts, max_size=2))),
    )  # fmt: skip
