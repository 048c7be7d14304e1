"""What is written down about requests: the route, the answer, the time it took.

Never an address, a query, a body or a name: a path may hold what a person would not want kept.
"""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

log = logging.getLogger("touchstone.access")


def init_app(app: Flask) -> None:
    """Write a line for each request of *app*."""
    app.before_request(_begin)
    app.after_request(_write)


def _begin() -> None:
    g.began = time.perf_counter()


def _write(response: Response) -> Response:
    if request.endpoint == "assets.file":
        return response
    route = request.url_rule.rule if request.url_rule else "(no route)"
    spent = (time.perf_counter() - g.began) * 1000 if "began" in g else 0.0
    log.info("%s %s %d %.0f ms", request.method, route, response.status_code, spent)
    return response
