"""The pages of what follows a text, by who opens them; `arranging_after` arranges them."""

from tests.consult.arranged import lineage

OPEN_TO_ALL = (
    "/pledges",
    "/pledges?q=places&region=africa",
    "/pledges?q=no-such-words",
    "/pledges/adopted/1",
    "/pledges/adopted/2",
)
OF_A_SOCIETY = (
    "/follow-up",
    "/consultations/agreeing/agreement/of-three/KEN",
    "/consultations/adopted/agreement/of-three/KEN",
    "/pledges/adopted/1",
    "/pledges/of/KEN",
    "/pledges/of/KEN/new/adopted",
    *(f"/pledges/of/KEN/{{pledge_{name}}}" for name in ("writing", "joint", "asked")),
    "/pledges/of/KEN/{pledge_writing}/edit",
    "/reports/reports/KEN",
    f"/reports/reports/KEN/{lineage('p1')}",
)
OF_THE_SECRETARIAT = (
    "/follow-up",
    "/consultations/agreeing/desk/adoption",
    "/consultations/adopted/desk/adoption",
    "/consultations/adopted/desk/adoption/addressees",
    "/consultations/adopted/desk/pledges",
    "/consultations/adopted/desk/pledges/new",
    "/consultations/adopted/desk/pledges/{pledge_joint}",
    "/consultations/adopted/desk/pledges/{pledge_theirs}",
    "/consultations/agreeing/desk/reporting",
    "/consultations/adopted/desk/reporting",
    "/consultations/adopted/desk/reporting/reports",
)
