"""Every page one can open by an address, and who opens it. States that need steps: `test_states`.

Places in braces are filled from `arranging`, which brings a site into the states they need.
"""

from dataclasses import dataclass

from tests.browser import sights_after as after
from tests.browser.inspection import PHONE, RIGHT_TO_LEFT, WIDE, complaints
from tests.browser.pages_of_drafts import DESK, DRAFTS, OF_THE_DESK, OF_WHO_CONTRIBUTES, ROUND
from tests.browser.pages_of_meetings import (
    MEETING,
    OF_MEETINGS_AND_EVIDENCE,
    OF_ROUND_RESULTS,
    ROUND_RESULTS,
)
from tests.browser.visitor import Visitor

WAVE = "migration-2020"
SECRETARIAT = "secretariat@demo.invalid"
CO_CHAIR = "co-chair@demo.invalid"
CONSULTANT = "consultant@demo.invalid"
ADMINISTRATOR = "administrator@demo.invalid"
FOCAL_POINT = "focal-point.ken@demo.invalid"
RESPONDENT = "respondent.ken@demo.invalid"
APPROVER = "approver.ken@demo.invalid"
NOBODY = ""


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it. `status`: of the answer."""

    path: str
    who: str = NOBODY
    status: int = 200

    def __str__(self) -> str:
        """Its name among the tests."""
        return f"{self.path} for {self.who.partition('@')[0] or 'nobody'}"


OPEN_TO_ALL = (
    "/",
    "/sign-in",
    "/mail",
    "/mail?to=nobody@example.org",
    "/mail/{mail}",
    "/demo/co_chair",
    "/p/voices",
    "/p/voices/resume",
    "/p/voices/thanks",
    "/p/closed",
    *after.OPEN_TO_ALL,
)
OF_A_SOCIETY = (
    "/",
    "/answer/migration-2020/KEN",
    "/answer/migration-2020/KEN?again=1",
    "/responses/{progress}",
    *(
        f"/responses/{{progress}}/sections/{code}"
        for code in (
            "society", "priorities", "challenges", "investments", "taking_part", "comments"
        )
    ),
    "/responses/{progress}/sections/society?check=1",
    "/responses/{progress}/sections/investments?check=1",
    "/responses/{progress}/check",
    "/responses/{progress}/history",
    "/surveys/waves/migration-2020/blank",
    "/organisations/KEN/people",
    "/kept",
    *after.OF_A_SOCIETY,
)  # fmt: skip
OF_ONE_THAT_HAS_ANSWERED = (
    "/",
    "/responses/{done}",
    "/responses/{done}/check",
    "/responses/{done}/receipt",
    "/responses/{done}/history",
)
OF_THE_SECRETARIAT = (
    "/",
    "/answer/migration-2020/JOR/on-behalf",
    "/calls",
    "/calls/migration-2020",
    "/calls/migration-2020?region=mena&state=submitted",
    "/calls/migration-2020?region=mena&state=declined",
    "/calls/migration-2020/extend",
    "/calls/migration-2020/close",
    "/calls/migration-2020/release",
    "/calls/migration-2020/mails",
    "/calls/migration-2020/mails?only=failed",
    "/calls/migration-2020/messages/invitation",
    "/calls/migration-2020/messages/reminder",
    "/calls/migration-2020/messages/invitation/preview?organisation=JOR",
    "/calls/migration-2020/messages/reminder/preview?organisation=KEN",
    "/calls/migration-2020/invite",
    "/calls/migration-2020/invite?whom=mena",
    "/calls/migration-2020/reminders",
    "/calls/over",
    "/calls/over/reopen",
    "/calls/over/invite",
    "/calls/over/reminders",
    "/processes",
    "/processes/migration",
    "/processes/new",
    "/processes/migration/edit",
    "/parties",
    "/parties/add",
    "/parties/{party}/correct",
    "/directory",
    "/directory/organisations/APMN",
    "/directory/organisations/APMN/correct",
    "/organisations/APMN/people",
    "/directory/organisations/KEN",
    "/directory/organisations/KEN/correct",
    "/directory/groups",
    "/directory/groups/{group}",
    "/organisations/FRA/people",
    "/surveys",
    "/surveys/migration",
    "/surveys/migration/blank",
    "/surveys/migration/open",
    "/surveys?archived=1",
    "/surveys/import",
    "/surveys/migration/publish",
    "/surveys/migration/review",
    "/surveys/migration/trial",
    "/surveys/migration/trials/migration-test-1",
    "/surveys/migration/compare/1/2",
    "/calls?archived=1",
    "/surveys/migration/draft/languages",
    "/surveys/migration/draft/translations",
    "/surveys/migration/draft/translate/fr",
    "/surveys/migration/draft/translate/fr?show=stale",
    "/surveys/migration/draft/translate/ar?show=missing",
    "/surveys/migration/draft/translate/prs?part=priorities",
    "/surveys/migration/draft/to-bank",
    "/bank",
    "/bank?for=migration&q=importance",
    "/bank?q=no-such-words",
    "/bank/section.society?language=ar",
    "/bank/{entry}",
    "/bank/scale.importance/use/migration",
    "/surveys/new",
    "/surveys/migration/draft/begin",
    "/surveys/copied/draft",
    "/surveys/copied/draft/settings",
    "/surveys/copied/draft/try",
    "/surveys/copied/draft/try?language=ar",
    "/surveys/copied/draft/sections/society",
    "/surveys/copied/draft/sections/society/add",
    "/surveys/copied/draft/sections/society/groups",
    "/surveys/copied/draft/groups/{block}",
    *(
        f"/surveys/copied/draft/preview/{code}?language={{spoken}}"
        for code in ("society", "priorities", "investments")
    ),
    *(
        f"/surveys/copied/draft/questions/{{{kind}}}"
        for kind in ("yes_no", "choose_many", "matrix", "ranking", "points")
    ),
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
    *(
        f"/consultations/being-written/desk/drafts{path}"
        for path in (
            *("", "/0/carried", "/1/edit", "/1/edit/{reworded}", "/1/conflicts", "/1/changes"),
            *("/1/publish", "/1/translate/ar", "/1/translate/fr?show=all"),
        )
    ),
    *after.OF_THE_SECRETARIAT,
    "/results",
    "/results/migration-2020/",
    "/results/migration-2020/sections/priorities",
    "/results/migration-2020/sections/priorities?weighted=1&region=africa",
    "/results/migration-2020/comments",
    "/results/migration-2020/explore/{chart}",
    "/results/over/",
    "/results/over/sections/priorities",
    "/results/over/comments",
    "/public",
    "/public/open/migration",
    "/public/voices",
    "/public/voices/poster",
    "/public/voices/import",
    "/public/voices/results",
    "/public/voices/texts",
    "/exports",
    "/exports/{waiting}",
    "/exports/{ready}",
    "/exports/{failed}",
)
OF_CO_CHAIRS = (
    "/",
    "/processes",
    "/processes/migration",
    "/results",
    "/results/migration-2020/",
    *(
        f"/results/migration-2020/sections/{code}"
        for code in ("society", "priorities", "challenges", "investments", "taking_part")
    ),
    "/results/migration-2020/sections/priorities?weighted=1",
    "/results/migration-2020/sections/priorities?region=mena",
    "/results/migration-2020/comments",
)
OF_ADMINISTRATORS = ("/", "/people", "/people?email=nobody@example.org", "/people/add")
REFUSED = (
    Sight("/no-such-page", status=404),
    Sight("/sign-in/no-such-link", status=410),
    Sight("/calls", FOCAL_POINT, 403),
    Sight("/responses/{done}", FOCAL_POINT, 404),
    Sight("/results/migration-2020/", ADMINISTRATOR, 403),
    Sight("/p/no-such-code", status=404),
)
SIGHTS = (
    *(Sight(path) for path in OPEN_TO_ALL),
    *(Sight(path, FOCAL_POINT) for path in OF_A_SOCIETY),
    *(Sight(path, FOCAL_POINT) for path in OF_WHO_CONTRIBUTES),
    Sight(ROUND, RESPONDENT),
    Sight(f"{ROUND}/contributions/{{in_progress}}", APPROVER),
    Sight(f"{DRAFTS}/0", SECRETARIAT),
    Sight("/rounds/migration-strategy-1/account"),
    Sight(f"{DRAFTS}/1/paragraphs/{{lineage}}", CONSULTANT),
    Sight(f"{DRAFTS}/1/paragraphs/{{lineage}}", CO_CHAIR),
    Sight("/responses/{progress}/check", RESPONDENT),
    Sight("/organisations/KEN/people", APPROVER),
    Sight("/results", FOCAL_POINT),
    *(Sight(path, "{answered}") for path in OF_ONE_THAT_HAS_ANSWERED),
    *(Sight(path, SECRETARIAT) for path in OF_THE_SECRETARIAT),
    *(Sight(path, SECRETARIAT) for path in OF_THE_DESK),
    Sight(f"{DESK}/rounds/migration-strategy-2/queue", CONSULTANT),
    Sight(f"{DESK}/contributions/{{pending}}", CONSULTANT),
    *(Sight(path, CO_CHAIR) for path in OF_CO_CHAIRS),
    *(Sight(path, SECRETARIAT) for path in OF_MEETINGS_AND_EVIDENCE),
    *(Sight(path, CO_CHAIR) for path in OF_ROUND_RESULTS),
    Sight(f"{ROUND_RESULTS}/positions", SECRETARIAT),
    Sight(MEETING, FOCAL_POINT),
    Sight("/evidence/{finding}", FOCAL_POINT),
    Sight("/results/migration-2020/comments", CONSULTANT),
    Sight("/public/voices/results", CO_CHAIR),
    Sight("/exports", CONSULTANT),
    *(Sight(path, ADMINISTRATOR) for path in OF_ADMINISTRATORS),
    *REFUSED,
)


def look(sight: Sight, visitor: Visitor, arranged: dict[str, str]) -> list[str]:
    """Open the page; what is wrong with it, and with what happened on it.

    Who writes from right to left sits at a phone, everybody else at a wide screen.
    """
    wanted = PHONE if visitor.language in RIGHT_TO_LEFT else WIDE
    if visitor.page.viewport_size != wanted:
        visitor.page.set_viewport_size(wanted)
    status = visitor.go(sight.path.format(**arranged))
    found = [] if status == sight.status else [f"answered {status}"]
    found += complaints(visitor.page, visitor.language) + visitor.troubles
    visitor.troubles.clear()
    return found
