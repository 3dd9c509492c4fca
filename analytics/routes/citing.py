"""Evidence for a text: a finding or a document cited to a paragraph, shown there, taken away."""

from collections.abc import Collection, Iterator
from io import BytesIO
from textwrap import shorten
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from analytics.forms.citing import ChooseParagraph, CiteDocument
from analytics.models import Citation, CitationFile, CitationKind
from analytics.policy import may_cite, may_see_results
from analytics.queries.citations import cited_in, file_names, get_citation
from analytics.routes.findings import finding_of
from analytics.routes.words import say as _
from analytics.services import citations
from analytics.services.citations import BadDocument, Document, Place
from consult import margins
from consult.models import Consultation, Draft, DraftState
from consult.policy import may_enter, may_read
from consult.queries.consultations import (
    asked,
    consultations,
    document_of,
    drafts_of,
    get_consultation,
    get_draft,
    published,
)
from consult.text.inline import plain
from consult.text.labels import labels
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from core.texts import Lazy
from core.texts import lazy as _l
from core.web import POLICY
from movement.actors import Actor
from movement.queries.calls import find_call
from surveys.definition import text_in

blueprint = Blueprint("citing", __name__)
PAGE_BYTES = citations.MOST_BYTES + 1_000_000
FIRST_WORDS = 70
WORDS = {CitationKind.FINDING: _l("Finding"), CitationKind.DOCUMENT: _l("Document")}


@blueprint.route("/results/<code>/cite/<chart>", methods=["GET", "POST"])
@access(may_cite)
def finding(code: str, chart: str) -> ResponseReturnValue:
    """Cite a chart's finding to a paragraph: first the text is chosen, then the paragraph."""
    found = finding_of(code, chart)
    draft = _chosen_draft(request.values.get("text", ""))
    form, status = ChooseParagraph(), 200
    form.paragraph.choices = _paragraphs(draft) if draft else []
    if draft is not None and form.validate_on_submit():
        place = Place(draft, UUID(form.paragraph.data))
        try:
            with transaction() as session:
                citations.cite_finding(session, place, found, now=now(), by=g.actor)
        except DomainError as refusal:
            form.paragraph.errors = [str(refusal.message)]
            status = refusal.status
        else:
            flash(_("Cited. Everybody who may read the draft sees it now."), "success")
            return redirect(_paragraph_url(draft, place.lineage), code=303)
    page = render_template(
        "analytics/citing/finding.html", finding=found, code=code, chart=chart, form=form,
        draft=draft, texts=_texts(),
    )  # fmt: skip
    return page, 400 if form.errors and status == 200 else status  # noqa: PLR2004


def _texts() -> list[tuple[str, str]]:
    """The published drafts there are, the newest of each text first."""
    session, language = get_session(), current_language()
    return [
        (f"{one.code}/{draft.number}", _("%(title)s, draft %(number)s",
         title=text_in(one.titles, language) or one.code, number=draft.number))
        for one in consultations(session)
        if one.archived_at is None
        for draft in reversed(published(drafts_of(session, one)))
    ]  # fmt: skip


def _chosen_draft(text: str) -> Draft | None:
    code, _slash, number = text.partition("/")
    if not number.isdecimal():
        return None
    session = get_session()
    draft = get_draft(session, get_consultation(session, code), int(number[:6]))
    check(draft.state is DraftState.PUBLISHED)
    return draft


def _paragraphs(draft: Draft) -> list[tuple[str, str]]:
    document = document_of(draft)
    language = current_language()
    spoken = language if language in document.languages else document.source
    found = labels(document, spoken)
    return [
        (str(block.lineage), " ".join((found[block.lineage], shorten(
            plain(block.texts.get(spoken) or block.texts.get(document.source, "")),
            FIRST_WORDS, placeholder="…"))).strip())
        for block in document.blocks
    ]  # fmt: skip


def _paragraph_url(draft: Draft, lineage: UUID) -> str:
    code = get_session().get_one(Consultation, draft.consultation_id).code
    return url_for(
        "reading.paragraph", code=code, number=draft.number, lineage=lineage, _anchor="evidence"
    )


@blueprint.route(
    "/consultations/<code>/drafts/<int:number>/paragraphs/<uuid:lineage>/evidence",
    methods=["GET", "POST"],
)
@access(may_cite)
def paragraph(code: str, number: int, lineage: UUID) -> ResponseReturnValue:
    """The evidence on a paragraph, for staff: what is cited, taking it away, citing a document."""
    session = get_session()
    draft = get_draft(session, get_consultation(session, code), number)
    names = dict(_paragraphs(draft))
    check(draft.state is DraftState.PUBLISHED and str(lineage) in names)
    form, status = CiteDocument(), 200
    if form.validate_on_submit():
        try:
            with transaction() as own:
                citations.cite_document(
                    own, Place(draft, lineage), _document(form), now=now(), by=g.actor
                )
        except BadDocument as bad:
            form[bad.name].errors = [str(bad.message)]
            status = bad.status
        else:
            flash(_("Cited. Everybody who may read the draft sees it now."), "success")
            return redirect(_paragraph_url(draft, lineage), code=303)
    cited = [one for at, one in cited_in(session, draft) if at == lineage]
    page = render_template(
        "analytics/citing/paragraph.html", form=form, draft=draft, name=names[str(lineage)],
        cited=cited, words=WORDS, back=_paragraph_url(draft, lineage),
    )  # fmt: skip
    return page, 400 if form.errors and status == 200 else status  # noqa: PLR2004


