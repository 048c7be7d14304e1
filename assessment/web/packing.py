"""Pages over the wire compressed: a phone in a basement waits for each kilobyte.

Only for pages that repeat nothing which an address of somebody else's making could put into them:
then their length tells nobody anything about the seal in them.
"""

from __future__ import annotations

import gzip

import brotli
from flask import Response, request


def packed(response: Response) -> Response:
    """*response* in the best form that the browser takes; it says which."""
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if request.accept_encodings["br"] > 0:
        # As quick as gzip at its usual level, and a seventh smaller.
        response.set_data(brotli.compress(content, mode=brotli.MODE_TEXT, quality=5))
        response.headers["Content-Encoding"] = "br"
    elif request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(content, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
