"""The demonstration's consultation brought into the states its pages show."""

from uuid import UUID

from tests.browser.site import Site


def consultation(site: Site) -> dict[str, str]:
    """What fills the places in braces of a consultation's pages.

    `awaiting`, `pending`, `proposed`: numbers of contributions in these states; `theme`: the id
    of a code.
    """
    states = dict(
        site.sql(
            "SELECT state, min(number) FROM contribution WHERE number IS NOT NULL AND call_id ="
            " (SELECT id FROM call WHERE code = 'migration-strategy-2') GROUP BY state"
        )
    )
    pending = states["admitted"]
    ((proposed, identity),) = site.sql(
        "SELECT number, id FROM contribution WHERE state = 'admitted' AND number > ?"
        " AND kind = 'amendment' ORDER BY number LIMIT 1",
        pending,
    )
    site.sql(
        "INSERT INTO disposition (id, contribution_id, state, outcome, reasons, proposed_at,"
        " proposed_by, approved_by) SELECT ?, ?, 'proposed', 'partly', ?, min(proposed_at),"
        " 'secretariat', ''"
        " FROM disposition",
        UUID(int=1).hex, identity, '{"en": "In part: the rest stands elsewhere."}',
    )  # fmt: skip
    ((theme,),) = site.sql("SELECT id FROM consultation_code LIMIT 1")
    return {
        "awaiting": str(states["submitted"]),
        "pending": str(pending),
        "proposed": str(proposed),
        "theme": str(UUID(theme)),
    }
