"""Imports point down, without cycles, including those for types or inside functions."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kokoro_demo"
# From the bottom up; modules on the same floor may import each other. The longest name that matches a module decides.
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
    """Return every module by its name in the package; a package's __init__ has the package's name."""
    result = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        result[name.removesuffix(".__init__")] = path
    return result


MODULES = modules()


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Return the full names of everything that a file imports, at its top or inside a function."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(names)


def own(name: str) -> str | None:
    """Return the module of this package that a full name is, or is in."""
    if name.split(".")[0] != "kokoro_demo":
        return None
    parts = name.split(".")[1:]
    while parts and ".".join(parts) not in MODULES:
        parts.pop()
    return ".".join(parts) or "__init__"


def floor(module: str) -> int:
    """Return the height of a module's floor."""
    heights = {name: height for height, names in enumerate(FLOORS) for name in names}
    fitting = [name for name in heights if module == name or module.startswith(f"{name}.")]
    assert fitting, f"{module} has no floor: add it to FLOORS"
    return heights[max(fitting, key=len)]


IMPORTS = {
    name: {other for full in imported(path) if (other := own(full)) and other != name} for name, path in MODULES.items()
}


def test_there_is_no_import_cycle():
    try:
        TopologicalSorter(IMPORTS).prepare()
    except CycleError as error:
        pytest.fail(f"an import cycle: {' <- '.join(error.args[1])}")


def test_no_import_points_up():
    up = [f"{name} -> {other}" for name, others in IMPORTS.items() for other in others if floor(other) > floor(name)]
    assert up == []


@pytest.mark.parametrize("library", sorted(OUTSIDE))
def test_a_heavy_library_is_imported_only_in_its_own_folders(library):
    allowed = OUTSIDE[library]
    elsewhere = [
        name
        for name, path in MODULES.items()
        if any(full.split(".")[0] == library for full in imported(path))
        and not any(name == folder or name.startswith(f"{folder}.") for folder in allowed)
    ]
    assert elsewhere == []
