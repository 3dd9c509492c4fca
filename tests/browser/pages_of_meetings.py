"""The pages of meetings, of rounds' results and of evidence, as `every_page` lists pages."""

MEETING = "/meetings/migration-meeting"
ROUND_RESULTS = "/results/consultations/migration-strategy-1"
OF_MEETINGS_AND_EVIDENCE = (
    "/meetings",
    MEETING,
    "/meetings/new",
    f"{MEETING}/edit",
    f"{MEETING}/sessions/add",
    f"{MEETING}/sessions/{{meeting_session}}",
    f"{MEETING}/documents/add",
    f"{MEETING}/statements/add",
    f"{MEETING}/statements/{{statement}}",
    f"{MEETING}/contributions/add",
    "/results/migration-2020/cite/{chart}",
    "/results/migration-2020/cite/{chart}?text=migration-strategy/1",
    "/consultations/migration-strategy/drafts/1/paragraphs/{lineage}/evidence",
    "/evidence/{finding}",
)
OF_ROUND_RESULTS = (
    f"{ROUND_RESULTS}/",
    f"{ROUND_RESULTS}/positions",
    f"{ROUND_RESULTS}/decisions",
    f"{ROUND_RESULTS}/explore/positions",
)
