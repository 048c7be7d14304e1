"""The first page of every shipped file, for each of its people, in a real browser.

One server and one window see several of them, so that a file more costs little: nobody signs in
through the pages here (test_filling_in.py does), and a window is narrowed instead of a second one.
"""

from __future__ import annotations

import re

import pytest

from assessment.catalogue.check import load_framework
from tests.browser import DESK, NARROW, PHONE, axe_violations, picture, sideways, small_targets
from tests.shipped import FRAMEWORKS
from tests.web.questionnaires import make_round

GROUPS = [FRAMEWORKS[first : first + 4] for first in range(0, len(FRAMEWORKS), 4)]
PEOPLE = {"sam": "staff", "ann": "assessors"}
"""Leaders meet pages like those of staff."""
SIZES = {"sam": PHONE, "ann": DESK}


def enter(window, round_, code):
    """Give the window the session of *code*, who has come in elsewhere."""
    client = round_.enter(code)
    name = round_.installation.app.config["SESSION_COOKIE_NAME"]
    window.context.clear_cookies()
    window.context.add_cookies(
        [{"name": name, "value": client.get_cookie(name).value, "url": window.url}]
    )
    found = re.search(r'href="(/r/item/[^"#]+)"', client.get("/r/parts").text)
    window.go(found[1])


@pytest.mark.parametrize("paths", GROUPS, ids=lambda paths: paths[0].stem)
def test_the_first_item_of_every_shipped_file_is_accessible(
    installation, serve_live, open_window, paths
):
    window, found = open_window(serve_live(installation.app)), []
    page = window.page
    for path in paths:
        forms = load_framework(path).forms
        people = {code: form for code, form in PEOPLE.items() if form in forms}
        made = make_round(installation, f"shipped/{path.name}", people, title=f"With {path.stem}")
        for code in people:
            size = SIZES[code]
            name = f"{path.stem} {code}"
            page.set_viewport_size({"width": size[0], "height": size[1]})
            enter(window, made, code)
            assert "/r/item/" in page.url, name
            picture(page, f"r-{path.stem}-{code}-{size[0]}-light")
            found += [f"{name}: {each}" for each in axe_violations(page)]
            page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
            found += [f"{name}: {each} is small" for each in small_targets(page)]
            if sideways(page):
                found.append(f"{name}: wider than the window")
    assert found == []
