"""F12: many clients that send a byte now and then, while one asks as usual.

    python tests/web/slow_clients.py HOST PORT SECONDS PATH

Half of the slow ones never finish their headers, half never finish the body they promised. A server
that gives each connection a thread is stopped by as many of them as it has threads.
"""

from __future__ import annotations

import socket
import statistics
import sys
import threading
import time
from dataclasses import dataclass

HEADERS = "GET /sign-in HTTP/1.1\r\nHost: {host}\r\nX-Slow: "
BODY = (
    "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 5000\r\n\r\ncode="
)


@dataclass(frozen=True)
class Meanwhile:
    """What the ordinary client met, in milliseconds."""

    answered: int
    failed: int
    median: float
    p95: float
    slowest: float
    opened: int
    """How many slow connections could be opened."""


def measure(host: str, port: int, seconds: float, path: str, each: int = 150) -> Meanwhile:
    """Ask *path* one after the other for *seconds*, with twice *each* slow connections open."""
    over = threading.Event()
    sockets = _open(host, port, each)
    dripping = threading.Thread(target=_drip, args=(sockets, over), daemon=True)
    dripping.start()
    times: list[float] = []
    failed = 0
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                good = _ask(host, port, path)
            except OSError:
                good = False
            times.append((time.monotonic() - began) * 1000)
            failed += not good
            time.sleep(0.02)
    finally:
        over.set()
        dripping.join(timeout=60)
        for each_socket in sockets:
            each_socket.close()
    times.sort()
    return Meanwhile(
        len(times) - failed,
        failed,
        round(statistics.median(times), 1),
        round(times[int(len(times) * 0.95)], 1),
        round(times[-1], 1),
        len(sockets),
    )


def _open(host: str, port: int, each: int) -> list[socket.socket]:
    sockets = []
    for start in (HEADERS, BODY):
        for _ in range(each):
            try:
                opened = socket.create_connection((host, port), timeout=5)
                opened.sendall(start.format(host=f"{host}:{port}").encode())
            except OSError:
                continue
            sockets.append(opened)
    return sockets


def _drip(sockets: list[socket.socket], over: threading.Event) -> None:
    while not over.wait(1):
        for each in sockets:
            try:
                each.sendall(b"a")
            except OSError:
                continue


def _ask(host: str, port: int, path: str) -> bool:
    with socket.create_connection((host, port), timeout=10) as asking:
        words = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        asking.sendall(words.encode())
        answer = b""
        while part := asking.recv(65536):
            answer += part
    return answer.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    print(measure(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]))
