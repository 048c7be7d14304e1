"""`./dev pictures`: the README's pictures, made from the demo's own report.

Each page is printed at a fixed resolution from the same answers and date, so a picture changes only
when the report does.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from assessment.services.demo import run_demo

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PAGES = {"report-cover": 0, "report-profile": 2, "report-item": 8}
DOTS_PER_POINT = 1.25


def main() -> None:
    """Print the demo's report and keep some of its pages as pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        document = pypdfium2.PdfDocument(run_demo(Path(folder)))
        for name, number in PAGES.items():
            drawn = document[number].render(scale=DOTS_PER_POINT).to_pil()
            picture = drawn.convert("RGB").quantize(256, dither=Image.Dither.NONE)
            path = PICTURES / f"{name}.png"
            picture.save(path, optimize=True)
            print(f"{path.relative_to(PICTURES.parent.parent)}  {path.stat().st_size // 1024} KB")
        document.close()


if __name__ == "__main__":
    main()
