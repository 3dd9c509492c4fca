"""Files given as answers: taken from a section's page, handed out to who may see the response."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

from flask import Blueprint, Flask, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.web import POLICY
from surveys import policy
from surveys.definition import Question, Section
from surveys.forms.answers import PREFIX
from surveys.kinds import kind_of
from surveys.kinds.files import MOST_BYTES, NEW, REFUSAL, REMOVED
from surveys.queries import responses as queries
from surveys.queries.evidence import get_evidence
from surveys.routes.visit import Visit, visit
from surveys.services import evidence
from surveys.services.evidence import NotTaken, Upload

blueprint = Blueprint("evidence", __name__)
PAGE_BYTES = 40_000_000
"""A section's page may carry several files at once."""


@blueprint.get("/responses/<uuid:response_id>/evidence/<uuid:evidence_id>")
@access(policy.answers_somewhere)
def download(response_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """A file, to be saved: it is never shown inside a page, whatever its type."""
    visit(queries.get_response(get_session(), response_id))
    row = get_evidence(get_session(), response_id, evidence_id)
    answer = send_file(
        BytesIO(row.data), mimetype=row.type, as_attachment=True, download_name=row.name
    )
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return answer


def sent_form(here: Visit, section: Section) -> MultiDict[str, str]:
    """A section's form as it was sent, each of its files kept and named by its question's input.

    A file that can't be taken leaves the reason beside its question.
    """
    form: MultiDict[str, str] = MultiDict(request.form)
    for name, question, file in _files(section):
        data = file.stream.read(MOST_BYTES + 1)
        try:
            with transaction() as session:
                upload = Upload(file.filename or "", data)
                taken = evidence.keep(
                    session, here.asked, question, upload, now=now(), by=here.author
                )
        except NotTaken as refused:
            form[name + REFUSAL] = refused.reason
        else:
            form.poplist(name + REMOVED)
            for suffix, values in kind_of(question).to_raw(question, taken).items():
                form.setlist(name + suffix, values)
    return form


def _files(section: Section) -> Iterator[tuple[str, Question, FileStorage]]:
    """The input, the question and the file of each that was chosen."""
    for sent, file in request.files.items(multi=True):
        name = sent.removesuffix(NEW)
        question = _question(section, name.removeprefix(PREFIX)) if sent != name else None
        if question is not None and file.filename:
            yield name, question, file


def _question(section: Section, path: str) -> Question | None:
    """The question with a file at a path such as `doc` or `partners/0a1b2c3d/doc`, if any."""
    questions, found = section.questions, None
    for code in path.split("/")[::2]:
        found = next((question for question in questions if question.code == code), None)
        questions = found.questions if found else ()
    return found if found is not None and kind_of(found).uploads else None


def init_app(app: Flask) -> None:
    """Register the page, and let section pages carry files."""
    app.register_blueprint(blueprint)
    app.extensions.setdefault("large_forms", {})["responses.section"] = PAGE_BYTES
