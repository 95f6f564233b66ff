"""Inverse distribution functions: a uniform draw becomes a draw of another distribution.

Every quantile takes `u` in the open interval (0, 1) and does not decrease as `u` grows.
"""

from sim.rules.quantiles.continuous import (
    bernoulli,
    exponential,
    lognormal,
    loguniform,
    normal,
    triangular,
    uniform_between,
    weibull,
    within_a_day,
)
from sim.rules.quantiles.counts import binomial, poisson
from sim.rules.quantiles.gamma_law import deviance, gamma, log_gamma, poisson_term, stirling_error

__all__ = [
    "bernoulli",
    "binomial",
    "deviance",
    "exponential",
    "gamma",
    "log_gamma",
    "lognormal",
    "loguniform",
    "normal",
    "poisson",
    "poisson_term",
    "stirling_error",
    "triangular",
    "uniform_between",
    "weibull",
    "within_a_day",
]
