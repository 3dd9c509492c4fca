"""The languages of a questionnaire as the headings of a form: `label::Français (fr)`."""

from dataclasses import dataclass

from surveys.definition import Questionnaire, Texts
from surveys.xlsform.languages import language_tag
from surveys.xlsform.literals import apart
from surveys.xlsform.rows import UNNAMED

Cells = dict[str, str]


@dataclass(frozen=True)
class Tongues:
    """`headings`: what stands behind a column's name for each language, "" for nothing."""

    headings: dict[str, str]

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "Tongues":
        """The headings of this questionnaire's languages."""
        languages, names = questionnaire.languages, questionnaire.language_names
        if len(languages) == 1 and languages[0] not in names:
            return cls({languages[0]: ""})
        return cls({language: _heading(language, names) for language in languages})

    @property
    def default(self) -> str:
        """What the settings say of the first language; "" where its columns say enough."""
        first, heading = next(iter(self.headings.items()))
        return "" if (first, heading) == ("en", "") or first == UNNAMED else heading or first

    def columns(self, name: str) -> list[str]:
        """The column's headings, one for each language."""
        return [self.column(name, language) for language in self.headings]

    def column(self, name: str, language: str) -> str:
        """The column's heading in this language."""
        heading = self.headings[language]
        return f"{name}::{heading}" if heading else name

    def cells(self, name: str, texts: Texts) -> Cells:
        """The text's cells by heading."""
        return {
            self.column(name, language): apart(texts[language])
            for language in self.headings
            if texts.get(language)
        }


def _heading(language: str, names: dict[str, str]) -> str:
    if language == UNNAMED:
        return ""
    name = names.get(language, language)
    return name if language_tag(name) == language else f"{name} ({language})"
