"""The pages on which drafts are read, contributed to, decided on and written."""

DRAFTS = "/consultations/migration-strategy/drafts"
ROUND = "/rounds/migration-strategy-2/KEN"
OF_WHO_CONTRIBUTES = (
    "/consultations",
    "/consultations/migration-strategy",
    f"{DRAFTS}/1",
    f"{DRAFTS}/1?mode=reading",
    f"{DRAFTS}/1?language=fr",
    f"{DRAFTS}/1/whole",
    f"{DRAFTS}/1/paragraphs/{{lineage}}",
    f"{DRAFTS}/1/paragraphs/{{lineage}}?language=ar",
    ROUND,
    f"{ROUND}/check",
    f"{ROUND}/joint",
    f"{ROUND}/response",
    f"{ROUND}/receipts/{{receipt}}",
    f"{ROUND}/new",
    *(
        f"{ROUND}/new?kind={kind}&paragraph={{lineage}}"
        for kind in ("comment", "amendment", "position")
    ),
    f"{ROUND}/contributions/{{in_progress}}",
    f"{ROUND}/contributions/{{in_progress}}/edit",
    f"{ROUND}/contributions/{{returned}}",
    "/rounds/migration-strategy-1/KEN",
    "/rounds/migration-strategy-1/KEN/response",
    "/consultations/migration-strategy/compare",
    "/consultations/migration-strategy/compare?only=1&language=ar",
)
DESK = "/consultations/migration-strategy/desk"
OF_THE_DESK = (
    "/new-consultation",
    DESK,
    f"{DESK}/files",
    f"{DRAFTS}/0/compilation",
    f"{DRAFTS}/0/compilation?section=3&language=ar",
    "/rounds/migration-strategy-1/account",
    f"{DESK}/open",
    f"{DESK}/codes",
    f"{DESK}/codes/{{theme}}",
    f"{DESK}/contributions/1",
    f"{DESK}/contributions/{{awaiting}}",
    f"{DESK}/contributions/{{pending}}",
    f"{DESK}/contributions/{{proposed}}",
    *(
        f"{DESK}/rounds/migration-strategy-{number}/{part}"
        for number in (1, 2)
        for part in ("queue", "admission", "clusters", "progress", "close")
    ),
    f"{DESK}/rounds/migration-strategy-2/enter",
    f"{DESK}/rounds/migration-strategy-1/queue?stage=all&kind=amendment&place=whole",
    f"{DESK}/rounds/migration-strategy-1/queue?stage=disposed&outcome=duplicate",
)
