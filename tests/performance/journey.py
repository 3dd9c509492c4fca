"""One focal point's whole journey over HTTP: sign-in, every section, check, submit.

A client of its own, as thin as can be, so that its share of the machine stays small: one kept-alive
connection, cookies by hand, forms read with regular expressions.
"""

import http.client
import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from surveys.definition import Questionnaire
from surveys.kinds import kind_of

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(edition|asked)" value="([^"]*)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


class Unexpected(RuntimeError):
    """The server answered something else than the journey needs."""


@dataclass
class Client:
    """A browser as far as HTTP goes. `requests`: how many it has sent."""

    port: int
    requests: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the connection that everything goes over."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """(status, body, Location) of a GET, or of a POST of a form."""
        headers = {"Host": "localhost", "Accept-Encoding": "identity"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        self.requests += 1
        return answer.status, text, answer.getheader("Location", "")

    def get(self, path: str) -> str:
        """The page at a path, redirects followed."""
        status, body, location = self.send(path)
        while status in (302, 303):
            status, body, location = self.send(location)
        if status != http.client.OK:
            raise Unexpected(f"GET {path}: {status}")
        return body

    def post(self, path: str, form: list[tuple[str, str]], page: str) -> str:
        """Where a form of a page leads to."""
        token = TOKEN.search(page)
        fields = [("csrf_token", token.group(1) if token else ""), *form]
        status, body, location = self.send(path, fields)
        if status != http.client.SEE_OTHER:
            raise Unexpected(f"POST {path}: {status} {body[:300]}")
        return location


def inputs(
    questionnaire: Questionnaire, answers: dict[str, object]
) -> dict[str, list[tuple[str, str]]]:
    """The form fields of each section for these answers, by section code."""
    return {
        section.code: [
            (f"q_{question.code}{suffix}", value)
            for question in section.questions
            if question.code in answers
            for suffix, values in kind_of(question).to_raw(question, answers[question.code]).items()
            for value in values
        ]
        for section in questionnaire.sections
    }


def respond(client: Client, token: str, wave: str, organisation: str, fields: str) -> str:
    """Give a whole response; return the receipt page's path. `fields`: `inputs` as JSON."""
    sections: dict[str, list[list[str]]] = json.loads(fields)
    link = f"/sign-in/{token}"
    client.post(link, [], client.get(link))
    begin = f"/answer/{wave}/{organisation}"
    place = client.post(begin, [], client.get(begin))
    for form in sections.values():
        page = client.get(place)
        place = client.post(place, [*HIDDEN.findall(page), *((n, v) for n, v in form)], page)
    page = client.get(place)
    key = KEY.search(page)
    if key is None:
        raise Unexpected("the check page offers no submit button")
    return client.post(place.replace("/check", "/submit"), [("key", key.group(1))], page)
