"""The directory's pages: staff see organisations and groups, and correct them."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import navigation
from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from movement.forms.directory import AddMember, CorrectOrganisation, EndMember, Spell
from movement.models import Organisation
from movement.policy import may_correct_directory, may_see_directory
from movement.queries import directory as queries
from movement.services import directory

blueprint = Blueprint("directory", __name__, url_prefix="/directory")


def _region_names() -> dict[str, str]:
    language = current_language()
    return {
        region.code: region.names.get(language) or region.names.get("en") or region.code
        for region in queries.regions(get_session())
    }


def _asked_day() -> date:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return now().date()


@blueprint.get("")
@access(may_see_directory)
def index() -> ResponseReturnValue:
    """All organisations, by region or by part of a name, and who were members on a day."""
    session, on = get_session(), _asked_day()
    text, region = request.args.get("q", "")[:100], request.args.get("region", "")
    counts = queries.counts_by_region(session, on=on)
    return render_template(
        "movement/directory.html",
        listing=queries.listing(session, on=on, text=text, region=region),
        counts=counts,
        total=sum(counts.values()),
        regions=_region_names(),
        on=on,
        text=text,
        region=region,
    )


@blueprint.get("/organisations/<code>")
@access(may_see_directory)
def organisation(code: str) -> ResponseReturnValue:
    """One organisation: what is known of it, its membership, its groups."""
    return _organisation_page(queries.get_organisation(get_session(), code))


def _organisation_page(row: Organisation, spell: Spell | None = None) -> ResponseReturnValue:
    session = get_session()
    admissions = queries.admissions_of(session, row.id)
    page = render_template(
        "movement/organisation.html",
        organisation=row,
        region=_region_names().get(row.region_code or ""),
        admissions=[(each, Spell(formdata=None, obj=each)) for each in admissions],
        groups=queries.groups_of(session, row.id),
        voice_of=queries.find_group_of(session, row.id),
        form=spell or Spell(formdata=None),
    )
    return page, 400 if spell and spell.errors else 200


@blueprint.route("/organisations/<code>/correct", methods=["GET", "POST"])
@access(may_correct_directory)
def correct(code: str) -> ResponseReturnValue:
    """Correct what is known of an organisation."""
    row = queries.get_organisation(get_session(), code)
    form = CorrectOrganisation(
        obj=row, data={f"name_{code}": row.names.get(code, "") for code in LANGUAGES}
    )
    form.offer(row, list(_region_names().items()))
    if form.validate_on_submit():
        with transaction() as session:
            changed = directory.correct_organisation(
                session, row, form.values(), now=now(), by=g.actor
            )
        flash(_("Saved.") if changed else _("Nothing was different."), "success")
        return redirect(url_for(".organisation", code=code), code=303)
    page = render_template("movement/organisation_correct.html", organisation=row, form=form)
    return page, 400 if form.errors else 200


@blueprint.post("/organisations/<code>/memberships")
@access(may_correct_directory)
def add_admission(code: str) -> ResponseReturnValue:
    """Add a spell of membership."""
    return _save_spell(code, None)


@blueprint.post("/organisations/<code>/memberships/<uuid:admission_id>")
@access(may_correct_directory)
def correct_admission(code: str, admission_id: UUID) -> ResponseReturnValue:
    """Correct a spell of membership."""
    return _save_spell(code, admission_id)


def _save_spell(code: str, admission_id: UUID | None) -> ResponseReturnValue:
    session, form = get_session(), Spell()
    row = queries.get_organisation(session, code)
    spell = queries.get_admission(session, row.id, admission_id) if admission_id else None
    if not form.validate_on_submit():
        return _organisation_page(row, form)
    begin, end, note = form.from_date.data, form.until_date.data, form.note.data or ""
    said = {"from_date": begin, "until_date": end, "note": note, "now": now(), "by": g.actor}
    try:
        with transaction():
            if spell is None:
                directory.add_admission(session, row, **said)
            else:
                directory.correct_admission(session, row, spell, **said)
    except DomainError as refusal:
        form.until_date.errors = [str(refusal.message)]
        return _organisation_page(row, form)
    flash(_("Saved."), "success")
    return redirect(url_for(".organisation", code=code), code=303)


@blueprint.post("/organisations/<code>/memberships/<uuid:admission_id>/remove")
@access(may_correct_directory)
def remove_admission(code: str, admission_id: UUID) -> ResponseReturnValue:
    """Take out a spell entered by mistake."""
    with transaction() as session:
        row = queries.get_organisation(session, code)
        spell = queries.get_admission(session, row.id, admission_id)
        directory.remove_admission(session, row, spell, now=now(), by=g.actor)
    flash(_("The membership was taken out."), "success")
    return redirect(url_for(".organisation", code=code), code=303)


@blueprint.get("/groups")
@access(may_see_directory)
def groups() -> ResponseReturnValue:
    """Networks and groups, and how complete their lists are."""
    rows = queries.groups(get_session())
    return render_template("movement/groups.html", groups=rows, regions=_region_names())


@blueprint.get("/groups/<code>")
@access(may_see_directory)
def group(code: str) -> ResponseReturnValue:
    """One group and its members."""
    return _group_page(code, AddMember(formdata=None))


def _group_page(code: str, form: AddMember) -> ResponseReturnValue:
    session = get_session()
    row = queries.get_group(session, code)
    page = render_template(
        "movement/group.html",
        group=row,
        region=_region_names().get(row.region_code or ""),
        members=queries.members_of(session, row.id),
        voice=session.get(Organisation, row.organisation_id) if row.organisation_id else None,
        form=form,
        end_form=EndMember(formdata=None),
    )
    return page, 400 if form.errors else 200


@blueprint.post("/groups/<code>/members")
@access(may_correct_directory)
def add_member(code: str) -> ResponseReturnValue:
    """Begin an organisation's place in a group."""
    session, form = get_session(), AddMember()
    row = queries.get_group(session, code)
    if not form.validate_on_submit():
        return _group_page(code, form)
    member = queries.find_organisation(session, (form.organisation.data or "").upper())
    if member is None:
        form.organisation.errors = [_("There is no organisation with this code.")]
        return _group_page(code, form)
    try:
        with transaction():
            directory.add_member(
                session, row, member, role=form.role.data, from_date=form.from_date.data,
                now=now(), by=g.actor,
            )  # fmt: skip
    except DomainError as refusal:
        form.organisation.errors = [str(refusal.message)]
        return _group_page(code, form)
    flash(_("Saved."), "success")
    return redirect(url_for(".group", code=code), code=303)


@blueprint.post("/groups/<code>/members/<uuid:membership_id>/end")
@access(may_correct_directory)
def end_member(code: str, membership_id: UUID) -> ResponseReturnValue:
    """End an organisation's place in a group."""
    form = EndMember()
    with transaction() as session:
        row = queries.get_group(session, code)
        place = queries.get_membership(session, row.id, membership_id)
        if not form.validate_on_submit() or form.until_date.data is None:
            raise DomainError(_l("Write the last day as a date."))
        directory.end_member(
            session, row, place, until_date=form.until_date.data, now=now(), by=g.actor
        )
    flash(_("Saved."), "success")
    return redirect(url_for(".group", code=code), code=303)


def init_app(app: Flask) -> None:
    """Add the pages and their line of the menu."""
    app.register_blueprint(blueprint)
    navigation.entry(app, _l("Directory"), "directory.index", may_see_directory, position=60)
