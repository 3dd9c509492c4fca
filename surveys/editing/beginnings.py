"""What a new question of each kind begins with, and what a document begins with."""

from surveys.definition import Choice, Question, QuestionKind, Questionnaire, Texts

K = QuestionKind
YES_OR_NO = {
    "yes": {"en": "Yes", "fr": "Oui", "es": "Sí", "ar": "نعم"},
    "no": {"en": "No", "fr": "Non", "es": "No", "ar": "لا"},
}
STEPS = 5
POINTS = 100
CHOOSING = frozenset({K.CHOOSE_ONE, K.CHOOSE_MANY, K.RANKING, K.RATING, K.MATRIX})
"""Kinds with choices an author writes."""
SCALES = frozenset({K.RATING, K.MATRIX})
"""Kinds whose choices are steps of a scale, numbered."""
ITEMISED = frozenset({K.MATRIX, K.POINTS})
"""Kinds with rows."""


def begun(question: Question, languages: tuple[str, ...]) -> Question:
    """The question with what its kind can't be without, and as little as that."""
    if question.kind is K.YES_NO:
        return question.model_copy(update={"choices": yes_or_no(languages)})
    if question.kind in SCALES:
        return question.model_copy(update={"choices": steps(languages)})
    if question.kind is K.POINTS:
        return question.model_copy(update={"total": POINTS})
    if question.kind is K.MONEY:
        return question.model_copy(update={"currencies": ("CHF",)})
    return question


def yes_or_no(languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """The two answers, in the languages we speak; the others are left to be translated."""
    return tuple(
        Choice(code=code, texts={lang: texts[lang] for lang in languages if lang in texts})
        for code, texts in YES_OR_NO.items()
    )


def steps(languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """A scale of five, to be given words: a number says the same in every language."""
    numbers = map(str, range(1, STEPS + 1))
    return tuple(Choice(code=n, texts=dict.fromkeys(languages, n)) for n in numbers)


def blank(code: str, texts: Texts, languages: tuple[str, ...]) -> Questionnaire:
    """A questionnaire that asks nothing yet."""
    return Questionnaire(code=code, texts=texts, languages=languages)
