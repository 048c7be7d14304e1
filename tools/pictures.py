"""`./dev pictures`: the README's pictures, made from the demo and from the demo's own report.

A page of the report is printed at a fixed resolution from the same answers and date, so its picture
changes only when the report does. The screens are those of a demo that is told anew, in a browser.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import machine
from assessment.services.demo import run_demo

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PAGES = {"report-cover": 0, "report-profile": 2, "report-item": 8}
DOTS_PER_POINT = 1.25
DESK, PHONE = (1280, 860), (390, 780)


def main() -> None:
    """Print the demo's report and start the demo; keep pictures of both."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _print_pages(Path(folder, "files"))
        program = machine.find_browser()
        if program is None:
            sys.exit("There is no Chromium here, so the pictures of the screens stay as they were.")
        flags = ["--no-sandbox"] if machine.is_root() else []
        with (
            _demo(Path(folder, "demo")) as address,
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=program, args=flags) as browser,
        ):
            _photograph(browser, address)


def _print_pages(folder: Path) -> None:
    document = pypdfium2.PdfDocument(run_demo(folder))
    for name, number in PAGES.items():
        _keep(name, document[number].render(scale=DOTS_PER_POINT).to_pil())
    document.close()


@contextmanager
def _demo(folder: Path) -> Iterator[str]:
    """Where a demo of its own answers, until the end."""
    command = [sys.executable, "-P", "-m", "assessment", "demo", "--folder", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            found = (re.search(r"http://\S+", line) for line in process.stdout)
            yield next(each[0] for each in found if each)
        finally:
            process.terminate()


def _photograph(browser: Browser, address: str) -> None:
    desk = _window(browser, DESK)
    desk.goto(f"{address}/demo")
    _take("demo-start", desk)
    desk.get_by_role("button", name="Read the results as a leader").click()
    desk.wait_for_url("**/results")
    _take("results", desk)
    phone = _window(browser, PHONE, scale=2)
    phone.goto(f"{address}/demo")
    phone.get_by_role("button", name="Answer as an employee").click()
    phone.get_by_role("link", name="Start with").click()
    phone.get_by_role("radio").nth(3).check()
    phone.locator("#state", has_text="Saved").wait_for()
    _take("phone", phone)


def _window(browser: Browser, size: tuple[int, int], scale: float = 1) -> Page:
    return browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=scale,
        locale="en-GB",
        timezone_id="UTC",
        color_scheme="light",
        reduced_motion="reduce",
    )


def _take(name: str, page: Page) -> None:
    page.evaluate("() => document.fonts.ready.then(() => null)")
    _keep(name, Image.open(io.BytesIO(page.screenshot())))


def _keep(name: str, drawn: Image.Image) -> None:
    path = PICTURES / f"{name}.png"
    drawn.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
