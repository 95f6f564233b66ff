"""From what was typed to what is asked for: Hydra's overrides, checked against what exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, QuotedString, ValueType
from hydra.errors import HydraException
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.cli.settings import settings_of, text
from sim.errors import nearest, usage_error
from sim.job import Request
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS, built_in
from sim.scenario.spec import Scenario
from sim.study.designs.asked import Given, Interval, given
from sim.study.designs.values import MOST_POINTS

FLAGS = ("-m", "--multirun")
SWEEPS = (ValueType.SIMPLE_CHOICE_SWEEP, ValueType.CHOICE_SWEEP, ValueType.RANGE_SWEEP)


def read_requests(arguments: Sequence[str]) -> list[Request]:
    """One request for each experiment named. Raises UsageError, and runs nothing."""
    typed = [argument for argument in arguments if argument not in FLAGS]
    for argument in typed:
        if argument.startswith("-") or "=" not in argument:
            raise usage_error(f"'{argument}' is not understood", hint="settings are NAME=VALUE")
    overrides = [_parse(argument) for argument in typed]
    _no_repeats([override.key_or_group for override in overrides], "is set twice")
    names = [value for o in overrides if o.key_or_group == "experiment" for value in _values(o)]
    rest = [override for override in overrides if override.key_or_group != "experiment"]
    if len(rest) == len(overrides):
        return [_request("", rest, typed)]
    experiments = [built_in("experiment", name).stem for name in names or [""]]
    _no_repeats(experiments, "is named twice")
    if len(experiments) > 1 and any(override.key_or_group == "out" for override in rest):
        raise usage_error(
            f"a folder holds one study, not {len(experiments)}",
            path="out",
            hint="leave out= away, or run one experiment at a time",
        )
    return [_request(name, rest, typed) for name in experiments]


def _parse(argument: str) -> Override:
    _harmless(argument)
    try:
        override = OverridesParser.create().parse_override(argument)
    except (HydraException, RecursionError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise usage_error(f"'{argument}' cannot be read: {said}", hint="NAME=VALUE") from None
    if override.is_delete():
        raise usage_error(f"'{argument}': nothing can be deleted", hint="NAME=VALUE sets a value")
    if override.package is not None:
        raise usage_error(f"'{argument}': nothing can be put elsewhere with @", hint="NAME=VALUE")
    return override


def _harmless(argument: str) -> None:
    """Text only, that refers to nothing outside itself."""
    for character in argument:
        if not character.isprintable():
            fault = f"holds the character U+{ord(character):04X}, which is not text"
            raise usage_error(f"'{argument}' {fault}")
    if "${" in argument:
        hint = "write the value itself"
        raise usage_error(f"'{argument}': '${{' is refused, it would refer elsewhere", hint=hint)


def _given(override: Override) -> Given:
    """The values of a lever, or its interval."""
    if override.value_type is ValueType.INTERVAL_SWEEP:
        interval: Any = override.value()
        return Interval(interval.start, interval.end)
    return _values(override)


def _values(override: Override) -> list[Any]:
    """The value, or the values of a sweep or list."""
    if override.is_sweep_override():
        return _swept(override)
    value = _plain(override.value())
    return value if isinstance(value, list) else [value]


def _swept(override: Override) -> list[Any]:
    """The values of a sweep, never more than a design can hold."""
    name = override.key_or_group
    hint = "0,6000,12000 or range(0,20001,5000) or interval(0,20000)"
    if override.value_type not in SWEEPS or getattr(override.value(), "shuffle", False):
        raise usage_error("this kind of sweep is not understood", path=name, hint=hint)
    try:
        values = override.sweep_iterator(transformer=_plain)
        found = list(islice(values, MOST_POINTS + 1))
    except (ValueError, ArithmeticError) as error:
        raise usage_error(f"not a range: {error}", path=name, hint=hint) from None
    if len(found) > MOST_POINTS:
        raise usage_error(f"more than {MOST_POINTS:,} values", path=name)
    return found


def _plain(value: Any) -> Any:
    """Hydra's quoted strings as text."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    return value.text if isinstance(value, QuotedString) else value


def _no_repeats(names: Sequence[str], fault: str) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise usage_error(f"'{name}' {fault}", path="command line")


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
    base = _compose("")
    tree = _compose(experiment) if experiment else dict(base)
    settings = {name: tree.pop(name) for name in base}
    changes: dict[str, object] = {}
    levers: list[Override] = []
    for override in overrides:
        name = override.key_or_group
        if name in settings:
            settings[name] = _single(name, override)
        elif name.startswith("scenario."):
            changes[name.removeprefix("scenario.")] = _single(name, override)
        else:
            levers.append(override)
    named = {override.key_or_group for override in overrides}
    if settings["replicate"] is not None and "replicates" in named:
        raise usage_error("either replicates=N or replicate=N", path="replicate")
    if settings["until"] is not None and named & {"replicates", "replicate"}:
        raise usage_error("finds the number of replicates itself; budget=N limits it", path="until")
    checked = settings_of(settings)
    if settings["prior"] is not None:
        changes["prior"] = text("prior", settings["prior"])
    scenario = load_scenario(text("scenario", settings["scenario"]), changes)
    values = {name: given(value, name) for name, value in _leaves(tree)}
    values |= {override.key_or_group: _given(override) for override in levers}
    for name in values:
        _must_be_known(name, scenario, settings)
    varied = _listed([name for name, one in values.items() if _varies(one)])
    if varied and settings["title"] == base["title"]:
        checked |= {"title": f"By {varied}", "question": f"What changes with {varied}?"}
    name = experiment or "levers"
    return Request(experiment=name, scenario=scenario, values=values, typed=tuple(typed), **checked)


def _varies(values: Given) -> bool:
    return isinstance(values, Interval) or len(values) > 1


def _listed(names: Sequence[str]) -> str:
    """Up to three names, and how many more."""
    more = [f"{len(names) - 2} more"] if len(names) > 3 else []
    return " and ".join([*(names[:2] if more else names), *more])


def _leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and values below a mapping."""
    for key, value in tree.items():
        name = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict):
            yield from _leaves(value, name)
        else:
            yield name, value


def _must_be_known(name: str, scenario: Scenario, settings: Mapping[str, Any]) -> None:
    if name in scenario.levers or name in scenario.uncertainties:
        return
    options = [*scenario.levers, *settings, *scenario.uncertainties, "experiment"]
    near = nearest(name, options)
    hint = f"did you mean '{near}'? " if near else ""
    raise usage_error(
        f"'{name}' is not a lever of this scenario, nor a setting",
        path="command line",
        hint=f"{hint}levers: {', '.join(scenario.levers)}; settings: {', '.join(settings)}",
    )


def _single(name: str, override: Override) -> Any:
    if override.is_sweep_override():
        raise usage_error("one value is needed; only levers can be varied", path=name)
    return _plain(override.value())
