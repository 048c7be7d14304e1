"""The shipped criteria files by kind: frameworks, and what accompanies them."""

from __future__ import annotations

import re

from assessment.resources import CRITERIA

_ALL = sorted(CRITERIA.glob("*.yaml"))
FRAMEWORKS = [
    path
    for path in _ALL
    if re.search(r"^kind: framework$", path.read_text(encoding="utf-8"), re.MULTILINE)
]
COMPANIONS = [path for path in _ALL if path not in FRAMEWORKS]
