"""A site whose questionnaire is being changed: a second version, a draft in review, a test run."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, create_engine

from core.clock import now
from movement.actors import Actor
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.models import QuestionnaireVersion, Survey
from surveys.queries.publishing import documents_of
from surveys.queries.waves import get_survey
from surveys.services import drafts, reviewing, trials
from tests.browser.site import Site

SURVEY = "migration"
ADDED = "new_partners"
TEXTS = {
    "en": "Which partners have you found since?",
    "fr": "Quels partenaires avez-vous trouvés depuis ?",
    "es": "¿Qué socios han encontrado desde entonces?",
    "ar": "من هم الشركاء الذين وجدتموهم منذ ذلك الحين؟",
}


def changed(document: Questionnaire, added: str = ADDED) -> Questionnaire:
    """Its first question in other words, and a new one at the end of its first section."""
    first, *others = document.sections
    new = Question(uid=uuid4(), code=added, kind=QuestionKind.SHORT_TEXT, texts=TEXTS)
    renamed = first.questions[0].model_copy(
        update={"texts": {one: f"{t} *" for one, t in first.questions[0].texts.items()}}
    )
    asked = (renamed, *first.questions[1:], new)
    sections = (first.model_copy(update={"questions": asked}), *others)
    return Questionnaire.model_validate(
        document.model_copy(update={"sections": sections}).as_json()
    )


def somebody() -> Actor:
    """Whoever wrote the draft."""
    return Actor(uuid4(), "", "author@demo.invalid", None, uuid4())


def draft_begun(site: Site) -> str:
    """The newest version's next one is being written; the code of the question it adds."""
    engine = create_engine(f"sqlite:///{site.data / 'plenary.sqlite3'}")
    with Session(engine) as session:
        survey = get_survey(session, SURVEY)
        number, document = max(documents_of(session, survey).items())
        code = f"{ADDED}_{number}"
        drafts.start(session, survey, changed(document, code), now=now(), by=somebody())
        session.commit()
    engine.dispose()
    return code


def everything(site: Site) -> None:
    """A second version nobody is asked yet, the draft of a third in review, and a test run.

    A draft that is there already is gone on with.
    """
    engine = create_engine(f"sqlite:///{site.data / 'plenary.sqlite3'}")
    with Session(engine) as session:
        survey, by, moment = get_survey(session, SURVEY), somebody(), now()
        (document,) = documents_of(session, survey).values()
        _second(session, survey, document, moment)
        if drafts.find_draft(session, survey) is None:
            drafts.start(session, survey, document, now=moment, by=by)
        draft = drafts.change(session, survey, changed, action="add", now=moment, by=by)
        at = draft.edition
        reviewing.ask(session, survey, edition=at, now=moment, by=by)
        reviewing.decide(
            session, survey, approve=False, edition=at, comments={ADDED: "Since when?"},
            note="Nearly there.", now=moment, by=by,
        )  # fmt: skip
        reviewing.ask(session, survey, edition=at, now=moment, by=by)
        trials.open_trial(session, survey, ["JOR"], closes_on=moment.date(), now=moment, by=by)
        session.commit()
    engine.dispose()


def _second(session: Session, survey: Survey, document: Questionnaire, at: datetime) -> None:
    named = document.model_copy(update={"texts": {**document.texts, "en": "Migration, again"}})
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=2, definition=named.as_json(), digest=named.digest(),
            published_at=at,
        )
    )  # fmt: skip
    session.flush()
