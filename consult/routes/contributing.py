"""Writing for an organisation: a comment, an amendment, a position."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from consult.forms.contributing import Write, identity_in, lines, values_of
from consult.models import Contribution, ContributionKind, ContributionState, ProposalKind
from consult.policy import speaks
from consult.queries.contributions import get_own
from consult.routes.visits import Speaking, speaking
from consult.services.contributions import EditedElsewhere, write
from consult.services.saying import BadContribution
from consult.text.document import Block, BlockKind
from consult.text.inline import canonical
from core.access import access, check
from core.db import get_session, transaction
from core.errors import NotFound
from core.texts import lazy as _l

blueprint = Blueprint("contributing", __name__, url_prefix="/rounds/<call>/<organisation>")
OK, WRONG, CONFLICT = 200, 422, 409


@blueprint.route("/new", methods=["GET", "POST"])
@access(speaks)
def new(call: str, organisation: str) -> ResponseReturnValue:
    """Write something new: `kind` and `paragraph` stand in the address."""
    here = speaking(call, organisation)
    kind, block = _kind(), _block(here)
    form = _form(kind, block, _beginning(here, kind, block))
    if request.method == "GET":
        return _page(here, form, block)
    known = _saved_before(here, form)
    if known is not None:
        return redirect(here.url(".show", contribution_id=known.id), code=303)
    return _saved(here, form, block, None)


@blueprint.route("/contributions/<uuid:contribution_id>/edit", methods=["GET", "POST"])
@access(speaks)
def edit(call: str, organisation: str, contribution_id: UUID) -> ResponseReturnValue:
    """Change what is in progress. Two who change it at once are shown both versions."""
    here = speaking(call, organisation)
    one = get_own(get_session(), here.voice, contribution_id)
    if request.method == "GET" and one.state is not ContributionState.IN_PROGRESS:
        return redirect(here.url(".show", contribution_id=one.id))
    block = here.block(one.lineage)
    form = _form(one.kind, block, values_of(one))
    return _page(here, form, block, one) if request.method == "GET" else _saved(
        here, form, block, one
    )  # fmt: skip


def _kind() -> ContributionKind:
    try:
        return ContributionKind(request.args.get("kind", "comment"))
    except ValueError:
        raise NotFound(_l("There is no such page.")) from None


def _block(here: Speaking) -> Block | None:
    """The paragraph that the address names; not found if the draft lacks it."""
    wanted = request.args.get("paragraph")
    if not wanted:
        check(_kind() is ContributionKind.COMMENT)
        return None
    try:
        block = here.block(UUID(wanted))
    except ValueError:
        block = None
    check(block is not None)
    return block


def _beginning(here: Speaking, kind: ContributionKind, block: Block | None) -> MultiDict[str, str]:
    """What stands in a new form: an amendment begins with the paragraph's own words."""
    text = here.text
    begun = MultiDict({"key": str(uuid4()), "language": text.language, "category": "general",
                       "scope": "section"})  # fmt: skip
    if block is not None:
        begun["language"] = text.spoken(block)
        if kind is ContributionKind.AMENDMENT:
            begun["proposal_kind"] = ProposalKind.REPLACE.value
            begun["proposal"] = lines(text.words(block))
    return begun


def _form(kind: ContributionKind, block: Block | None, begun: MultiDict[str, str]) -> Write:
    heading = block is not None and block.kind is BlockKind.HEADING
    given = request.form if request.method == "POST" else begun
    return Write(kind, heading=heading, whole=block is None, formdata=given)


def _saved_before(here: Speaking, form: Write) -> Contribution | None:
    """What an earlier sending of the same page made."""
    one = get_session().get(Contribution, identity_in(form.key))
    mine = one is not None and (one.call_id, one.organisation_id) == (
        here.voice.call.id,
        here.voice.organisation.id,
    )
    check(one is None or mine)
    return one


def _saved(
    here: Speaking, form: Write, block: Block | None, one: Contribution | None
) -> ResponseReturnValue:
    if request.form.get("do") == "preview":
        return _page(here, form, block, one, preview=True)
    said = form.said(block.lineage if block else None)
    edition = form.edition.data or ""
    try:
        with transaction() as session:
            saved = write(
                session, here.voice, said, here.by, one=one, identity=identity_in(form.key),
                edition=int(edition) if edition.isdecimal() and len(edition) < 9 else -1,  # noqa: PLR2004 -- digits that fit
            )  # fmt: skip
    except BadContribution as error:
        form.blame(error.problems)
        return _page(here, form, block, one, status=WRONG)
    except EditedElsewhere as error:
        form.edition.data = str(error.theirs.edition)
        form.edition.raw_data = [form.edition.data]
        return _page(here, form, block, error.theirs, conflict=True, status=CONFLICT)
    flash(_("Saved. Only your colleagues see it until it is submitted."), "success")
    return redirect(here.url(".show", contribution_id=saved.id), code=303)


def _page(
    here: Speaking,
    form: Write,
    block: Block | None,
    one: Contribution | None = None,
    *,
    preview: bool = False,
    conflict: bool = False,
    status: int = OK,
) -> ResponseReturnValue:
    said = form.said(block.lineage if block else None)
    page = render_template(
        "consult/write.html",
        here=here,
        form=form,
        block=block,
        one=one,
        notes=here.text.notes(),
        written_in=said.language if said.language in here.text.document.languages
        else here.text.language,
        proposed=canonical(said.proposal or "") if preview else "",
        proposal_kind=said.proposal_kind,
        preview=preview,
        conflict=conflict,
    )  # fmt: skip
    return page, status
