"""What every test shares."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.browser import browser

__all__ = ["browser"]

# On a shared machine a slow moment is no finding; the thorough profile is for a longer look.
settings.register_profile(
    "quick",
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("TOUCHSTONE_HYPOTHESIS", "quick"))
