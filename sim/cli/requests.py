"""From what was typed to what is asked for: Hydra's overrides, checked against what exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.errors import nearest, usage_error
from sim.job import Request
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS, known
from sim.scenario.spec import Scenario

FLAGS = ("-m", "--multirun")
LARGEST_SEED = 2**63 - 1


def read_requests(arguments: Sequence[str]) -> list[Request]:
    """One request for each experiment named. Raises UsageError, and runs nothing."""
    typed = [argument for argument in arguments if argument not in FLAGS]
    for argument in typed:
        if argument.startswith("-") or "=" not in argument:
            raise usage_error(f"'{argument}' is not understood", hint="settings are NAME=VALUE")
    overrides = [_parse(argument) for argument in typed]
    names = [value for o in overrides if o.key_or_group == "experiment" for value in _values(o)]
    rest = [override for override in overrides if override.key_or_group != "experiment"]
    _no_repeats(rest)
    if not names:
        return [_request("", rest, typed)]
    return [_request(_experiment(name), rest, typed) for name in names]


def _parse(argument: str) -> Override:
    try:
        override = OverridesParser.create().parse_override(argument)
    except HydraException as error:
        said = str(error).strip().splitlines()[0]
        raise usage_error(f"'{argument}' cannot be read: {said}", hint="NAME=VALUE") from None
    if override.is_delete():
        raise usage_error(f"'{argument}': nothing can be deleted", hint="NAME=VALUE sets a value")
    return override


def _values(override: Override) -> list[Any]:
    """The value, or the values of a sweep or list."""
    if override.is_sweep_override():
        return [_plain(v) for v in override.sweep_iterator(transformer=lambda value: value)]
    value = _plain(override.value())
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    """Hydra's quoted strings as text."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.text if hasattr(value, "text") else value


def _no_repeats(overrides: Sequence[Override]) -> None:
    seen = set()
    for override in overrides:
        if override.key_or_group in seen:
            raise usage_error(f"'{override.key_or_group}' is set twice", path="command line")
        seen.add(override.key_or_group)


def _experiment(name: Any) -> str:
    if name not in known("experiment"):
        near = nearest(str(name), known("experiment"))
        hint = f"did you mean '{near}'? " if near else ""
        raise usage_error(
            f"there is no experiment '{name}'",
            hint=f"{hint}known: {', '.join(known('experiment'))}",
        )
    return str(name)


def _compose(experiment: str) -> dict[str, Any]:
    """The configuration that Hydra composes from config.yaml and the experiment."""
    chosen = [f"+experiment={experiment}"] if experiment else []
    try:
        with initialize_config_dir(config_dir=str(CONFIGS.resolve()), version_base="1.3"):
            tree = OmegaConf.to_container(compose("config", overrides=chosen), resolve=True)
    except (HydraException, OmegaConfBaseException) as error:
        file = f"{CONFIGS}/experiment/{experiment}.yaml"
        raise usage_error(str(error).strip().splitlines()[0], file=file) from None
    return {str(key): value for key, value in tree.items()} if isinstance(tree, dict) else {}


def _request(experiment: str, overrides: Sequence[Override], typed: Sequence[str]) -> Request:
    tree = _compose(experiment)
    settings = {name: tree.pop(name) for name in _compose("")}
    changes: dict[str, object] = {}
    levers: list[Override] = []
    for override in overrides:
        name = override.key_or_group
        if name in settings:
            settings[name] = _single(name, _values(override))
        elif name.startswith("scenario."):
            changes[name.removeprefix("scenario.")] = _single(name, _values(override))
        else:
            levers.append(override)
    scenario = load_scenario(_text("scenario", settings["scenario"]), changes)
    values = dict(_leaves(tree))
    for override in levers:
        values[override.key_or_group] = _values(override)
    for name in values:
        _must_be_known(name, scenario, settings)
    return Request(
        experiment=experiment or "levers",
        title=_text("title", settings["title"]),
        question=_text("question", settings["question"]),
        scenario=scenario,
        values={name: v if isinstance(v, list) else [v] for name, v in values.items()},
        replicates=_whole("replicates", settings["replicates"], 1, 10_000_000),
        seed=_whole("seed", settings["seed"], 0, LARGEST_SEED),
        engine=_choice("engine", settings["engine"], ("compiled", "mesa")),
        workers=_maybe_workers(settings["workers"]),
        out=None if settings["out"] is None else _text("out", str(settings["out"])),
        force=_choice("force", str(settings["force"]).lower(), ("true", "false")) == "true",
        typed=tuple(typed),
    )


def _leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and values below a mapping."""
    for key, value in tree.items():
        name = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict):
            yield from _leaves(value, name)
        else:
            yield name, value


def _must_be_known(name: str, scenario: Scenario, settings: Mapping[str, Any]) -> None:
    if name in scenario.levers:
        return
    options = [*scenario.levers, *settings, "experiment"]
    near = nearest(name, options)
    hint = f"did you mean '{near}'? " if near else ""
    raise usage_error(
        f"'{name}' is not a lever of this scenario, nor a setting",
        path="command line",
        hint=f"{hint}levers: {', '.join(scenario.levers)}; settings: {', '.join(settings)}",
    )


def _single(name: str, values: list[Any]) -> Any:
    if len(values) != 1:
        raise usage_error(f"{name} takes one value, not {len(values)}", path=name)
    return values[0]


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise usage_error(f"a name is needed, not {value!r}", path=name)
    return value


def _whole(name: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise usage_error(
            f"a whole number from {low} to {high} is needed, not {value!r}", path=name
        )
    return value


def _choice(name: str, value: Any, choices: Sequence[str]) -> str:
    if value not in choices:
        near = nearest(str(value), choices)
        hint = f"did you mean '{near}'?" if near else ""
        raise usage_error(f"{value!r} is not one of {', '.join(choices)}", path=name, hint=hint)
    return str(value)


def _maybe_workers(value: Any) -> int | None:
    return None if value is None else _whole("workers", value, 1, 256)