def _document(form: CiteDocument) -> Document:
    language = current_language() if current_language() in LANGUAGES else "en"
    sent, reason = form.file.data, (form.reason.data or "").strip()
    return Document(
        titles={language: form.title.data or ""},
        sentences={language: reason} if reason else {},
        address=form.address.data or "",
        file_name=(sent.filename or "") if sent else "",
        data=sent.stream.read(citations.MOST_BYTES + 1) if sent else b"",
    )


@blueprint.post("/evidence/<uuid:citation_id>/remove")
@access(may_cite)
def remove(citation_id: UUID) -> ResponseReturnValue:
    """Take evidence away; the audit trail keeps what it said."""
    one = get_citation(get_session(), citation_id)
    draft = get_session().get_one(Draft, one.draft_id)
    back = _paragraph_url(draft, one.lineage)
    with transaction() as session:
        citations.remove(session, one, now=now(), by=g.actor)
    flash(_("Taken away."), "success")
    return redirect(back, code=303)


def _readable(citation_id: UUID) -> Citation:
    """A citation that this person may read: with the text it is cited to."""
    session = get_session()
    one = get_citation(session, citation_id)
    consultation = session.get_one(Consultation, one.consultation_id)
    check(may_read(g.actor, consultation.process_id, asked(session, consultation.id)))
    return one


@blueprint.get("/evidence/<uuid:citation_id>")
@access(may_enter)
def show(citation_id: UUID) -> ResponseReturnValue:
    """One piece of evidence as it was when it was cited."""
    one = _readable(citation_id)
    draft = get_session().get_one(Draft, one.draft_id)
    return render_template(
        "analytics/citing/show.html", one=one, word=WORDS[one.kind],
        file=file_names(get_session(), [one.id]).get(one.id),
        back=_paragraph_url(draft, one.lineage), live=_may_see_source(one),
    )  # fmt: skip


def _may_see_source(one: Citation) -> bool:
    """Whether the finding's wave is still there, and its results open to this person."""
    call = find_call(get_session(), one.wave_code) if one.wave_code else None
    return call is not None and may_see_results(g.actor, call)


@blueprint.get("/evidence/<uuid:citation_id>/file")
@access(may_enter)
def file(citation_id: UUID) -> ResponseReturnValue:
    """A document's file, to be saved: it is never shown inside a page."""
    one = _readable(citation_id)
    row = get_session().get(CitationFile, one.id)
    check(row is not None)
    assert row is not None  # noqa: S101 - checked just above
    answer = send_file(
        BytesIO(row.content), mimetype=row.content_type, as_attachment=True, download_name=row.name
    )
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return answer


def notes(
    session: Session, draft: Draft, lineages: Collection[UUID], _actor: Actor, language: str
) -> Iterator[margins.Note]:
    """The evidence beside these paragraphs; whoever may read the draft may read it."""
    wanted = set(lineages)
    for lineage, one in cited_in(session, draft):
        if lineage in wanted:
            texts = one.sentences if one.kind is CitationKind.FINDING else one.titles
            spoken = language if texts.get(language) else next(iter(texts), language)
            yield margins.Note(
                lineage, WORDS[one.kind], texts.get(spoken, ""), spoken, _source(one, language),
                url_for("citing.show", citation_id=one.id),
            )  # fmt: skip


def _source(one: Citation, language: str) -> str:
    """Which survey a finding is from; why a document is cited."""
    if one.kind is CitationKind.FINDING:
        return _("Survey: %(code)s.", code=one.wave_code)
    return text_in(one.sentences, language)


def _way(draft: Draft, lineage: UUID, actor: Actor) -> tuple[Lazy, str] | None:
    if not may_cite(actor):
        return None
    code = get_session().get_one(Consultation, draft.consultation_id).code
    url = url_for("citing.paragraph", code=code, number=draft.number, lineage=lineage)
    return _l("Cite a document, or take evidence away"), url


def init_app(app: Flask) -> None:
    """Register the pages, and let evidence stand beside paragraphs."""
    app.register_blueprint(blueprint)
    app.extensions.setdefault("large_forms", {})["citing.paragraph"] = PAGE_BYTES
    margins.register(notes, _way)
