"""Words for this package's codes, as pages and mails show them."""

from flask import Flask

from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import GroupKind, Organisation, PartyKind, Role

ROLES = {
    Role.RESPONDENT: _l("Respondent"),
    Role.FOCAL_POINT: _l("Focal point"),
    Role.APPROVER: _l("Approver"),
    Role.SECRETARIAT: _l("Secretariat"),
    Role.CO_CHAIR: _l("Co-Chair"),
    Role.CONSULTANT: _l("Consultant"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
DAYS = (
    _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"),
    _l("Sunday"),
)  # fmt: skip
GROUP_KINDS = {
    GroupKind.NETWORK: _l("Network"),
    GroupKind.GOVERNANCE: _l("Governance"),
    GroupKind.WORKING_GROUP: _l("Working group"),
    GroupKind.RESEARCH: _l("Research"),
}
PARTY_KINDS = {
    PartyKind.STATE: _l("A State"),
    PartyKind.PARTNER: _l("Partner"),
    PartyKind.OTHER: _l("Other body"),
}
PLACES = {
    "member": _l("Member"),
    "observer": _l("Observer"),
    "co_chair": _l("Co-Chair"),
    "host": _l("Host"),
    "founder": _l("Founder"),
}


def role_name(role: str) -> Lazy:
    """A role's name."""
    return ROLES[Role(role)]


def day_name(day: int) -> Lazy:
    """The name of an ISO weekday."""
    return DAYS[day - 1]


def group_kind_name(kind: str) -> Lazy:
    """What sort of body a group is."""
    return GROUP_KINDS[GroupKind(kind)]


def party_kind_name(kind: str) -> Lazy:
    """What sort of body a party outside the Movement is."""
    return PARTY_KINDS[PartyKind(kind)]


def place_name(role: str) -> Lazy | str:
    """An organisation's place in a group; one that has no word here stands as it is."""
    return PLACES.get(role, role)


def name_of(organisation: Organisation, language: str) -> str:
    """The organisation's name in a language, else in English, else its code."""
    names = organisation.names
    return names.get(language) or names.get("en") or organisation.code


def init_app(app: Flask) -> None:
    """Let templates use the words."""
    app.jinja_env.globals.update(
        role_name=role_name,
        day_name=day_name,
        group_kind_name=group_kind_name,
        party_kind_name=party_kind_name,
        place_name=place_name,
        name_of=name_of,
    )
