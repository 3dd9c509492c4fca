"""Edits of sections: added, moved, doubled, deleted, renamed."""

from surveys.definition import Questionnaire, Section, Texts
from surveys.editing.codes import code_from
from surveys.editing.copying import copy_of_section
from surveys.editing.parts import get_section, rebuilt, taken_codes, with_section
from surveys.editing.refusals import StillUsed
from surveys.editing.uses import uses_of


def add_section(document: Questionnaire, texts: Texts) -> tuple[Questionnaire, Section]:
    """The document with a new section at its end, and that section."""
    title = texts.get(document.languages[0], "")
    code = code_from(title, taken_codes(document), fallback="section")
    section = Section(code=code, texts=texts)
    return rebuilt(document, sections=(*document.sections, section)), section


def save_section(document: Questionnaire, code: str, section: Section) -> Questionnaire:
    """The document with this section in the place of the one with that code."""
    get_section(document, code)
    return with_section(document, code, section)


def move_section(document: Questionnaire, code: str, steps: int) -> Questionnaire:
    """The document with the section so many places further down; up for negative steps."""
    section = get_section(document, code)
    others = [s for s in document.sections if s.code != code]
    place = document.sections.index(section) + steps
    others.insert(min(max(place, 0), len(others)), section)
    return rebuilt(document, sections=tuple(others))


def double_section(document: Questionnaire, code: str) -> tuple[Questionnaire, Section]:
    """The document with a copy of the section after it, and that copy."""
    copied = copy_of_section(document, get_section(document, code))
    sections: list[Section] = []
    for section in document.sections:
        sections += [section, copied] if section.code == code else [section]
    return rebuilt(document, sections=tuple(sections)), copied


def delete_section(document: Questionnaire, code: str) -> Questionnaire:
    """The document without the section and its questions; `StillUsed` while others need one."""
    section = get_section(document, code)
    inside = frozenset(q.code for question in section.questions for q in question.everything())
    rest = rebuilt(document, sections=tuple(s for s in document.sections if s.code != code))
    uses = uses_of(rest, inside)
    if uses:
        raise StillUsed(code, uses)
    return rest
