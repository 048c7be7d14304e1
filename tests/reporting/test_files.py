"""Writing a file: the old one or the new one, never half of it, and nothing left beside it."""

from __future__ import annotations

import os
import threading

import pytest

from assessment.reporting.files import write_whole


def test_a_file_is_written(tmp_path):
    write_whole(tmp_path / "report.pdf", b"new")
    assert (tmp_path / "report.pdf").read_bytes() == b"new"


def test_the_new_file_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old, and longer")
    write_whole(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]
    assert path.read_bytes() == b"new"


def test_the_old_file_stays_when_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_an_error_and_is_not_made(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "absent" / "report.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to("real.pdf")
    write_whole(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_a_file_keeps_who_may_read_it(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"new")
    reader.join(timeout=10)
    assert got == [b"new"]
    assert pipe.is_fifo()
