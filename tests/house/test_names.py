"""Names of people are folded in one place, and compared by nothing else."""

import ast
import re
from pathlib import Path

from core import names

ROOT = Path(names.__file__).parents[1]
ROOMS = ("core", "auth", "accreditation", "appeals", "register")
NAMES = {"given_name", "family_name", "partner_family_name", "full_name", "name_key", "sent_name", "prefix"}
# What is no name of a person, with what it is.
ELSEWHERE = {
    "core/names.py": "the one place",
    "core/fields.py": "text as it comes in, composed (NFC)",
    "accreditation/attendance/reading.py": "text as it comes in, composed (NFC)",
    "appeals/library/policy.py": "the running text of decisions",
    "auth/passwords.py": "a password held against words",
}


def modules() -> list[Path]:
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def faults(path: Path) -> list[str]:
    """Other ways to fold: of any text, or of a column or field that holds a name."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        verb = node.func.attr
        touched = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
        about_names = bool(touched & NAMES)
        normalizes = verb == "normalize" and ast.unparse(node.func.value) == "unicodedata"
        if (
            verb == "casefold"
            or normalizes
            or verb in {"ilike", "icontains"}
            or (verb in {"lower", "upper"} and about_names)
        ):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {verb}")
    return found


def test_no_other_module_folds_names():
    found = [each for path in modules() if path.relative_to(ROOT).as_posix() not in ELSEWHERE for each in faults(path)]

    assert found == []


# Who may ask for a person by id or number: the one look-up and what it rests on, and what puts it through there.
LOOK_UP = {"auth/lookup.py", "auth/merged_persons.py", "auth/persons.py"}
BY_ID = re.compile(
    r"\bPerson\.register_number\)?\s*(==|!=|\.in_)|\bget(_one)?\(\s*Person\b"
    r"|\bPerson\.id\)?\s*(\.in_|==(?!\s*\w+\.(person_id|id)\b))"
)


def test_people_are_looked_up_by_id_or_number_in_one_place():
    """So that whoever was merged is found as who was kept, whatever the door."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in modules()
        if path.relative_to(ROOT).as_posix() not in LOOK_UP
        for match in BY_ID.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


FOLDED = re.compile(r"(mail|address)\)?\.(lower|upper)\(\)")


def addresses_compared_otherwise(tree: ast.AST) -> list[int]:
    """The lines where an e-mail address meets a column, or small letters, without the one key."""
    keyed = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_key(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and _is_column(node.left):
            other = node.comparators[0]
            if not (_is_key(other) or _is_column(other) or (isinstance(other, ast.Name) and other.id in keyed)):
                found.append(node.lineno)
    return found + [number for number, line in enumerate(ast.unparse(tree).splitlines(), 1) if FOLDED.search(line)]


def _is_key(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("address_key")


def _is_column(node: ast.AST) -> bool:
    return bool(re.fullmatch(r"(col\()?[A-Z]\w+\.email\)?", ast.unparse(node)))


def test_addresses_are_compared_by_their_one_key():
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in modules()
        if (lines := addresses_compared_otherwise(ast.parse(path.read_text(encoding="utf-8"))))
    }

    assert found == {}
