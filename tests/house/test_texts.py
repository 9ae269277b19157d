"""What may not stand in any file of the repository, and what may not stand in its code."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "auth", "accreditation", "appeals", "register")


def listed() -> list[Path]:
    """Every file of ours, also the ones not committed yet; all that is there when this is no git checkout."""
    ours = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(ours, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
        found = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not any(part.startswith(".venv") for part in path.parts)]
    return [path for path in found if path.is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


FILES = listed()
CODE = [path for path in FILES if path.suffix == ".py"]
OURS = [path for path in CODE if name(path).split("/")[0] in ROOMS]
# Written so that no pattern finds itself.
FORBIDDEN = {
    "a path of one machine": r"/(?:work|root)/(?=\w)|/(?:home|Users)/\w+/",
    "the address of a package registry": r"pypi\.org|pythonhosted\.org|registry\.npmjs|(?:index|registry)-url\s*=",
    "a private key": r"BEGIN [A-Z ]*PRIVATE[ ]KEY",
    "a token": r"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bxox[abp]-\w{10,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}",
    "a conflict that git left": r"(?m)^(?:<{7}|>{7})[ ]",
}
# A literal where a secret is set in code; tests may set what only they know.
SECRET = re.compile(r"""(?i)\b\w*(?:password|passwd|secret(?!ar)|api_?key)\w*["']?\s*[:=]\s*["'][^"'\s{}<>]{10,}["']""")
# Past 400 lines look for the second subject inside. A file that stays long stands here, with the reason.
LONG: dict[str, str] = {}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    found = {name(path): match.group() for path in FILES if (match := pattern.search(text(path)))}

    assert found == {}


def test_no_secret_is_written_in_the_code():
    code = [path for path in FILES if path.suffix in {".py", ".toml", ".yaml", ".yml", ".json", ".sh", ".cfg", ".ini"}]
    shipped = [path for path in code if not name(path).startswith("tests/")]

    assert {name(path): match.group() for path in shipped if (match := SECRET.search(text(path)))} == {}


def test_annotations_are_there_at_run_time():
    """Litestar and SQLModel read them: a postponed or guarded import breaks relationships and injection."""
    postponed = re.compile(r"^from __future__ import .*annotations|\bTYPE_CHECKING\b", re.MULTILINE)

    assert [name(path) for path in OURS if postponed.search(text(path))] == []


def test_a_file_reads_in_one_sitting():
    long = {name(path): text(path).count("\n") for path in OURS if "migrations/versions" not in name(path)}
    long = {file: lines for file, lines in long.items() if lines > 400}

    assert long.keys() - LONG.keys() == set(), "look for the second subject, or say in LONG why it stays"
    assert LONG.keys() - long.keys() == set(), "no longer long"


def calls_without_a_reason(tree: ast.AST) -> list[int]:
    """Lines that skip a test, or expect it to fail, and do not say why."""
    silent = []
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in {"skip", "skipif", "xfail", "importorskip"}:
            continue
        if not ast.unparse(node).startswith("pytest."):
            continue
        call = called.get(id(node))
        reasons = {word.arg for word in call.keywords} if call else set()
        told = bool(call and call.args and node.attr in {"skip", "xfail"})
        if "reason" not in reasons and not told:
            silent.append(node.lineno)
    return silent


@pytest.mark.parametrize(
    ("line", "silent"),
    [
        ("@pytest.mark.skip\ndef test_a(): ...", True),
        ("@pytest.mark.xfail(strict=True)\ndef test_a(): ...", True),
        ("pytest.skip()", True),
        ("pytest.skip('no browser here')", False),
        ("pytest.mark.skipif(True, reason='no browser here')", False),
    ],
)
def test_a_skip_without_a_reason_is_seen(line, silent):
    assert bool(calls_without_a_reason(ast.parse(line))) is silent


def test_every_skipped_or_failing_test_says_why():
    tests = [path for path in CODE if name(path).startswith("tests/")]

    assert {name(path): lines for path in tests if (lines := calls_without_a_reason(ast.parse(text(path))))} == {}


PAPERS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")})
NAMED = re.compile(r"`((?:core|auth|accreditation|appeals|register|docs|tests|\.ci)/[\w./*-]*)`")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_a_paper_names_only_files_that_are_there(paper):
    said = [path for path in NAMED.findall(text(paper)) if not any(ROOT.glob(path.rstrip("/")))]
    leads = [link for link in LINKED.findall(text(paper)) if not (paper.parent / link).exists()]

    assert (said, leads) == ([], [])
