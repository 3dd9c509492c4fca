"""People: the colleagues of one organisation, and for administrators everybody."""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from core import navigation, outbox
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import DEFAULT_LANGUAGE, LANGUAGES, current_language
from core.paging import pages
from core.queue import wake
from core.tasks import deliver_mail
from movement import policy
from movement.forms.people import AddColleague, AddPerson
from movement.letters import colleague_letter, mail_domain
from movement.models import Organisation, Role
from movement.queries import directory
from movement.queries import people as queries
from movement.services import people
from movement.words import name_of

blueprint = Blueprint("people", __name__)
LAST_PAGE = 10_000
"""Beyond it no database could count."""


@blueprint.get("/colleagues")
@access(policy.has_colleagues)
def colleagues() -> ResponseReturnValue:
    """The way to the people of one's own organisation, or of each of them."""
    ids = [i for i in g.actor.organisation_ids if policy.may_see_people_of(g.actor, i)]
    own = directory.organisations_by_id(get_session(), ids)
    if len(own) == 1:
        return redirect(url_for(".of_organisation", code=own[0].code))
    return render_template("movement/colleagues.html", organisations=own)


@blueprint.route("/organisations/<code>/people", methods=["GET", "POST"])
@access(policy.may_see_some_people)
def of_organisation(code: str) -> ResponseReturnValue:
    """Who answers for an organisation; its focal points and approvers add colleagues here."""
    organisation = _organisation(code)
    form = AddColleague()
    if request.method == "POST":
        _refuse_other_roles(organisation)
    if form.validate_on_submit():
        wanted = people.Wanted(
            email=form.email.data or "",
            role=form.role.data,
            organisation=organisation.code,
            language=form.language.data,
            name=form.name.data or "",
        )
        problem = _give(wanted)
        if not problem:
            return redirect(url_for(".of_organisation", code=code), code=303)
        form.email.errors = [problem]
    page = render_template(
        "movement/organisation_people.html",
        organisation=organisation,
        holdings=queries.holdings_of_organisation(get_session(), organisation.id),
        form=form,
    )
    return page, 400 if form.errors else 200


def _organisation(code: str) -> Organisation:
    organisation = directory.get_organisation(get_session(), code)
    check(policy.may_see_people_of(g.actor, organisation.id))
    return organisation


def _refuse_other_roles(organisation: Organisation) -> None:
    """A role that exists but isn't theirs to give is refused, not taken for a slip of the pen."""
    role = request.form.get("role", "")
    if role in set(Role):
        check(policy.may_assign(g.actor, Role(role), organisation.id), hide=False)


def _give(wanted: people.Wanted) -> str:
    """Give the role and mail whoever is new to it; return why not, or ""."""
    try:
        with transaction() as session:
            given = people.give(session, wanted, now=now(), by=g.actor)
            if given.created:
                _tell(session, given)
    except DomainError as refusal:
        return str(refusal.message)
    if given.created:
        wake(deliver_mail)
        flash(_("%(email)s was added and is told by mail.", email=given.person.email), "success")
    else:
        flash(_("%(email)s held this role already.", email=given.person.email), "info")
    return ""


def _tell(session: Session, given: people.Given) -> None:
    person, organisation = given.person, given.organisation
    spoken = queries.language_of(session, person) or current_language()
    language = spoken if spoken in LANGUAGES else DEFAULT_LANGUAGE
    letter = colleague_letter(
        f"colleague:{given.assignment.id}",
        person.email,
        language,
        role=given.assignment.role,
        organisation=name_of(organisation, language) if organisation else "",
        by=g.actor.name,
    )
    outbox.queue(session, letter, now=now(), domain=mail_domain())


@blueprint.post("/organisations/<code>/people/<uuid:assignment_id>/end")
@access(policy.may_see_some_people)
def end(code: str, assignment_id: UUID) -> ResponseReturnValue:
    """End somebody's role in an organisation."""
    organisation = _organisation(code)
    with transaction() as session:
        assignment = queries.get_assignment(session, assignment_id)
        check(assignment.organisation_id == organisation.id)
        check(policy.may_assign(g.actor, assignment.role, organisation.id))
        people.end(session, assignment, now=now(), by=g.actor)
    flash(_("The role has ended."), "success")
    mine = assignment.person_id == g.actor.id  # the list may not be theirs to see any more
    return redirect("/" if mine else url_for(".of_organisation", code=code), code=303)


@blueprint.get("/people")
@access(policy.may_see_all_people)
def index() -> ResponseReturnValue:
    """Everybody, a page at a time; found by exact address or by an organisation's code."""
    email = request.args.get("email", "").strip().lower()
    code = request.args.get("organisation", "").strip().upper()
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    session = get_session()
    found, total = queries.people_page(session, email=email, organisation=code, page=page)
    held: dict[UUID, list[queries.Holding]] = {}
    for holding in queries.holdings_of_people(session, [person.id for person in found]):
        held.setdefault(holding.person_id, []).append(holding)
    return render_template(
        "movement/people.html",
        people=[(person, held.get(person.id, [])) for person in found],
        total=total,
        page=page,
        last=pages(total, queries.PAGE),
        email=email,
        organisation=code,
    )


@blueprint.route("/people/add", methods=["GET", "POST"])
@access(policy.may_see_all_people)
def add() -> ResponseReturnValue:
    """Give somebody any role."""
    form = AddPerson()
    if form.validate_on_submit():
        wanted = people.Wanted(
            email=form.email.data or "",
            role=form.role.data,
            organisation=(form.organisation.data or "").upper() or None,
            process=form.process_code.data or None,
            language=form.language.data,
            name=form.name.data or "",
        )
        problem = _give(wanted)
        if not problem:
            return redirect(url_for(".index", email=wanted.email), code=303)
        form.role.errors = [problem]
    return render_template("movement/person_add.html", form=form), 400 if form.errors else 200


@blueprint.post("/people/<uuid:person_id>/remove")
@access(policy.may_see_all_people)
def remove(person_id: UUID) -> ResponseReturnValue:
    """Remove somebody: their roles and sessions end at once."""
    with transaction() as session:
        person = queries.get_person(session, person_id)
        people.remove(session, person, now=now(), by=g.actor)
    flash(_("%(email)s was removed.", email=person.email), "success")
    return redirect(url_for(".index"), code=303)


def init_app(app: Flask) -> None:
    """Add the pages and their lines of the menu."""
    app.register_blueprint(blueprint)
    own, everybody = policy.has_colleagues, policy.may_see_all_people
    navigation.entry(app, _l("Colleagues"), "people.colleagues", own, position=50)
    navigation.entry(app, _l("People"), "people.index", everybody, position=80)
