"""The package as pip sees it: its dependencies and content, and that the Space's versions are among those it allows."""

import fnmatch
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

tomllib = pytest.importorskip("tomllib", reason="Python 3.10 has no parser of TOML")

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def required(lines):
    return {requirement.name: requirement for requirement in map(Requirement, lines)}


def listed(name):
    """Return the requirements in a file itself, without those that it includes."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return required(line for line in lines if line and not line.startswith("-r"))


def space():
    return listed("requirements.txt")


def package():
    return required([*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["page"]])


def test_the_space_runs_what_the_package_needs():
    assert set(space()) == set(package()) - {"packaging"}, "packaging comes with gradio and phonemizer"


@pytest.mark.parametrize("name", sorted(space()))
def test_the_spaces_version_is_one_that_the_package_allows(name):
    exact = [Version(pin.version) for pin in space()[name].specifier if pin.operator == "=="]
    assert all(version in package()[name].specifier for version in exact)
    assert exact or space()[name].specifier == package()[name].specifier


@pytest.mark.parametrize("extra", sorted(set(PROJECT["project"]["optional-dependencies"]) - {"page"}))
def test_the_file_of_an_extra_has_versions_that_it_allows(extra):
    allowed = required(PROJECT["project"]["optional-dependencies"][extra])
    allowed.pop("kokoro-demo", None)
    exact = listed(f"requirements-{extra}.txt")
    assert set(exact) == set(allowed)
    for name, requirement in exact.items():
        (version,) = [pin.version for pin in requirement.specifier if pin.operator == "=="]
        assert version in allowed[name].specifier
        assert requirement.extras == allowed[name].extras


def test_the_library_alone_needs_no_page():
    names = set(required(PROJECT["project"]["dependencies"]))
    assert names.isdisjoint({"gradio", "spaces"})


def test_every_file_of_the_package_is_shipped():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    listed = subprocess.run(["git", "ls-files", "kokoro_demo"], cwd=ROOT, capture_output=True, text=True, check=True)
    data = [Path(line) for line in listed.stdout.splitlines() if not line.endswith(".py")]
    assert data
    assert [path for path in data if not any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)] == []


def test_the_command_is_the_module():
    from kokoro_demo.__main__ import main

    assert PROJECT["project"]["scripts"] == {"kokoro-demo": f"{main.__module__}:{main.__name__}"}
