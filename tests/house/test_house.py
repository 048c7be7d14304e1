"""The house rules that no linter knows: what may be named, where things stand, what is shipped."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pathspec
import pytest

import dev

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "assessment"
TOP_LEVEL = {
    ".ci", ".editorconfig", ".gitattributes", ".gitignore",
    "LICENSE", "README.md", "assessment", "benchmarks", "criteria", "dev", "docs", "frontend",
    "pyproject.toml", "reports", "requirements", "templates", "tests", "tools",
}  # fmt: skip

# Put together from parts, so that this file does not contain what it looks for: places and names of
# the workshop, and hosts of package indexes, which are the business of the machine that installs.
ELSEWHERE = [
    "".join(parts).encode()
    for parts in [
        ("../", "shared"), ("/wo", "rk/"), (".lib", "rary"), ("farm", "-studio"),
        ("farm", "-bench"), ("pypi", ".org"), ("python", "hosted.org"), ("registry.", "npmjs"),
        ("deb.", "debian.org"),
    ]
]  # fmt: skip

FRAMEWORK_NAMES = re.compile(
    r"(?<![a-z])(baldrige|efqm|adli|letci|deming|crosby|juran|shingo|iso[\W_]?\d)", re.IGNORECASE
)


def project_files() -> Iterator[Path]:
    """Every file of the project: what .gitignore names is not, and git itself is not needed."""
    ignored = pathspec.GitIgnoreSpec.from_lines(
        ROOT.joinpath(".gitignore").read_text().splitlines()
    )
    for place, folders, files in os.walk(ROOT):
        here = Path(place).relative_to(ROOT)
        folders[:] = [
            name for name in folders if name != ".git" and not ignored.match_file(f"{here / name}/")
        ]
        yield from (
            ROOT / here / name
            for name in files
            if name != ".git" and not ignored.match_file(here / name)
        )


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package, parsed."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def listed(found: list[str]) -> str:
    """What a failing test shows: every place, not the first."""
    return "\n".join(["", *found])


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def entries(lock: str) -> set[str]:
    """A lock's requirements, each with its version, its condition and its hashes."""
    text = ROOT.joinpath("requirements", lock).read_text(encoding="utf-8")
    return set(re.split(r"\n(?! )", text.strip()))


def names_in_lock(lock: str) -> set[str]:
    return {entry.partition("==")[0] for entry in entries(lock)}


def names_in_pyproject(*extras: str) -> set[str]:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    return {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in asked}


# Places and names


def test_no_file_names_a_place_outside_the_project():
    found = [
        f"{place(path)} contains {word.decode()}"
        for path in project_files()
        for word in ELSEWHERE
        if word in path.read_bytes()
    ]
    assert not found, listed(found)


def test_the_top_level_holds_only_what_the_house_lists():
    assert {path.relative_to(ROOT).parts[0] for path in project_files()} - TOP_LEVEL == set()


def test_no_framework_is_named_in_the_code():
    found = [
        f"{place(path, line)} {text.strip()[:60]!r}"
        for path, module in modules()
        for line, text in [(1, path.stem), *identifiers_and_strings(module)]
        if FRAMEWORK_NAMES.search(text)
    ]
    assert not found, listed(found)


def identifiers_and_strings(module: ast.Module) -> Iterator[tuple[int, str]]:
    """What the program is made of, without its comments and docstrings."""
    explained = {id(node) for node in docstrings(module)}
    for node in ast.walk(module):
        if id(node) in explained:
            continue
        for _, value in ast.iter_fields(node):
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, bytes):
                    text = text.decode(errors="replace")
                if isinstance(text, str):
                    yield getattr(node, "lineno", 1), text


