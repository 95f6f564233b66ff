"""One plain sentence for each kind of ledger line, without judgement; casualties are people."""

from __future__ import annotations

SENTENCES = {
    "treaty signed": "the {amount} is signed",
    "ratification step": "{actor} completes a step of ratification",
    "treaty in force": "the {amount} enters into force",
    "notice given": "notice is given to end the {amount}",
    "treaty ended": "the {amount} ends",
    "front opened": "fighting begins on a front between {actor} and {target} ({amount} held)",
    "line restored": "{actor} restores the line against {target}, after {amount} at most were held",
    "initiative passed": "the initiative on a front passes to {actor}, with {amount} held",
    "institutions changed": "the institutions of {actor} change",
    "casus foederis": "an event calls on {actor} to act for {target} under {article}; {amount}",
    "honour decided": "{actor} {amount} its duty to {target} under {article}",
    "obligation called": "the duty of {actor} to {target} under {article} binds from today",
    "obligation met": "{actor} has met its duty to {target} under {article}, {amount}",
    "obligation met late": "{actor} has met its duty to {target} under {article} late, {amount}",
    "obligation met in part": "{actor} has met its duty to {target} under {article}, {amount}",
    "obligation refused": "{actor} has not met its duty to {target} under {article}",
    "voluntary aid": "{actor} has helped {target} as {article} says before it bound, {amount}",
    "consultation": "{actor} consults with {target} under {article}",
    "expedition ordered": "{actor} orders an expedition to {target}: {amount}",
    "first departure": "the first {amount} of {actor} depart",
    "contingent arrived": "a contingent of {actor} arrives: {amount}",
    "contingent on the line": "a contingent of {actor} goes on the line: {amount}",
    "contingent off the line": "a contingent of {actor} goes off the line; {amount} so far",
    "first report of troops": "{actor} first reports troops of {target} abroad: about {amount}",
    "step up": "{actor} takes a step up towards {target}, to {amount}",
    "step down": "{actor} takes a step down towards {target}, to {amount}",
    "entered the war": "{actor} enters the war against {target}",
    "first goods arrived": "the first delivery of {amount} from {actor} reaches {target}",
    "consignment lost": "a consignment from {actor} to {target} is lost: {amount}",
    "expedition home": "a contingent of {actor} is home: {amount}",
    "settlement": "{actor} and {target} settle their war after {amount} of fighting",
    "collapse": "{actor} gives up its war against {target} after {amount} of fighting",
    "war broke out": "a war breaks out: {actor} attacks {target}",
    "joined a further war": "{actor}, at war already, joins the war against {target}",
}
"""By kind; {amount} stands for what `sim.question.story` makes of the number."""

UNITS = {
    "front opened": "km²",
    "line restored": "km²",
    "initiative passed": "km²",
    "first departure": "soldiers",
    "contingent arrived": "soldiers",
    "contingent on the line": "soldiers",
    "contingent off the line": "of its people killed or wounded",
    "first report of troops": "soldiers",
    "consignment lost": "loads",
    "expedition home": "soldiers",
    "settlement": "days",
    "collapse": "days",
}
"""Units of amounts that are quantities."""

FORMS = ("a statement only", "arms or goods only", "limited troops", "troops in full")
CASES = ("the case does not count", "the case is contested", "the case is clear")
