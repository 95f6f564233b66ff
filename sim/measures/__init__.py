"""How each outcome and series is read off the world. Units and meanings: `sim.outcomes`."""
