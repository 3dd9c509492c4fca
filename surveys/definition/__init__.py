"""What a questionnaire is: one immutable document, and the parts it is made of."""

from core.content import Media
from surveys.definition.document import Questionnaire, text_in
from surveys.definition.parts import (
    UNASKED,
    Choice,
    Directory,
    Group,
    Question,
    QuestionKind,
    Range,
    Section,
    Texts,
    Tree,
)

__all__ = [
    "UNASKED",
    "Choice",
    "Directory",
    "Group",
    "Media",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "Range",
    "Section",
    "Texts",
    "Tree",
    "text_in",
]
