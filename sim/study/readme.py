"""The first thing to read in a study's folder."""

from __future__ import annotations

from sim.study.manifest import Identity
from sim.study.plan import Plan

TEXT = """\
{title}
{rule}
{size}, seed {seed}, hash {digest}.
Exploratory, for teaching: distributions under stated assumptions, not a forecast.

Made by:  {command}

What is here
  points.parquet    one row a point (combination of levers): estimates with 95 % intervals
  runs/             one row a run: point, replicate, seed, levers, outcomes, failed, error
  bands.parquet     weekly quantile bands over the first {bands:,} replicates of each point
  shares.parquet    weekly shares of runs on each rung, over the same replicates
  events/           what happened in the first {events:,} replicates of each point, with causes
  paths/            the weekly series, run by run, of the first {paths:,} replicates of each point
  weekly/           the same of further replicates, as far as bands.parquet needs them
  parts.jsonl       the finished parts with their checksums: what a resumed study builds on
  log.jsonl         what happened and when: started, parts kept, interrupted, finished
  config.yaml       the frozen configuration;  overrides.yaml: what was typed
  manifest.json     hash, seed, versions, times, run card, unit and meaning of every column
  design.csv        the points, written before the first run;  sample.csv, effects.csv: of a
                     design for sensitivity
  report.html       all of it as one page, with an explorer; opens in a browser without a network
  summary.md, summary.csv, figures/;  score/: after `python -m sim score`
  failed.csv        where runs failed: the error of each, and the command that runs it alone

How to go on after a stop, by Ctrl-C or worse
  python -m sim resume FOLDER, or the same command again with the same out=
How to have more replicates, without running the old ones again
  python -m sim topup FOLDER replicates=N

How to open it
  Python   import pandas;  runs = pandas.read_parquet("runs")
  R        library(arrow); runs <- dplyr::collect(open_dataset("runs"))
  Excel    open summary.csv, or Data > Get Data > From File > From Parquet
"""


def readme(plan: Plan, identity: Identity) -> str:
    """The text of README.txt."""
    return TEXT.format(
        title=identity.title,
        rule="-" * len(identity.title),
        size=plan.size,
        seed=plan.seed,
        digest=identity.digest[:8],
        command=identity.command,
        bands=plan.band_replicates,
        events=plan.event_replicates,
        paths=plan.path_replicates,
    )
