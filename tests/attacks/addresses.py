"""Every address of the site, filled with ids that exist: the URL map, walked.

A new route is walked too. Where the name of a part of its address isn't known here, the walk fails
and asks for a value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import product
from typing import Any
from uuid import uuid4

from werkzeug.routing import AnyConverter, Rule

from tests.attacks.world import OTHER, OWN, World
from tests.consult.arranged import lineage

CHARTS = ("participation", "tiles", "received", "importance.regions", "colour.all")
ROUND_CHARTS = ("participation", "positions", "stances", "outcomes")
VERBS = ("GET", "POST")
VOICES = ("contributing", "approving", "voice", "sponsors", "outcomes")
DESKS = ("desk", "desk_rounds", "desk_queue", "desk_one", "desk_codes", "desk_entering",
         "draft_files", "draft_accounts")  # fmt: skip
PUBLIC = ("public code", "public_answers code", "public_forms code", "public_batches code",
          "public_results code")  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A path of a route, and the verbs the route knows."""

    endpoint: str
    path: str
    verbs: tuple[str, ...]


FOLLOWING = ("adoption", "pledges", "own_pledges", "staff_pledges", "reporting")


def own(world: World) -> dict[str, Any]:
    """What stands in addresses of Kenya's things and of the process "strategy"."""
    return _values(world, OWN, "spring", "tiny", "lab")


def other(world: World) -> dict[str, Any]:
    """What stands in addresses of another's."""
    return _values(world, OTHER, "autumn", "second", "forum")


def _values(world: World, code: str, call: str, survey: str, group: str) -> dict[str, Any]:
    mine = code == OWN
    ids = world.ids
    return {
        "call": call, "organisation": code, "response_id": ids[f"{code} {call}"],
        "evidence_id": ids[f"{code} {call} evidence"],
        "mail_id": ids[f"{call} mail"], "export_id": ids[f"secretariat {call} xlsx"],
        "kept_id": ids["focal_point kept" if mine else "stranger kept"],
        "assignment_id": ids["colleague assignment" if mine else "stranger assignment"],
        "person_id": ids["colleague" if mine else "stranger"],
        "admission_id": ids[f"{code} admission"], "membership_id": ids[f"{group} membership"],
        "section": "only", "uid": ids[f"{survey} question"], "authoring code": survey,
        "section_code": "only", "chart": CHARTS, "role": "focal_point", "token": "none",
        "filename": "css/plenary.css", "release": version("plotly"),
        "calls code": call, "call_mail code": call, "results code": call, "waves code": survey,
        "publishing code": survey, "reviewing code": survey, "comparing code": survey,
        "before": 1, "after": 2, "publishing call": f"{survey}-test-1",
        "surveys code": survey, "surveys.blank code": call, "directory code": code,
        "directory.group code": group, "directory.add_member code": group,
        "directory.end_member code": group, "people code": code, "responses code": "only",
        "survey": survey, "authoring group": "block",
        **dict.fromkeys(PUBLIC, "voices" if mine else "murmurs"),
        "languages code": survey, "translating code": survey, "bank code": survey,
        "processes code": "strategy" if mine else "other",
        **_writing("writing" if mine else "second-writing"),
        "party_id": ids["a state" if mine else "a partner"],
        "language": "fr", "entry_id": ids[f"{survey} entry"],
        **_speaking(world, "" if mine else "second-"),
        **_meeting(world, call, "" if mine else "second-"),
        **_of_consultation(ids, mine=mine),
        **_of_what_follows(ids, code, group, mine=mine),
    }  # fmt: skip


def _speaking(world: World, which: str) -> dict[str, Any]:
    """An organisation's pages in a round, and the draft it speaks of."""
    code, call = f"{which}said", f"{which}hearing"
    return {
        **dict.fromkeys(
            (
                "consultations code",
                "reading code",
                "draft_comparing code",
                "draft_files.draft code",
            ),
            code,
        ),
        **{f"{package} call": call for package in VOICES},
        "draft_files.answer call": call,
        "draft_files number": 0,
        "draft_accounts number": 0,
        "reading number": 0,
        "reading lineage": lineage(f"{code} p1"),
        "contributing contribution_id": world.ids[f"{code} contribution"],
        "sponsors contribution_id": world.ids[f"{code} joint"],
        "reference": world.ids[f"{code} receipt"],
    }