def docstrings(module: ast.Module) -> Iterator[ast.expr]:
    """Docstrings, and the strings that stand under a field to explain it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


@pytest.mark.parametrize(
    "code", ["efqm_cap = 1", "x = {'Baldrige': 1}", "f'ISO 9001 {x}'", "def adli(): pass"]
)
def test_a_framework_name_would_be_found(code):
    texts = [text for _, text in identifiers_and_strings(ast.parse(code))]
    assert any(FRAMEWORK_NAMES.search(text) for text in texts)


@pytest.mark.parametrize(
    "code", ["headline = 'deadline'", "today.isoformat()", '"""As in EFQM."""']
)
def test_a_word_that_only_looks_like_a_framework_name_is_let_through(code):
    texts = [text for _, text in identifiers_and_strings(ast.parse(code))]
    assert not any(FRAMEWORK_NAMES.search(text) for text in texts)


# Words in the code


def test_every_module_and_class_and_every_longer_public_function_explains_itself():
    found = [
        f"{place(path, getattr(node, 'lineno', 1))} {getattr(node, 'name', 'module')}"
        for path, module in modules()
        for node in needing_a_docstring(module)
        if not ast.get_docstring(node)
    ]
    assert not found, listed(found)


def needing_a_docstring(
    tree: ast.Module | ast.ClassDef,
) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    yield tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from needing_a_docstring(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.body[0].lineno + 1
            private = node.name.startswith("_") or getattr(tree, "name", "").startswith("_")
            if not private and lines > 6:
                yield node


# What is installed


@pytest.mark.parametrize("lock", ["runtime.txt", "test.txt", "uv.txt"])
def test_a_lock_names_versions_and_hashes_and_no_address(lock):
    text = ROOT.joinpath("requirements", lock).read_text(encoding="utf-8")
    complete = re.compile(r"\S+==[^\\]+ \\\n +--hash=sha256:")
    assert {entry for entry in entries(lock) if not complete.match(entry)} == set()
    assert "http" not in text
    assert "--index" not in text


def test_the_runtime_lock_holds_what_pyproject_asks_for():
    assert names_in_pyproject() - names_in_lock("runtime.txt") == set()


def test_the_test_lock_holds_what_pyproject_asks_for():
    assert names_in_pyproject("test") - names_in_lock("test.txt") == set()


def test_no_test_tool_is_needed_at_run_time():
    tools = names_in_pyproject("test") - names_in_pyproject()
    assert tools & names_in_lock("runtime.txt") == set()


def test_both_locks_name_the_same_versions():
    assert entries("runtime.txt") - entries("test.txt") == set()


# What is shipped


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked, as an installer would leave it."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert built.returncode == 0, built.stderr
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run_installed(installed: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python in another place, with the unpacked wheel instead of the checkout."""
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("data", ["criteria", "reports", "templates"])
def test_a_wheel_carries_the_data_inside_the_package(installed, data):
    shipped = {
        path.relative_to(ROOT) for path in project_files() if path.is_relative_to(ROOT / data)
    }
    carried = installed / "assessment" / "_data"
    assert shipped
    assert {path for path in shipped if not carried.joinpath(path).is_file()} == set()


def test_a_wheel_carries_the_package_and_nothing_beside_it(installed):
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == {
        "assessment"
    }


def test_a_wheel_carries_what_the_pages_load(installed):
    static = Path("assessment") / "web" / "static"
    shipped = {
        path.relative_to(ROOT) for path in project_files() if path.is_relative_to(ROOT / static)
    }
    assert static / "vendor" / "plotly.js.br" in shipped
    assert {path for path in shipped if not installed.joinpath(path).is_file()} == set()


def test_an_installed_wheel_finds_its_own_criteria(installed):
    shown = run_installed(
        installed,
        "-c",
        "import json, assessment.resources as r; print(json.dumps(str(r.CRITERIA)))",
    )
    assert shown.stderr == ""
    assert Path(json.loads(shown.stdout)) == installed / "assessment" / "_data" / "criteria"


def test_an_installed_wheel_checks_the_criteria_it_carries(installed):
    criteria = installed / "assessment" / "_data" / "criteria"
    checked = run_installed(installed, "-m", "assessment", "check", criteria)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# The commands


def test_dev_alone_lists_every_command():
    shown = subprocess.run([ROOT / "dev"], check=True, capture_output=True, encoding="utf-8").stdout
    assert [name for name in dev.COMMANDS if f"  {name} " not in shown] == []


def test_an_unknown_command_shows_the_known_ones_and_fails():
    asked = subprocess.run([ROOT / "dev", "nonsense"], check=False, capture_output=True)
    assert asked.returncode == 2
    assert b"./dev COMMAND" in asked.stdout
