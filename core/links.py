"""Addresses that leave the site, in mail and files: built from the setting, never from a request."""

from flask import current_app, url_for

from core.settings import Settings


def external(path: str) -> str:
    """The public address of a path of this site."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.base_url + path


def external_for(endpoint: str, **values: object) -> str:
    """The public address of an endpoint, with or without a request."""
    adapter = current_app.create_url_adapter(None)
    if adapter is None:
        return external(url_for(endpoint, _external=False, **values))  # type: ignore[arg-type]  # Flask types values as Any
    return external(adapter.build(endpoint, values, force_external=False))
