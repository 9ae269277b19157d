"""What is installed is what pyproject.toml pins, on every machine; and nothing of it may keep us from EUPL-1.2."""

import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
PINS = {
    canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
    for pin in map(Requirement, PROJECT["tool"]["uv"]["constraint-dependencies"])
    if pin.marker is None or pin.marker.evaluate()
}
INSTALLED = {canonicalize_name(found.name): found for found in distributions()}
OURS = canonicalize_name(PROJECT["project"]["name"])

# Permissive, or with a copyleft that stays within its own files: none asks anything of the code that uses it.
ALLOWED = {
    *("MIT", "MIT-0", "MIT-CMU", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "PSF-2.0", "CNRI-Python"),
    *("Zlib", "Unlicense", "MPL-2.0", "EUPL-1.2"),
}
# What packages without an SPDX expression write instead.
MEANT = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# What says nothing in its metadata, as read in its LICENSE file.
READ = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # the second is that of the axe-core within
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # PDFium and what it holds (FreeType, ICU, libjpeg-turbo): permissive
}
# security.md, "Versions to hold": what was mended in them.
AT_LEAST = {
    "litestar": "2.22",  # CVE-2024-32982, CVE-2025-59152, CVE-2026-25479, CVE-2026-25480, X-Forwarded-Host
    "multipart": "1.3.1",  # CVE-2026-28356
    "python-jose": "3.4",  # CVE-2024-33663, CVE-2024-33664
    "sqlmodel": "0.0.50",  # UTCDateTime
    "jinja2": "3.1.6",  # CVE-2025-27516
    "sqlalchemy": "2.0.58",
    "h11": "0.16",  # CVE-2025-43859
}


def test_everything_installed_is_pinned_at_its_version():
    installed = {name: found.version for name, found in INSTALLED.items() if name != OURS}

    assert installed == PINS, "run .ci/pins and uv sync"


def test_every_pin_is_one_exact_version():
    pins = [*PROJECT["tool"]["uv"]["constraint-dependencies"], *PROJECT["tool"]["uv"]["build-constraint-dependencies"]]

    assert pins
    assert [pin for pin in pins if [one.operator for one in Requirement(pin).specifier] != ["=="]] == []
    assert all("==" in needed for needed in PROJECT["build-system"]["requires"])


def test_each_pin_is_known_by_its_digests_and_by_no_address():
    """`.ci/requirements.txt`: what `.ci/run` installs from."""
    text = (Path(__file__).parents[2] / ".ci/requirements.txt").read_text()
    named = [line.split(" \\")[0] for line in text.splitlines() if line and not line.startswith(" ")]
    digests = [line.strip().removesuffix(" \\") for line in text.splitlines() if line.startswith(" ")]

    assert {str(Requirement(one)) for one in named} == {
        str(Requirement(pin)) for pin in PROJECT["tool"]["uv"]["constraint-dependencies"]
    }, "run .ci/pins"
    assert "://" not in text
    assert text.count(" \\\n    --hash=sha256:") == len(digests) >= len(named)
    assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in digests)


@pytest.mark.parametrize(("name", "version"), AT_LEAST.items())
def test_versions_with_known_holes_are_not_pinned(name, version):
    assert Version(PINS[name]) >= Version(version)


def test_passlib_itself_is_not_installed_beside_its_continuation():
    assert "passlib" not in INSTALLED


def licences(found: Distribution) -> set[str]:
    """The licences that must all be acceptable; of alternatives (OR) it is enough that one is."""
    meta = found.metadata
    if expression := meta.get("License-Expression") or READ.get(canonicalize_name(found.name)):
        text = expression
    else:
        named = [
            line.split(" :: ")[-1]
            for line in meta.get_all("Classifier", [])
            if line.startswith("License ::") and line.count("::") > 1
        ]
        named = named or (meta.get("License") or "none").splitlines()[:1]  # some put the whole text there
        text = " AND ".join(MEANT.get(name, name) for name in named)
    parts = [{part.strip("() ") for part in term.split(" OR ")} for term in text.split(" AND ")]
    return {"/".join(sorted(part)) for part in parts if not part & ALLOWED}


def test_no_installed_licence_stands_in_the_way_of_the_eupl():
    strange = {name: found_in for name, found in INSTALLED.items() if (found_in := licences(found))}

    assert strange == {}


def test_every_allowed_licence_is_an_spdx_name():
    assert {canonicalize_license_expression(name) for name in ALLOWED} == ALLOWED
