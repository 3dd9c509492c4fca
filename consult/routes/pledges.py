"""The public register of pledges: searched, read and taken along by anybody, without signing in.

It shows what is published and who signed; a function to ask, never a person.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerHour

from consult import policy
from consult.after_words import said
from consult.pledge_states import WORDS, Stand
from consult.queries.following import Place, Text, text_of
from consult.queries.pledges import Entry, Wanted, get_public, matching, may_be_signed, register
from core import limits
from core.access import access, anyone
from core.cells import safe
from core.db import get_session
from core.errors import NotFound
from core.i18n import current_language
from core.paging import pages, rows_on
from core.texts import lazy as _l
from movement.models import Organisation
from movement.queries.directory import organisations_by_id
from movement.routes.calls import region_names

blueprint = Blueprint("pledges", __name__, url_prefix="/pledges")
PAGE = 20
LONGEST_SEARCH = 200
LAST_PAGE = 10_000
PER_HOUR = {"pledges": 1_200, "pledge-file": 200}
HEADINGS = (
    _l("Number"), _l("Text"), _l("Paragraphs"), _l("Title"), _l("Pledge"), _l("Made by"),
    _l("From"), _l("Until"), _l("State"), _l("Whom to ask"), _l("Open for others to sign"),
    _l("Invented"),
)  # fmt: skip


@blueprint.get("")
@access(anyone)
def index() -> ResponseReturnValue:
    """The register, searched and in pages."""
    limits.spend("pledges")
    wanted, page = _wanted(), request.args.get("page", 1, type=int)
    everything = register(get_session())
    found = matching(everything, wanted)
    shown = rows_on(page, found, PAGE)
    return render_template(
        "consult/pledges/register.html", entries=shown, places=_places(shown), found=len(found),
        total=len(everything), wanted=wanted, page=page, last=pages(len(found), PAGE),
        offered=_offered(everything), link=_link, file=_link("pledges.table"), may_pledge=_own(),
    )  # fmt: skip


def _wanted() -> Wanted:
    asked = request.args
    stand, year = asked.get("stand", ""), asked.get("year", 0, type=int)
    return Wanted(
        words=asked.get("q", "")[:LONGEST_SEARCH].strip(),
        consultation=asked.get("text", ""),
        paragraph=_paragraph(asked.get("paragraph", "")),
        organisation=asked.get("organisation", ""),
        region=asked.get("region", ""),
        year=year or None,
        stand=Stand(stand) if stand in set(Stand) else None,
        open_only=asked.get("open") == "1",
    )


def _paragraph(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _link(endpoint: str = "pledges.index", **more: Any) -> str:
    """The address of a page with the same search."""
    held = {name: value for name, value in request.args.items() if name != "page" and value}
    return url_for(endpoint, **{**held, **more})


def _places(entries: Iterable[Entry]) -> dict[UUID, list[Place]]:
    """The paragraphs of each pledge as anybody may see them, by the pledge's id."""
    texts: dict[UUID, Text | None] = {}
    found = {}
    for entry in entries:
        key = entry.consultation.id
        if key not in texts:
            texts[key] = text_of(get_session(), key)
        text = texts[key]
        found[entry.pledge.id] = (
            text.places(entry.paragraphs, current_language(), whole=False) if text else []
        )
    return found


def _offered(entries: list[Entry]) -> dict[str, Any]:
    """What one can narrow the register to: only what stands in it."""
    organisations: dict[str, Organisation] = {
        party.organisation.code: party.organisation
        for entry in entries
        for party in entry.signed
        if party.organisation
    }
    consultations = {entry.consultation.code: entry.consultation for entry in entries}
    held = {one.region_code for one in organisations.values()}
    return {
        "texts": sorted(consultations.values(), key=lambda one: one.code),
        "paragraphs": list(_paragraphs(entries)),
        "organisations": sorted(organisations.values(), key=lambda one: one.code),
        "regions": {code: name for code, name in region_names().items() if code in held},
        "years": _years(entries),
        "stands": [(stand, WORDS[stand][0]) for stand in Stand],
    }


def _paragraphs(entries: list[Entry]) -> Iterator[tuple[Entry, Place]]:
    """Each paragraph pledged on, once, text by text in reading order."""
    by_text: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_text.setdefault(entry.consultation.id, []).append(entry)
    for key, rows in by_text.items():
        text = text_of(get_session(), key)
        lineages = {one for row in rows for one in row.paragraphs}
        for place in text.places(lineages, current_language(), whole=False) if text else ():
            yield rows[0], place


def _years(entries: list[Entry]) -> list[int]:
    begins = [entry.pledge.from_date.year for entry in entries]
    ends = [entry.pledge.until_date.year for entry in entries if entry.pledge.until_date]
    return list(range(min(begins), max([*begins, *ends]) + 1))[:100] if begins else []


def _own() -> list[Organisation]:
    """The organisations for which whoever looks may make a pledge."""
    if g.actor is None:
        return []
    mine = organisations_by_id(get_session(), g.actor.organisation_ids)
    return [one for one in mine if policy.may_contribute(g.actor, one.id)]


@blueprint.get("/<code>/<int:number>")
@access(anyone)
def show(code: str, number: int) -> ResponseReturnValue:
    """One pledge, with who signed it and how it is coming along."""
    limits.spend("pledges")
    if number > LAST_PAGE * PAGE:
        raise NotFound(_l("There is no such pledge."))
    entry = get_public(get_session(), code, number)
    mine = [one for one in _own() if policy.may_submit(g.actor, one.id)]
    signed = {party.organisation.id for party in entry.signed if party.organisation}
    return render_template(
        "consult/pledges/pledge.html", entry=entry, places=_places([entry])[entry.pledge.id],
        may_sign=[one for one in mine if one.id not in signed and may_be_signed(entry.pledge)],
        involved=[one for one in mine if one.id in signed],
    )  # fmt: skip


@blueprint.get("/register.csv")
@access(anyone)
def table() -> ResponseReturnValue:
    """The register, or what was searched for in it, as a table for spreadsheets."""
    limits.spend("pledge-file")
    found = register(get_session(), _wanted())
    places, language = _places(found), current_language()
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([str(heading) for heading in HEADINGS])
    for entry in found:
        writer.writerow([safe(cell) for cell in _row(entry, places[entry.pledge.id], language)])
    answer = Response("\ufeff" + stream.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=pledges.csv"
    return answer


def _row(entry: Entry, places: list[Place], language: str) -> list[object]:
    pledge = entry.pledge
    yes, no = str(_l("yes")), str(_l("no"))
    return [
        pledge.number,
        said(entry.consultation.titles, language),
        "; ".join(place.label or place.text for place in places),
        said(pledge.titles, language),
        said(pledge.texts, language),
        "; ".join(said(party.names, language) for party in entry.signed),
        pledge.from_date.isoformat(),
        pledge.until_date.isoformat() if pledge.until_date else "",
        str(WORDS[entry.stand][0]),
        pledge.focal_function,
        yes if may_be_signed(pledge) else no,
        yes if entry.consultation.demonstration else no,
    ]


def init_app(app: Flask) -> None:
    """Register the pages, and draw their limits."""
    counters: limits.Counters = app.extensions["limits"]
    counters.limits.update({name: RateLimitItemPerHour(most) for name, most in PER_HOUR.items()})
    app.register_blueprint(blueprint)
