"""To whom a paragraph of an adopted text is addressed: components by kind, region or name.

A list of marks such as "all", "kind:federation", "region:africa", "organisation:KEN". Whoever one
of them reaches is addressed. Pure; it refuses to know which regions and organisations there are.
"""

from collections.abc import Collection, Iterable

from movement.models import Organisation, OrganisationKind

ALL = "all"
KIND, REGION, ORGANISATION = "kind:", "region:", "organisation:"
COMPONENTS = (
    OrganisationKind.NATIONAL_SOCIETY,
    OrganisationKind.FEDERATION,
    OrganisationKind.COMMITTEE,
)
"""Networks and groups are no components: one is addressed only by its own name."""
MOST = 300


def marks_of(organisation: Organisation) -> frozenset[str]:
    """All marks that reach an organisation."""
    found = {f"{ORGANISATION}{organisation.code}"}
    if organisation.kind in COMPONENTS:
        found |= {ALL, f"{KIND}{organisation.kind.value}"}
    if organisation.kind is OrganisationKind.NATIONAL_SOCIETY and organisation.region_code:
        found.add(f"{REGION}{organisation.region_code}")
    return frozenset(found)


def reaches(addressees: Iterable[str], organisation: Organisation) -> bool:
    """Whether one of the marks reaches the organisation."""
    return meet(addressees, marks_of(organisation))


def meet(addressees: Iterable[str], marks: frozenset[str]) -> bool:
    """Whether one of the addressees is among an organisation's marks (`marks_of`)."""
    return not marks.isdisjoint(addressees)


def unknown(marks: Iterable[str], regions: Collection[str], codes: Collection[str]) -> list[str]:
    """Those of the marks that mean nobody, given the regions and organisations there are."""
    known = {ALL, *(f"{KIND}{kind.value}" for kind in COMPONENTS)}
    known |= {f"{REGION}{code}" for code in regions}
    known |= {f"{ORGANISATION}{code}" for code in codes}
    return [mark for mark in marks if mark not in known]


def tidied(marks: Iterable[str]) -> list[str]:
    """Each mark once, in the order given; "all" alone says what other kinds and regions would."""
    once = list(dict.fromkeys(marks))
    if ALL in once:
        return [ALL, *(mark for mark in once if mark.startswith(ORGANISATION))]
    return once
