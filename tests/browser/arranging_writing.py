"""A text being written on a running site: a zero draft, and the next one in work."""

from pathlib import Path

from sqlmodel import Session

from consult.changes.operations import Delete, Replace
from consult.queries.consultations import document_of, drafts_of, get_consultation
from consult.services.drafts import Act, begin_next, change
from core.clock import now
from tests.browser.site import ROOT, Site

CODE = "being-written"
AUTHOR = "secretariat@demo.invalid"
TEXTS: Path = ROOT / "consult" / "demonstration"


def being_written(site: Site) -> str:
    """Import the texts and change the next draft; the lineage of a paragraph that changed."""
    for language in ("en", "fr", "es", "ar"):
        file = TEXTS / f"zero-draft.{language}.md"
        site.command_here(
            *("consult", "import", str(file), "--code", CODE),
            *("--language", language, "--no-publish"),
        )
    site.command_here("consult", "publish", CODE, "0")
    with Session(site._engine) as session:
        zero = drafts_of(session, get_consultation(session, CODE))[0]
        act = Act(now(), AUTHOR)
        draft = begin_next(session, zero, act)
        counted = [block for block in document_of(zero).blocks if block.number == "{1}."]
        text = counted[0].texts["en"].replace("many", "very many")
        change(
            session, draft,
            [Delete(lineage=counted[1].lineage, note="Said above."),
             Replace(lineage=counted[0].lineage, texts={"en": text})],
            act,
        )  # fmt: skip
        session.commit()
        return str(counted[0].lineage)
