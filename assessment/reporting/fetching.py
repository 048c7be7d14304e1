"""What a printed document may read: data inside itself and files of ours, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

DATA_LIMIT = 3_000_000
REFUSED_SHOWN = 200
TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}


class LockedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Opens `data:` of a limited size and files really below *folders*; remembers what it refused.

    A refusal does not end the render: else one hostile comment would cost everybody the report.
    WeasyPrint goes on without the resource, and the caller reads `refused` afterwards.
    """

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.folders = [folder.resolve() for folder in folders]
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The resource at *url*, or a ValueError, which WeasyPrint logs."""
        scheme = url.partition(":")[0].lower()
        if scheme == "data" and len(url) <= DATA_LIMIT:
            return super().fetch(url, headers)
        if scheme == "file" and (path := self._own(url)):
            kind = TYPES.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        self.refused.append(url[:REFUSED_SHOWN])
        raise ValueError("A printed document reads only its own files.")

    def _own(self, url: str) -> Path | None:
        """The file meant by *url*, when it is one of ours after links and dots are followed."""
        try:
            parts = urlsplit(url)
            path = Path(url2pathname(parts.path)).resolve()
        except (OSError, ValueError):
            return None
        is_here = parts.netloc in {"", "localhost"}
        is_ours = any(path.is_relative_to(folder) for folder in self.folders)
        return path if is_here and is_ours and path.is_file() else None
