"""A draft of a questionnaire on a running site, half translated, and an entry of the bank."""

from uuid import UUID

from sqlmodel import Session

from core.clock import now
from surveys.bank import EntryKind
from surveys.definition import Questionnaire
from surveys.languages import with_translations
from surveys.languages.changing import with_language
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import get_survey, newest_version
from surveys.services import bank, drafts
from tests.browser.site import Site

AUTHOR = "secretariat@demo.invalid"


class Author:
    """Whoever writes the draft."""

    id = UUID(int=1)
    label = AUTHOR


def half_translated(document: Questionnaire) -> Questionnaire:
    """One more language without a text, one French text missing, and the title reworded."""
    document = with_translations(document, "fr", {"introduction.1": ""})
    title = f"{document.texts['en']} – new wave"
    return with_language(with_translations(document, "en", {"title": title}), "prs")


def start_draft(site: Site, code: str, question: str) -> str:
    """Start the draft; return the id of the bank's entry the question was saved as."""
    with Session(site._engine) as session:
        survey = get_survey(session, code)
        version = newest_version(session, survey)
        assert version is not None
        document = questionnaire_of(session, version.id)
        drafts.start(session, survey, document, now=now(), by=Author())
        drafts.change(session, survey, half_translated, action="translate", now=now(), by=Author())
        entry = bank.save(
            session, survey, EntryKind.QUESTION, question, "Saved question", now=now(), by=Author()
        )
        session.commit()
    return entry.id
