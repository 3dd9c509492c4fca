"""What tests of the analysis share. Hypothesis has no clock: a busy machine is no failure."""

from hypothesis import HealthCheck, settings

from tests.analytics.exported import call, officer, secretariat

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

__all__ = ["call", "officer", "secretariat"]
