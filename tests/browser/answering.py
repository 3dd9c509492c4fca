"""Answering the early-2020 questionnaire as a person does: by clicking, typing and choosing.

It finds fields by the names of their questions, so it works in every language.
"""

from collections.abc import Callable

from playwright.sync_api import Page

PRIORITIES = {
    "conflict_violence": "5", "climate_change": "5", "livelihoods": "3", "family_links": "4",
    "health": "4", "trafficking": "3", "children": "4", "exclusion": "dont_know",
    "route_safety": "4", "return_reintegration": "2",
}  # fmt: skip
CHALLENGES = {
    "access_services": "5", "reaching_migrants": "3", "lasting_funding": "5",
    "trained_people": "3", "personal_data": "2", "public_attitudes": "4", "laws_rules": "4",
    "coordination": "2", "work_across_borders": "3", "migrants_voice": "dont_know",
}  # fmt: skip
SECTIONS = ("society", "priorities", "challenges", "investments", "taking_part", "comments")


def tick(page: Page, question: str, choice: str) -> None:
    """Choose one of a question's options by pressing its label, as a finger does."""
    box = page.locator(f'[name="q_{question}"][value="{choice}"]')
    box.locator("xpath=ancestor::label").click()


def rate(page: Page, question: str, steps: dict[str, str]) -> None:
    """Give each row of a matrix its step."""
    for item, step in steps.items():
        tick(page, f"{question}-{item}", step)


def write(page: Page, question: str, text: str) -> None:
    """Type into a question's field."""
    page.locator(f'[name="q_{question}"]').fill(text)


def rank(page: Page, question: str, *choices: str) -> None:
    """Choose the first, second, ... of a list."""
    for place, choice in enumerate(choices, start=1):
        page.locator(f'[name="q_{question}-{place}"]').select_option(choice)


def give(page: Page, question: str, points: dict[str, str]) -> None:
    """Write points beside the items."""
    for item, number in points.items():
        write(page, f"{question}-{item}", number)


def save(page: Page) -> None:
    """Press "Save and continue" and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("main .questions .actions button").first.click()


def society(page: Page) -> None:
    """The first section, rightly."""
    tick(page, "migration_work", "yes")
    for activity in ("family_links", "health_care", "other"):
        tick(page, "migration_activities", activity)
    write(page, "migration_activities-other", "Legal advice at two crossings")
    write(page, "people_reached", "12 500")
    write(page, "branches_total", "47")
    write(page, "branches_migration", "19")
    tick(page, "migration_strategy", "own")
    write(page, "strategy_adopted", "2018-05-14")
    tick(page, "preparedness", "4")


def priorities(page: Page) -> None:
    """The second section, rightly."""
    rate(page, "priorities_importance", PRIORITIES)
    rank(page, "priorities_top", "conflict_violence", "climate_change", "family_links")
    write(page, "priorities_reason", "Families flee drought and fighting at the same time.")


def challenges(page: Page) -> None:
    """The third section, rightly."""
    rate(page, "challenges_importance", CHALLENGES)
    rank(page, "challenges_top", "access_services", "lasting_funding", "public_attitudes")
    write(page, "challenges_practice", "Agreements with local health posts.")


def investments(page: Page) -> None:
    """The fourth section, rightly: 100 points."""
    give(
        page,
        "invest_points",
        {"movement_strategy": "40", "training": "25", "service_points": "35"},
    )
    write(page, "invest_result", "One voice along the route")


def taking_part(page: Page) -> None:
    """The fifth section, rightly."""
    tick(page, "interest", "task_force")
    tick(page, "interest", "lab")
    tick(page, "contributions", "experience")
    tick(page, "network_member", "yes")
    write(page, "network_name", "A network of neighbours")
    tick(page, "working_language", "english")
    tick(page, "contact_function", "migration")


def comments(page: Page) -> None:
    """The last section, rightly."""
    write(page, "open_comments", "Thank you for asking all of us.")
    tick(page, "consent_quote", "named")


FILL: dict[str, Callable[[Page], None]] = {
    "society": society,
    "priorities": priorities,
    "challenges": challenges,
    "investments": investments,
    "taking_part": taking_part,
    "comments": comments,
}
