"""Start an application as `serve` does, and time its first page: run by benchmarks.requests."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assessment.web import create_app
from assessment.web.serving import warm_up
from assessment.web.settings import Settings


def main() -> None:
    """Print the milliseconds of the first page."""
    key, url, data, cookie = sys.argv[1:]
    app = create_app(Settings(key, url, Path(data)))
    warm_up(app)
    client = app.test_client()
    client.set_cookie("touchstone", cookie)
    start = time.perf_counter()
    page = client.get("/r/item/1.1", headers={"Accept-Encoding": "gzip"})
    spent = time.perf_counter() - start
    assert page.status_code == 200
    print(spent * 1000)


if __name__ == "__main__":
    main()
