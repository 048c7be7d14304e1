"""`./dev vendor`: build what is made of packages for the browser, with npm, into static/vendor.

The result is committed, so that nobody needs Node to install or to test. With --check it is built
aside and compared: another byte means that what is served is not what the sources say.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "frontend" / "charts"
TARGET = ROOT / "assessment" / "web" / "static" / "vendor"
SERVED = ("plotly.css", "plotly.js")
WHOLE = (*SERVED, "LICENSES.txt")


def main(arguments: list[str]) -> int:
    """Build, or with --check only compare."""
    if not (shutil.which("npm") and shutil.which("node")):
        print("Building needs Node and npm, and there is none here: apt-get install npm.")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        build(made)
        if "--check" in arguments:
            return compare(made)
        TARGET.mkdir(exist_ok=True)
        for path in made.iterdir():
            shutil.copy(path, TARGET / path.name)
            print(f"{path.name:16}{path.stat().st_size:>10,}")
    return 0


def build(folder: Path) -> None:
    """Put the files, their compressed forms and the word where they come from into *folder*."""
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    run("npm", "ci", *quiet)
    run("node", "build.mjs", folder)
    said = json.loads(folder.joinpath("sources.json").read_text(encoding="utf-8"))
    folder.joinpath("sources.json").unlink()
    record = {
        "built by": "frontend/charts/build.mjs",
        "built with": f"esbuild {said['esbuild']}",
        "licences": "LICENSES.txt",
        "files": [
            {"file": name, "sha256": sha256(folder / name), "made from": said["sources"]}
            if name == "plotly.js"
            else {"file": name, "sha256": sha256(folder / name)}
            for name in WHOLE
        ],
    }
    folder.joinpath("VENDOR.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    for name in SERVED:
        content = folder.joinpath(name).read_bytes()
        folder.joinpath(f"{name}.br").write_bytes(brotli.compress(content))
        folder.joinpath(f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))


def compare(made: Path) -> int:
    """Name what differs. Compressed forms may, by the version of a library; a test unpacks them."""
    names = (*WHOLE, "VENDOR.json")
    other = [name for name in names if sha256(made / name) != sha256(TARGET / name)]
    for name in other:
        print(f"{name} differs from what frontend/charts builds.")
    if not other:
        print(f"{len(names)} files are what frontend/charts builds.")
    return int(bool(other))


def sha256(path: Path) -> str:
    """The fingerprint of *path*; empty where there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def run(*command: str | Path) -> None:
    """Run a program in the folder of the sources."""
    program = shutil.which(command[0]) or command[0]
    subprocess.run([program, *command[1:]], cwd=SOURCE, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
