"""Addresses that leave the site, in mail and files: built from the setting, not a request."""

from flask import current_app

from core.settings import Settings


def external(path: str) -> str:
    """The public address of a path of this site."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.base_url + path


def external_for(endpoint: str, **values: object) -> str:
    """The public address of an endpoint, with or without a request."""
    adapter = current_app.url_map.bind("")
    return external(adapter.build(endpoint, values))
