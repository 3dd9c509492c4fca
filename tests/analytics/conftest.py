"""What tests of the analysis share."""

from tests.analytics.exported import call, officer, secretariat

__all__ = ["call", "officer", "secretariat"]