def _of_consultation(ids: Mapping[str, Any], *, mine: bool) -> dict[str, Any]:
    """What stands in addresses of a consultation of one's own process, or of another's."""
    code, call = ("text", "round") if mine else ("second-text", "second-round")
    return {
        **{f"{name} code": code for name in DESKS},
        **{f"{name} call": call for name in DESKS},
        "draft_files before": 0, "draft_files after": 1,
        "desk_one number": 4, "code_id": ids[f"{code} code"],
    }  # fmt: skip


def _writing(code: str) -> dict[str, Any]:
    """A text being written: its next draft and a paragraph of it."""
    return {
        **dict.fromkeys(("drafts code", "drafting code", "drafting_languages code"), code),
        "number": 1, "drafts.carried number": 0, "drafting lineage": lineage(f"{code} p1"),
    }  # fmt: skip


def _of_what_follows(
    ids: Mapping[str, Any], code: str, group: str, *, mine: bool
) -> dict[str, Any]:
    """What stands in addresses of an adopted text, its pledges and reports."""
    prefix = "" if mine else "second-"
    return {
        **{f"{name} code": f"{prefix}agreed" for name in FOLLOWING},
        "agreeing code": f"{prefix}asked", "agreeing group": group,
        "reports call": f"{prefix}reports", "reporting call": f"{prefix}reports",
        "reports evidence_id": ids[f"{code} report evidence"], "lineage": lineage("p1"),
        "pledge_id": ids[f"{code} pledge"], "pledges number": 1,
        "staff_pledges pledge_id": ids[f"{code} party's pledge"],
    }  # fmt: skip


def _meeting(world: World, wave: str, which: str) -> dict[str, Any]:
    """A meeting with its parts, a round's results, and the evidence on its text."""
    code, ids = f"{which}said", world.ids
    meeting = f"{code}-meeting"
    return {
        "meetings code": meeting, "session_id": ids[f"{meeting} session"],
        "document_id": ids[f"{meeting} document"], "statement_id": ids[f"{meeting} statement"],
        "consultation_results call": f"{which}hearing",
        "consultation_results chart": ROUND_CHARTS,
        "citing.finding code": wave, "citing.paragraph code": code, "citing number": 0,
        "citing lineage": lineage(f"{code} p1"), "citation_id": ids[f"{code} citation"],
    }  # fmt: skip


def nothing(world: World) -> dict[str, Any]:
    """Ids and codes that belong to nothing."""
    return {
        name: uuid4() if name.endswith("_id") or name == "uid" else value
        for name, value in {**own(world), "call": "none", "organisation": "NON"}.items()
        if not name.endswith(" code")
    } | {f"{name} code": "none" for name in CODED}


CODED = (
    "authoring", "calls", "call_mail", "results", "waves", "surveys", "publishing", "reviewing",
    "comparing", "directory", "people", "responses", "public", "public_answers", "public_forms",
    "public_batches", "public_results", "languages", "translating", "bank", "processes",
    "meetings", "citing.finding", "citing.paragraph",
    "consultations", "reading", "draft_comparing", "draft_files.draft",
    *DESKS,
    "drafts", "drafting", "drafting_languages",
    *FOLLOWING, "agreeing",
)  # fmt: skip


def addresses(world: World, values: Mapping[str, Any]) -> Iterator[Address]:
    """Every address of every route with these values, static files aside."""
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield from _of_rule(world, rule, values)


def _of_rule(world: World, rule: Rule, values: Mapping[str, Any]) -> Iterator[Address]:
    converters = rule._converters
    offered = [_offered(rule, name, one, values) for name, one in converters.items()]
    verbs = tuple(verb for verb in VERBS if verb in (rule.methods or ()))
    for chosen in product(*offered):
        parts = dict(zip(converters, chosen, strict=True))
        adapter = world.app.url_map.bind("localhost")
        yield Address(rule.endpoint, adapter.build(rule.endpoint, parts, method=verbs[0]), verbs)


def _offered(rule: Rule, name: str, converter: Any, values: Mapping[str, Any]) -> tuple[Any, ...]:
    if isinstance(converter, AnyConverter):
        return tuple(sorted(converter.items))
    package = rule.endpoint.partition(".")[0]
    for key in (f"{rule.endpoint} {name}", f"{package} {name}", name):
        if key in values:
            found = values[key]
            return found if isinstance(found, tuple) else (found,)
    raise AssertionError(f"{rule}: say in tests/attacks/addresses.py what stands for <{name}>")
