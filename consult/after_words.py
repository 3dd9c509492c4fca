"""Words of what follows a text, as pages show them: to whom it is addressed, states, paragraphs."""

from collections.abc import Iterable, Mapping

from flask import Flask

from consult import pledge_states, report_states
from consult.addressees import ALL, KIND, REGION
from consult.models import Adoption, Consultation, Draft
from consult.pledge_states import Stand
from consult.queries.adoption import find_adopted
from consult.report_states import Status
from core.db import get_session
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import OrganisationKind

ADDRESSED: dict[str, Lazy] = {
    ALL: _l("All components of the Movement"),
    f"{KIND}{OrganisationKind.NATIONAL_SOCIETY.value}": _l("National Societies"),
    f"{KIND}{OrganisationKind.FEDERATION.value}": _l("International Federation"),
    f"{KIND}{OrganisationKind.COMMITTEE.value}": _l("International Committee"),
}
SHORT = 90
"""Characters of a paragraph's text where it is only named."""


def addressed_words(marks: Iterable[str], regions: Mapping[str, str]) -> list[str]:
    """Whom marks of `consult.addressees` reach, in the page's language; organisations by code."""
    return [_addressed(mark, regions) for mark in marks]


def _addressed(mark: str, regions: Mapping[str, str]) -> str:
    if mark in ADDRESSED:
        return str(ADDRESSED[mark])
    code = mark.partition(":")[2]
    if mark.startswith(REGION):
        return str(_l("National Societies of %(region)s", region=regions.get(code, code)))
    return code


def pledge_word(stand: str) -> tuple[Lazy, str]:
    """How a pledge stands: the word and its tone."""
    return pledge_states.WORDS[Stand(stand)]


def report_word(status: str) -> tuple[Lazy, str]:
    """How far a report says one is: the word and its tone."""
    return report_states.WORDS[Status(status)]


def said(texts: Mapping[str, str], language: str) -> str:
    """A text in this language, else in English, else in whichever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def shortened(text: str, most: int = SHORT) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def named(label: str, text: str) -> str:
    """A paragraph as a list names it: its label and how it begins."""
    return " ".join(part for part in (label, shortened(text)) if part)


def _adopted(consultation: Consultation) -> tuple[Draft, Adoption] | None:
    """What `components/adopted.html` takes, for pages of other modules."""
    return find_adopted(get_session(), consultation)


def init_app(app: Flask) -> None:
    """Let templates use the words."""
    app.jinja_env.globals.update(
        adopted_text=_adopted,
        addressed_words=addressed_words,
        pledge_word=pledge_word,
        report_word=report_word,
        shortened=shortened,
        named_paragraph=named,
    )
