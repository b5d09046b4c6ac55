"""Imports point down: no module reaches up a floor or round in a circle, not even for a type or inside a function."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kokoro_demo"
# From the ground up; modules of one floor may import each other. The longest name that fits a module decides.
FLOORS = [
    ["budget", "errors", "files", "bounded_cache", "languages", "temporary", "synthesis.process_memory"],
    ["text", "model", "voices", "audio", "synthesis.compute_thread"],
    ["g2p", "first", "checkpoints"],
    ["script"],
    ["timeline"],
    ["formats"],
    ["speech"],
    ["pronouncing", "request_fields", "share", "checklist", "lexicons"],
    ["synthesis"],
    ["__init__"],
    ["commands", "batch", "checklist.command", "cluster", "doctor", "ui"],
    ["__main__"],
]  # fmt: skip
OUTSIDE = {
    "ray": ["cluster"],
    "gradio": ["ui"],
    "spaces": ["ui"],
    "torch": [
        "model",
        "first",
        "checkpoints",
        "voices",
        "synthesis",
        "commands",
        "doctor",
        "ui.zerogpu",
        "ui.own_packs",
    ],
}


def modules() -> dict[str, Path]:
    """Every module by its name below the package, a package by its folder's."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The full names of all that a file imports, at its top or inside a function."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(names)


def own(name: str) -> str | None:
    """The module of ours that a full name is or lies in."""
    if name.split(".")[0] != "kokoro_demo":
        return None
    parts = name.split(".")[1:]
    while parts and ".".join(parts) not in MODULES:
        parts.pop()
    return ".".join(parts) or "__init__"


def floor(module: str) -> int:
    """The height of a module's floor."""
    heights = {name: height for height, names in enumerate(FLOORS) for name in names}
    fitting = [name for name in heights if module == name or module.startswith(f"{name}.")]
    assert fitting, f"{module} has no floor: add it to FLOORS"
    return heights[max(fitting, key=len)]


ARROWS = {
    name: {other for full in imported(path) if (other := own(full)) and other != name} for name, path in MODULES.items()
}


def test_there_is_no_circle():
    try:
        TopologicalSorter(ARROWS).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' <- '.join(error.args[1])}")


def test_no_arrow_points_up():
    up = [f"{name} -> {other}" for name, others in ARROWS.items() for other in others if floor(other) > floor(name)]
    assert up == []


@pytest.mark.parametrize("library", sorted(OUTSIDE))
def test_a_heavy_library_is_imported_in_its_own_folders_alone(library):
    allowed = OUTSIDE[library]
    elsewhere = [
        name
        for name, path in MODULES.items()
        if any(full.split(".")[0] == library for full in imported(path))
        and not any(name == folder or name.startswith(f"{folder}.") for folder in allowed)
    ]
    assert elsewhere == []
