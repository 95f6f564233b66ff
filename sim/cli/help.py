"""What `python -m sim --help` prints."""

HELP = """\
Casus: scenarios of treaties, forces and escalation.
Exploratory, for teaching; not a forecast.

  python -m sim +experiment=escalation   run an experiment: seeded runs, figures
  python -m sim deployment.size=0,12000  vary a lever; also range(0,20001,5000)
  python -m sim list                     what can be run, varied, measured
  python -m sim explain NAME             a lever, parameter, outcome, ...
  python -m sim new FILE.yaml            a scenario of your own to start from
  python -m sim check [SCENARIO ...]     all problems of a scenario or file
  python -m sim phases                   the order of a day
  python -m sim validate                 published results beside ours
  python -m sim validate battles=F.csv   four laws of combat on your battles
  python -m sim ablate                   what each rule does to the outcomes
  python -m sim score STUDY RECORD.csv   a study against a public record
                      [fit=before]       fitted to the record before the block
  python -m sim match [until=DATE]       what the record rules out of the prior
  python -m sim document odd             the model, described after ODD+D
  python -m sim card SCENARIO            a scenario: given, swept, limits
  python -m sim resume STUDY [workers=N] go on with a study that stopped
  python -m sim topup STUDY replicates=N more replicates of a study
  python -m sim show [STUDY]             a study, also one that is under way
  python -m sim report STUDY [out=FILE]  one page to read, explore and mail
  python -m sim replay STUDY --run N     one run as Mesa agents, in sentences
  python -m sim why STUDY --run N        the causes of the worst that happened
                    --outcome NAME       what lay on the paths to an outcome
  python -m sim fork STUDY --run N --day D  other futures of one history,
                    [--set NAME=VALUE]   with and without a change
  python -m sim diff STUDY --run N --run M  where two runs part
  python -m sim compare A B              what changes from A to B, paired
                      or STUDY deployment.size=0:12000 for two of its arms
  python -m sim plan WORDS OF A RUN      runs, time, disk, memory, before paying
  python -m sim exercises [build|FILE]   predict-first exercises for a class

Settings of a run, as NAME=VALUE:
  +experiment=NAME  scenario=NAME|FILE.yaml  replicates=N  seed=N  workers=N
  replicate=N (only that one)  prior=wide|wide/50|matched|FILE.csv
  engine=compiled|mesa  out=FOLDER  force=true
  design=grid|list|FILE.csv|latin_hypercube|sobol|morris|saltelli, with
  points=N, trajectories=N (morris) or samples=N (saltelli), and levers or
  uncertain numbers as NAME=interval(LOW,HIGH)
  executor=threads|processes|dask|slurm  scheduler=tcp://HOST:PORT  chunk=N
  until=0.01 runs until an interval is that narrow (± it), of the widest
  headline or of=OUTCOME[:LEVER:A:B], at most budget=N replicates
  any lever by its name (see list), any number of the scenario as
  scenario.PATH=VALUE
Exit status: 0 fine, 1 the runs failed, 2 wrong usage, 130 interrupted."""
