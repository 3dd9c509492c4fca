"""Somebody at a browser of their own: a person, a language, a screen, with or without script.

Every page they see is watched: an error in the console, a refusal by the content policy, or a
request to another host is a trouble.
"""

import os
import re
import time
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.site import ROOT, Site
from tests.servers.smtp import Mailbox

NARROW = 700
"""CSS pixels below which a screen is a phone's."""
PICTURES = {"tasks", "section-phone-ar", "receipt", "board", "dashboard"}
"""Those the README and the guides show."""
PATIENCE = 15_000
"""Milliseconds a page has to show what is expected of it."""
LINK = re.compile(r"https?://\S+")
REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
"""What Chromium writes for a page we refuse on purpose; every test says which ones it expects."""


_TO_THE_TOP = "(one) => one.scrollIntoView({ behavior: 'instant' })"
_UNFOLD = """(one) => {
  const folded = one.closest("summary") ? null : one.closest("details");
  if (folded) folded.open = true;
}"""


def links_in(body: str) -> list[str]:
    """The web addresses a mail holds, in their order."""
    return [line for line in body.split() if LINK.fullmatch(line)]


def plain_text(mail: EmailMessage) -> str:
    """What a mail says to a program that shows plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def letter_to(mailbox: Mailbox, address: str, containing: str, *, after: int = 0) -> str:
    """The newest mail to this address whose text holds these words, once it has arrived.

    `after`: how many mails had come before those that count.
    """
    until = time.monotonic() + 60
    while time.monotonic() < until:
        came = mailbox.accepted
        texts = [plain_text(mail) for mail in came[after:] if address in str(mail["To"])]
        if found := [text for text in texts if containing in text]:
            return found[-1]
        mailbox.wait_for(len(came) + 1, seconds=1)
    message = f"no such mail to {address} among {len(mailbox.accepted)}"
    raise AssertionError(message)


class Visitor:
    """One browser with one page open. `width` in CSS pixels; `language` as the browser asks."""

    def __init__(
        self,
        chromium: Browser,
        site: Site,
        *,
        width: int = 1280,
        language: str = "en",
        script: bool = True,
        person: str = "",
    ) -> None:
        """Sit down; signed in already where a person's address is given."""
        self.site = site
        self.language = language
        self.script = script
        self.troubles: list[str] = []
        phone = width < NARROW
        self.context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 740 if phone else 900},
            locale=language,
            java_script_enabled=script,
            accept_downloads=True,
            has_touch=phone,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        self.context.on("request", self._request)
        if person:
            self.become(person)
        self.page: Page = self.context.new_page()
        # Leaving with unsaved changes asks first; a person who means it says yes.
        self.page.on("dialog", lambda dialog: dialog.accept())

    def become(self, email: str) -> None:
        """Carry a session of this person from now on."""
        token = self.site.session_token(email)
        self.context.add_cookies([{"name": "plenary", "value": token, "url": self.site.url}])

    def leave(self) -> list[str]:
        """Close the browser; what was wrong on its pages."""
        self.context.close()
        return self.troubles

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSAL.match(message.text):
            self.troubles.append(f"{message.location['url']}: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.port != self.site.port:
            self.troubles.append(f"a request left for {address.netloc}")

    def go(self, path: str) -> int:
        """Open a path of the site; the status of the answer."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def path(self) -> str:
        """Where the page is, without the host."""
        return urlsplit(self.page.url).path

    def press(self, name: str) -> None:
        """Press the button or link of this name, opening what it is folded away in first."""
        target = self.page.get_by_role("main").locator(
            "button, a, summary", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")
        )
        target.first.evaluate(_UNFOLD)
        target.first.click()
        self.page.wait_for_load_state("load")

    def sign_in(self, email: str, mailbox: Mailbox) -> None:
        """From the sign-in page: ask for a link, wait for the mail, open it, press its button."""
        before = len(mailbox.accepted)
        self.page.locator("#email").fill(email)
        self.page.locator("main form button").first.click()
        (link,) = links_in(letter_to(mailbox, email, "/sign-in/", after=before))
        self.page.goto(link)
        with self.page.expect_navigation():
            self.page.locator("main form button").click()

    def picture(self, name: str, at: str = "body") -> None:
        """Keep a picture of the page for the README, where PLENARY_SCREENSHOTS names a folder.

        `at`: a selector of what stands at its top.
        """
        folder = os.environ.get("PLENARY_SCREENSHOTS")
        if folder and self.script and name in PICTURES:
            self.page.locator(at).first.evaluate(_TO_THE_TOP)
            path = Path(ROOT, folder) / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=path, full_page=False, animations="disabled")

    def picture_as(self, name: str, at: str = "body") -> None:
        """Such a picture, named also for the language and the screen: section-phone-ar."""
        width = (self.page.viewport_size or {"width": 0})["width"]
        screen = "-phone" if width < NARROW else ""
        self.picture(f"{name}{screen}{'' if self.language == 'en' else '-' + self.language}", at)
