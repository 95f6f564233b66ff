"""State variables of everything in the world: one declaration of name, type, unit and meaning.

The Mesa agents take these attributes, the compiled world makes its record types from them, and
the tables in the documentation are printed from them. Whole numbers count people, rounds, days
or places in a list; -1 is "none". Sums over several agents are whole numbers, so that the order
of the agents cannot matter to the last bit.
"""

from sim.rules.entities.actors import Force, Front, State
from sim.rules.entities.law import Clause, Duty, Step, Treaty
from sim.rules.entities.run import Clock, Entry, Event, Focus
from sim.rules.entities.ties import Consignment, Flow, Relation, Report, Rung
from sim.rules.entities.world import MANY, ONE, TERMS, World

__all__ = [
    "MANY",
    "ONE",
    "TERMS",
    "Clause",
    "Clock",
    "Consignment",
    "Duty",
    "Entry",
    "Event",
    "Flow",
    "Focus",
    "Force",
    "Front",
    "Relation",
    "Report",
    "Rung",
    "State",
    "Step",
    "Treaty",
    "World",
]
