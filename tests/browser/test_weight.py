"""What a page weighs over the wire: a weak connection takes part as fully as a fast one."""

from playwright.sync_api import Browser

from tests.browser.site import Site
from tests.browser.visitor import Visitor

FIRST_PAGE = 40_000
"""Bytes of the first page of questions, with a cold cache: headers, markup, style and script."""
FIRST_REQUESTS = 6
FURTHER_PAGE = 10_000
SECTIONS = ("society", "priorities", "challenges", "investments", "taking_part", "comments")


class Scales:
    """Counts the bytes and requests of a page, as Chromium's own network panel does."""

    def __init__(self, visitor: Visitor) -> None:
        """Start to watch."""
        self.bytes = 0
        self.requests = 0
        client = visitor.context.new_cdp_session(visitor.page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += event["encodedDataLength"] > 0  # 0: taken from the browser's own cache

    def read(self) -> tuple[int, int]:
        """(bytes, requests) since the last reading."""
        weight = (self.bytes, self.requests)
        self.bytes = self.requests = 0
        return weight


def test_the_first_page_of_questions_is_light_and_the_others_are_lighter(
    chromium: Browser, site: Site
) -> None:
    person = "focal-point.ken@demo.invalid"
    starter = Visitor(chromium, site, person=person)
    starter.go("/answer/migration-2020/KEN")
    with starter.page.expect_navigation():
        starter.page.locator("main .actions button").first.click()
    response = starter.path().split("/sections/")[0]
    starter.leave()
    visitor = Visitor(chromium, site, person=person)
    scales = Scales(visitor)

    visitor.page.goto(f"{response}/sections/{SECTIONS[0]}", wait_until="networkidle")
    first, requests = scales.read()
    further = {}
    for section in SECTIONS[1:]:
        visitor.page.goto(f"{response}/sections/{section}", wait_until="networkidle")
        further[section] = scales.read()

    print(f"first page: {first} bytes in {requests} requests; then {further}")
    assert visitor.leave() == []
    assert 0 < first <= FIRST_PAGE
    assert 0 < requests <= FIRST_REQUESTS
    assert 0 < max(weight for weight, _requests in further.values()) <= FURTHER_PAGE
