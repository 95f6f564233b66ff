"""Where scenario files and their parts are kept."""

from __future__ import annotations

from pathlib import Path

from sim.errors import nearest, usage_error

PACKAGE = Path(__file__).parents[1]
CONFIGS = next(p for p in (PACKAGE / "configs", PACKAGE.parent / "configs") if p.is_dir())
"""The folder of configurations: in the package when installed, beside it in a checkout."""


def known(group: str) -> list[str]:
    """Names of a group: scenario, experiment, treaty, ladder, archetype, or record (folders)."""
    pattern = "*/" if group == "record" else "*.yaml"
    return sorted(file.stem for file in (CONFIGS / group).glob(pattern))


def built_in(group: str, name: object, *, path: str = "", more: str = "") -> Path:
    """The program's own file of a group by its name; UsageError (at `path`) for an unknown name."""
    names = known(group)
    if name not in names:
        near = nearest(str(name), names)
        hint = f"did you mean '{near}'? " if near else ""
        hint += f"known: {', '.join(names)}{more}"
        raise usage_error(f"there is no {group} '{name}'", path=path, hint=hint)
    return CONFIGS / group / f"{name}.yaml"


def named_file(group: str, name: object, *, path: str = "") -> Path:
    """The file of a group by its name, or a user's own by the path of a YAML file."""
    if isinstance(name, str) and (name.endswith((".yaml", ".yml")) or {"/", "\\"} & set(name)):
        return Path(name)
    return built_in(group, name, path=path, more="; or give the path of a .yaml file")


def part_file(reference: str, file: str, path: str) -> Path:
    """The file behind `from: group/name`; only files of the program's own configurations."""
    group, _, name = reference.partition("/")
    groups = ("archetype", "ladder", "treaty")
    if group not in groups or name not in known(group):
        options = [f"{g}/{n}" for g in groups for n in known(g)]
        near = nearest(reference, options)
        raise usage_error(
            f"there is nothing called '{reference}' to start from",
            file=file,
            path=f"{path}.from",
            hint=f"did you mean '{near}'?" if near else f"known: {', '.join(options)}",
        )
    return CONFIGS / group / f"{name}.yaml"
