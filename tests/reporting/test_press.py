"""Sections printed by several processes and remembered: the same paper, and nothing by halves."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessment.cli import main
from assessment.reporting import kept
from assessment.reporting.pdf import Press, PrintingStopped, print_document, render_pdf
from assessment.resources import REPORTS
from assessment.services.demo import write_example
from tests.reporting.make_sections import CHAPTERS, document, write_design
from tests.reporting.pdf_checks import text_of

JOBS = len(CHAPTERS) + 2
"""The chapters, the contents and the numbers."""


@pytest.fixture(scope="module")
def design(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_design(tmp_path_factory.mktemp("design"))


@pytest.fixture(scope="module")
def paper(design: Path) -> bytes:
    """Printed in this process, nothing remembered."""
    return render_pdf(design, document(), "a4")


@pytest.fixture(scope="module")
def two() -> Iterator[Press]:
    with Press(2) as press:
        yield press


# The same words, the same bytes


def test_one_process_gives_the_same_bytes_again(design, paper):
    assert render_pdf(design, document(), "a4") == paper


def test_two_processes_give_the_same_bytes_as_one(design, paper, two):
    assert render_pdf(design, document(), "a4", two) == paper
    assert two.printed == JOBS


def test_processes_elsewhere_give_the_same_bytes(design, paper, tmp_path):
    page, program = tmp_path / "page.html", tmp_path / "program.py"
    page.write_text(document(), encoding="utf-8")
    program.write_text(
        "import sys, hashlib, pathlib\n"
        "from assessment.reporting.pdf import Press, render_pdf\n"
        "if __name__ == '__main__':\n"
        "    page = pathlib.Path(sys.argv[2]).read_text(encoding='utf-8')\n"
        "    with Press(2) as press:\n"
        "        pdf = render_pdf(pathlib.Path(sys.argv[1]), page, 'a4', press)\n"
        "    print(hashlib.sha256(pdf).hexdigest())\n",
        encoding="utf-8",
    )
    told = run_python(program, design, page, PYTHONHASHSEED="7", TZ="Asia/Tokyo")
    assert told.stdout.strip() == hashlib.sha256(paper).hexdigest()
    assert told.stderr == ""


def run_python(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(REPORTS.parent), **environment},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


# How far it is


@pytest.mark.parametrize("processes", [1, 2])
def test_each_section_that_is_done_is_told(design, processes):
    heard: list[tuple[int, int]] = []
    with Press(processes) as press:
        with press.telling(lambda done, of: heard.append((done, of))):
            render_pdf(design, document(), "a4", press)
        chapters = len(CHAPTERS)
        assert heard[:chapters] == [(number, chapters) for number in range(1, chapters + 1)]
        assert heard[chapters:] == [(1, 2), (2, 2)], "then the contents and the numbers"
        count = len(heard)
        render_pdf(design, document(), "a4", press)
        assert len(heard) == count, "nobody listens any more"


def test_what_is_remembered_counts_as_done(design, tmp_path):
    press, heard = Press(kept=tmp_path), []
    render_pdf(design, document(second="Good."), "a4", press)
    with press.telling(lambda done, of: heard.append((done, of))):
        render_pdf(design, document(second="Better."), "a4", press)
    assert heard[0] == (len(CHAPTERS), len(CHAPTERS))


def test_printing_that_nobody_wants_any_more_ends_with_the_section_in_hand(design, two, paper):
    class Cancelled(Exception):
        pass

    def tell(_done: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), two.telling(tell):
        render_pdf(design, document(), "a4", two)
    assert render_pdf(design, document(), "a4", two) == paper


# What is remembered


def test_what_is_kept_gives_the_same_bytes_and_nothing_is_printed(design, paper, tmp_path):
    folder = tmp_path / "kept"
    assert render_pdf(design, document(), "a4", Press(kept=folder)) == paper
    again = Press(kept=folder)
    assert render_pdf(design, document(), "a4", again) == paper
    assert again.printed == 0


def test_after_one_edited_comment_only_its_section_is_printed(design, tmp_path):
    press = Press(kept=tmp_path)
    render_pdf(design, document(second="Good."), "a4", press)
    before, edited = press.printed, document(second="Very good.")
    pdf = render_pdf(design, edited, "a4", press)
    assert (before, press.printed) == (JOBS, JOBS + 1)
    assert pdf == render_pdf(design, edited, "a4")


def test_after_an_edit_that_needs_a_page_more_the_contents_are_right(design, tmp_path):
    press = Press(kept=tmp_path)
    render_pdf(design, document(), "a4", press)
    pdf = render_pdf(design, document(first="Many words. " * 900), "a4", press)
    assert press.printed == 2 * JOBS - 2
    assert "Jovial end 6" not in text_of(pdf)
    assert pdf == render_pdf(design, document(first="Many words. " * 900), "a4")


def test_another_design_or_sheet_of_paper_is_printed_anew(design, tmp_path):
    press = Press(kept=tmp_path / "kept")
    for paper in ("a4", "letter"):
        render_pdf(design, document(), paper, press)
    assert press.printed == 2 * JOBS
    sheet = write_design(tmp_path) / "report.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "p { color: red }", encoding="utf-8")
    render_pdf(tmp_path, document(), "a4", press)
    assert press.printed == 3 * JOBS


DAMAGES = {
    "emptied": lambda data: data[:0],
    "cut short": lambda data: data[:-1],
    "changed": lambda data: data.replace(b"1", b"2"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_is_printed_again(design, paper, tmp_path, damage):
    render_pdf(design, document(), "a4", Press(kept=tmp_path))
    for path in tmp_path.iterdir():
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    press = Press(kept=tmp_path)
    assert render_pdf(design, document(), "a4", press) == paper
    assert press.printed == JOBS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_what_is_kept_is_for_the_owner_alone(design, tmp_path):
    folder = tmp_path / "kept"
    render_pdf(design, document(), "a4", Press(kept=folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_was_not_asked_for_longest_goes(design, tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST_KEPT", JOBS)
    press = Press(kept=tmp_path)
    for words in ("One.", "Two.", "Three."):
        render_pdf(design, document(second=words), "a4", press)
    assert len(list(tmp_path.iterdir())) == JOBS
    before = press.printed
    render_pdf(design, document(second="Three."), "a4", press)
    assert press.printed == before


def test_a_full_disk_costs_only_the_copies(design, paper, tmp_path):
    not_a_folder = tmp_path / "file"
    not_a_folder.write_bytes(b"")
    assert render_pdf(design, document(), "a4", Press(kept=not_a_folder)) == paper


# When something ends too early


@contextmanager
def killing_new_processes() -> Iterator[None]:
    """Nothing that starts meanwhile lives for long."""
    spared, stop = multiprocessing.active_children(), threading.Event()

    def kill() -> None:
        while not stop.wait(0.01):
            for child in multiprocessing.active_children():
                if child not in spared:
                    child.kill()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    try:
        yield
    finally:
        stop.set()
        killer.join(timeout=10)


def test_a_killed_process_is_told_in_words_and_the_next_print_works(design, paper):
    with Press(2) as press:
        with (
            killing_new_processes(),
            pytest.raises(PrintingStopped, match="Nothing was written"),
        ):
            render_pdf(design, document(), "a4", press)
        assert render_pdf(design, document(), "a4", press) == paper


def test_a_process_that_starts_while_another_is_killed_is_ended_too(design, paper, monkeypatch):
    """A pool of the standard library forgets it, or waits for it for ever."""
    spared, really = multiprocessing.active_children(), BaseProcess.start

    def started() -> set[BaseProcess]:
        return set(multiprocessing.active_children()) - set(spared)

    def start(process: BaseProcess) -> None:
        for child in started():
            child.kill()
            child.join(timeout=10)
        threading.Event().wait(0.2)
        really(process)

    with Press(2) as press:
        monkeypatch.setattr(BaseProcess, "start", start)
        with pytest.raises(PrintingStopped):
            render_pdf(design, document(), "a4", press)
        assert not started()
        monkeypatch.undo()
        assert render_pdf(design, document(), "a4", press) == paper


def test_printing_that_is_stopped_as_it_begins_is_told_at_once(design, paper):
    with Press(2) as press:
        for moment in range(5):
            timer = threading.Timer(moment * 0.02, press.stop)
            timer.daemon = True
            timer.start()
            with suppress(PrintingStopped):
                assert render_pdf(design, document(), "a4", press) == paper
            timer.join(timeout=10)


def test_processes_killed_while_nothing_was_to_do_are_replaced(design, paper):
    spared = multiprocessing.active_children()
    with Press(2) as press:
        render_pdf(design, document(), "a4", press)
        for child in set(multiprocessing.active_children()) - set(spared):
            child.kill()
            child.join(timeout=10)
        assert render_pdf(design, document(), "a4", press) == paper


def test_the_command_says_that_printing_stopped_and_leaves_the_old_report(tmp_path, monkeypatch):
    monkeypatch.setattr("assessment.reporting.pdf.sensible_processes", lambda: 2)
    example = write_example(tmp_path / "example")
    target = tmp_path / "gap.pdf"
    target.write_bytes(b"the old report")
    words = ["report", str(example.criteria), str(example.answers), "-o", str(target)]
    with killing_new_processes():
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "A process that printed was ended" in result.stderr
    assert "Traceback" not in result.output
    assert target.read_bytes() == b"the old report"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["example", "gap.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_what_takes_too_much_memory_is_refused_in_words_and_the_next_print_works(design, paper):
    with Press(2, memory=500_000_000) as press:
        # Pango ends its process when it cannot have memory; all else says so.
        with pytest.raises(PrintingStopped, match=r"too large|want of memory"):
            render_pdf(design, document(second="<p>Word</p>" * 15_000), "a4", press)
        assert render_pdf(design, document(), "a4", press) == paper


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
def test_processes_end_with_the_one_that_was_killed(design, tmp_path):
    page, program = tmp_path / "page.html", tmp_path / "program.py"
    page.write_text(document(), encoding="utf-8")
    program.write_text(
        "import multiprocessing, os, pathlib, signal, sys\n"
        "from assessment.reporting.pdf import Press, render_pdf\n"
        "if __name__ == '__main__':\n"
        "    page = pathlib.Path(sys.argv[2]).read_text(encoding='utf-8')\n"
        "    render_pdf(pathlib.Path(sys.argv[1]), page, 'a4', Press(2))\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
        encoding="utf-8",
    )
    # Until its output ends: they share it, so the program is over when all of them are.
    told = run_python(program, design, page)
    assert len(told.stdout.split()) == 2
    for process in map(int, told.stdout.split()):
        with suppress(ProcessLookupError):
            os.kill(process, 0)
            assert Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] == "Z"


def test_a_machine_without_pango_is_told_what_to_install_by_several_processes(design, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')")
    program = tmp_path / "program.py"
    program.write_text(
        "import pathlib, sys\n"
        "from assessment.reporting.pdf import PdfUnavailable, Press, print_document\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        print_document(pathlib.Path(sys.argv[1]), '<p>', 'a4', Press(2))\n"
        "    except PdfUnavailable as refusal:\n"
        "        print(refusal)\n",
        encoding="utf-8",
    )
    told = run_python(program, design)
    assert "apt-get install" in told.stdout
    assert told.stderr == ""


# Nothing is read that is not ours


def test_processes_fetch_nothing_from_the_network(design, two):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        hostile = document(first=f'<img alt="x" src="{address}">')
        printed = print_document(design, hostile, "a4", two)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert printed.refused == (address,)
    assert "Jovial end" in text_of(printed.pdf)


def test_processes_read_no_file_of_another_folder(design, tmp_path, two):
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of another folder")
    hostile = document(first=f'<a rel="attachment" href="{secret.as_uri()}">x</a>')
    printed = print_document(design, hostile, "a4", two)
    assert printed.refused == (secret.as_uri(),)
    assert b"another folder" not in printed.pdf
