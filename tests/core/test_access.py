"""Every route has a policy, and without signing in only a short list answers (attack 1)."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule, UUIDConverter

from core.access import anyone

OPEN = {
    "core.language",
    "draft_accounts.file",
    "draft_accounts.show",
    "health",
    "home.index",
    "pledges.index",
    "pledges.show",
    "pledges.table",
    "public.begin",
    "public.leave",
    "public.renew_code",
    "public.resume",
    "public.show_code",
    "public.start",
    "public_answers.answer",
    "public_answers.review",
    "public_answers.submit",
    "public_answers.thanks",
    "signin.ask",
    "signin.confirm",
    "signin.demonstration",
    "signin.sign_out",
}
IN_DEVELOPMENT_ONLY = {"mailbox.index", "mailbox.letter"}


def policy_of(app: Flask, endpoint: str) -> Any:
    return getattr(app.view_functions[endpoint], "access_policy", None)


def path_of(app: Flask, rule: Rule) -> str:
    """An address of the route with ids and codes that belong to nothing."""
    values = {name: _value(converter) for name, converter in rule._converters.items()}
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=_method(rule))


def _value(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    if isinstance(converter, IntegerConverter):
        return 1
    return uuid4() if isinstance(converter, UUIDConverter) else "none"


def _method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def test_every_route_has_an_access_policy(app: Flask) -> None:
    unguarded = {
        rule.endpoint for rule in app.url_map.iter_rules() if not policy_of(app, rule.endpoint)
    }

    assert unguarded == {"static"}


def test_only_a_short_list_of_routes_is_open_to_anyone(app: Flask) -> None:
    rules = app.url_map.iter_rules()

    open_to_anyone = {rule.endpoint for rule in rules if policy_of(app, rule.endpoint) is anyone}

    assert open_to_anyone - IN_DEVELOPMENT_ONLY == OPEN


def test_without_signing_in_every_other_page_leads_to_the_sign_in_page(
    app: Flask, client: FlaskClient
) -> None:
    answers = {
        rule.endpoint: client.get(path_of(app, rule)).status_code
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in OPEN | IN_DEVELOPMENT_ONLY | {"static"}
    }

    assert answers
    assert set(answers.values()) == {302}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_without_signing_in_nothing_can_be_written(
    app: Flask, client: FlaskClient, method: str
) -> None:
    answers = {
        rule.endpoint: getattr(client, method)(path_of(app, rule)).status_code
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in OPEN | IN_DEVELOPMENT_ONLY | {"static"}
    }

    assert answers
    assert set(answers.values()) <= {400, 401, 405}
