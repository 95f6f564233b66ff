"""Inverse distribution functions: a uniform draw becomes a draw of another distribution.

Every quantile takes `u` in the open interval (0, 1) and does not decrease as `u` grows; a
whole-number one is the smallest k with P(X <= k) >= u. Loader (2000) is "Fast and accurate
computation of binomial probabilities", DLMF the Digital Library of Mathematical Functions.
"""

from __future__ import annotations

import math

from sim.rules.rule import rule

HALF_LOG_TWO_PI = 0.9189385332046728


@rule
def normal(u: float) -> float:
    """Standard normal quantile, no unit. Wichura (1988), AS 241, PPND16; relative error 1e-15."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _normal_centre(0.180625 - q * q)
    tail = _normal_tail(math.sqrt(-math.log(min(u, 1.0 - u))))
    return tail if q > 0.0 else -tail


@rule
def _normal_centre(r: float) -> float:
    """AS 241 for |u - 1/2| <= 0.425, r = 0.180625 - (u - 1/2) squared."""
    a = 2509.0809287301226727 * r + 33430.575583588128105
    a = (a * r + 67265.770927008700853) * r + 45921.953931549871457
    a = (a * r + 13731.693765509461125) * r + 1971.5909503065514427
    a = (a * r + 133.14166789178437745) * r + 3.387132872796366608
    b = 5226.495278852854561 * r + 28729.085735721942674
    b = (b * r + 39307.89580009271061) * r + 21213.794301586595867
    b = (b * r + 5394.1960214247511077) * r + 687.1870074920579083
    return a / ((b * r + 42.313330701600911252) * r + 1.0)


@rule
def _normal_tail(r: float) -> float:
    """AS 241 outside the centre, r = sqrt(-log(tail probability)); two ranges, split at 5."""
    if r <= 5.0:
        r -= 1.6
        a = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        a = (a * r + 0.24178072517745061177) * r + 1.27045825245236838258
        a = (a * r + 3.64784832476320460504) * r + 5.7694972214606914055
        a = (a * r + 4.6303378461565452959) * r + 1.42343711074968357734
        b = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        b = (b * r + 0.0151986665636164571966) * r + 0.14810397642748007459
        b = (b * r + 0.68976733498510000455) * r + 1.6763848301838038494
        return a / ((b * r + 2.05319162663775882187) * r + 1.0)
    r -= 5.0
    a = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    a = (a * r + 0.0012426609473880784386) * r + 0.026532189526576123093
    a = (a * r + 0.29656057182850489123) * r + 1.7848265399172913358
    a = (a * r + 5.4637849111641143699) * r + 6.6579046435011037772
    b = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
    b = (b * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4
    b = (b * r + 0.0148753612908506148525) * r + 0.13692988092273580531
    return a / ((b * r + 0.59983220655588793769) * r + 1.0)


@rule
def lognormal(u: float, median: float, log_sd: float) -> float:
    """Lognormal quantile, in the unit of `median`: median * exp(log_sd * z), to 1e-14."""
    return median * math.exp(log_sd * normal(u))


@rule
def exponential(u: float, mean: float) -> float:
    """Exponential quantile, in the unit of `mean`: -mean * log(1 - u). Relative 1e-15."""
    return -mean * math.log1p(-u)


@rule
def weibull(u: float, shape: float, scale: float) -> float:
    """Weibull quantile, in the unit of `scale`: scale * (-log(1 - u)) ** (1 / shape), to 1e-14."""
    return scale * math.exp(math.log(-math.log1p(-u)) / shape)


@rule
def uniform_between(u: float, low: float, high: float) -> float:
    """Uniform quantile, in the unit of the bounds: low + u * (high - low)."""
    return low + u * (high - low)


@rule
def loguniform(u: float, low: float, high: float) -> float:
    """Loguniform quantile, in the unit of the bounds (both > 0): low * (high / low) ** u."""
    return low * math.exp(u * math.log(high / low))


@rule
def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Triangular quantile, in the unit of low <= mode <= high. Error 1e-15 of the bounds."""
    width = high - low
    if u * width < mode - low:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))


@rule
def bernoulli(u: float, probability: float) -> bool:
    """Whether an event of the given probability happens: u < probability."""
    return u < probability


@rule
def within_a_day(u: float, hazard: float) -> bool:
    """Whether what has a constant hazard (a day) happens within one: u < 1 − e^(−hazard).

    That is never above the hazard itself, which most draws are, so that they need no exponential.
    """
    return u < hazard and u < -math.expm1(-hazard)


@rule
def binomial(u: float, n: int, probability: float) -> int:
    """Binomial quantile, 0 to `n`, by a search from zero; meant for `n` up to some hundreds.

    Exact unless `u` lies within about 1e-12 (relative) of a step. Terms too small for a float
    are passed over by their logarithm.
    """
    if probability >= 1.0:
        return n
    odds = probability / (1.0 - probability)
    log_term = n * math.log1p(-probability)
    k = 0
    while log_term < -700.0:
        log_term += math.log((n - k) * odds / (k + 1))
        k += 1
    term = math.exp(log_term)
    total = term
    while total < u and k < n:
        term *= (n - k) * odds / (k + 1)
        k += 1
        total += term
    return k


@rule
def stirling_error(x: float) -> float:
    """What Stirling's formula lacks of log(Gamma(x + 1)), x >= 10, to 1e-15: DLMF 5.11.1."""
    s = 1.0 / (x * x)
    tail = (1.0 / 1188.0 - s * (691.0 / 360360.0)) * s
    return (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - tail)))) / x


@rule
def log_gamma(x: float) -> float:
    """log(Gamma(x)), x > 0, by shifting x to 10 or more. Error 1e-15 of max(1, |result|) or so."""
    product = x
    while x < 10.0:
        x += 1.0
        product *= x
    stirling = (x + 0.5) * math.log(x) - x + HALF_LOG_TWO_PI
    return stirling + stirling_error(x) - math.log(product)


@rule
def deviance(x: float, mean: float) -> float:
    """Poisson deviance x * log(x / mean) + mean - x without cancellation: Loader (2000), bd0."""
    difference = x - mean
    if abs(difference) > 0.1 * (x + mean):
        return x * math.log(x / mean) - difference
    v = difference / (x + mean)
    total = difference * v
    power = 2.0 * x * v
    for j in range(3, 40, 2):
        power *= v * v
        if total + power / j == total:
            break
        total += power / j
    return total


@rule
def poisson_term(k: float, mean: float) -> float:
    """Poisson probability of k, also for real k >= 0; relative error 1e-14: Loader (2000)."""
    if k < 10.0:
        return math.exp(k * math.log(mean) - mean - log_gamma(k + 1.0))
    return math.exp(-stirling_error(k) - deviance(k, mean) - HALF_LOG_TWO_PI) / math.sqrt(k)


@rule
def poisson(u: float, mean: float) -> int:
    """Poisson quantile, a count; 0 if mean <= 0. Tested for means up to 1e5.

    Exact unless `u` lies within about 1e-12 (relative) of a step. Giles (2016), ACM Trans. Math.
    Softw. 42(1): normal expansion and bound of its error; where the bound leaves the whole
    number open, in the tails and for small quantiles, sums of exact terms decide.

    >>> poisson(0.5, 3.2), poisson(0.999, 1000.0)
    (3, 1099)
    """
    if mean <= 0.0:
        return 0
    if mean < 10.0:
        return _poisson_from_none(u, mean)
    w = normal(u)
    root = math.sqrt(mean)
    guess = mean + root * w + (2.0 + w * w) * (1.0 / 6.0) * (1.0 - w / (12.0 * root))
    if guess < 10.0:
        return _poisson_from_none(u, mean)
    k = int(guess)
    error = (0.025 + w * w * (0.0125 + 0.00625 * w * w)) / mean
    if abs(w) < 3.0 and error < guess - k < 1.0 - error:
        return k
    term = poisson_term(k, mean)
    if u < 0.5:
        return _poisson_walk(u, mean, k, term, term * _poisson_series(k, mean))
    return _poisson_walk(u, mean, k, term, 1.0 - term * mean * _gamma_series(k + 1.0, mean))


@rule
def _poisson_from_none(u: float, mean: float) -> int:
    """Poisson quantile by steps from 0, whose probability is e^-mean."""
    none = math.exp(-mean)
    return _poisson_walk(u, mean, 0, none, none)


@rule
def _poisson_walk(u: float, mean: float, k: int, term: float, total: float) -> int:
    """Poisson quantile by single steps from k, where P(X = k) is term, P(X <= k) is total."""
    while k > 0 and total - term >= u:
        total -= term
        term *= k / mean
        k -= 1
    term *= mean / (k + 1)
    while total < u and total + term > total:
        k += 1
        total += term
        term *= mean / (k + 1)
    return k


@rule
def _poisson_series(k: int, mean: float) -> float:
    """P(X <= k) / P(X = k), summed downwards: for k not far above the mean."""
    term = 1.0
    total = 1.0
    for j in range(k, 0, -1):
        term *= j / mean
        total += term
        if total + term == total:
            break
    return total


@rule
def gamma(u: float, shape: float) -> float:
    """Gamma quantile of scale 1 (multiply by a scale for its unit); 0 if shape <= 0.

    Wilson and Hilferty (1931) start, Halley steps on the regularised incomplete gamma function.
    Relative error under 1e-12 for shapes 0.05 to 1000 and u from 1e-9 to 1 - 1e-9.

    >>> round(gamma(0.5, 20.0), 6)
    19.667672
    """
    if shape <= 0.0:
        return 0.0
    x = _gamma_start(u, shape)
    for _ in range(40):
        front = poisson_term(shape, x) * shape
        if x < shape + 1.0:
            excess = front * _gamma_series(shape, x) - u
        else:
            excess = (1.0 - u) - front * _gamma_fraction(shape, x)
        step = excess / front * x
        step /= 1.0 - 0.5 * max(-1.0, min(1.0, step * ((shape - 1.0) / x - 1.0)))
        x = max(0.1 * x, x - step)
        if abs(step) < 1e-7 * x:
            break
    return x


@rule
def _gamma_start(u: float, shape: float) -> float:
    """First guess of the gamma quantile: Wilson-Hilferty, or the power law near zero."""
    cube_root = 1.0 - 1.0 / (9.0 * shape) + normal(u) / (3.0 * math.sqrt(shape))
    if shape > 0.5 and cube_root > 0.3:
        return shape * cube_root * cube_root * cube_root
    return math.exp((math.log(u) + log_gamma(shape + 1.0)) / shape)


@rule
def _gamma_series(shape: float, x: float) -> float:
    """P(shape, x) * Gamma(shape) * exp(x) / x ** shape, for x < shape + 1: DLMF 8.11.4."""
    term = 1.0 / shape
    total = term
    while total + term > total:
        shape += 1.0
        term *= x / shape
        total += term
    return total


@rule
def _gamma_fraction(shape: float, x: float) -> float:
    """Q(shape, x) * Gamma(shape) * exp(x) / x ** shape, for x >= shape + 1: DLMF 8.9.2, Lentz."""
    b = x + 1.0 - shape
    c = 1e300
    d = 1.0 / b
    h = d
    for i in range(1, 500):
        b += 2.0
        d = 1.0 / (b - i * (i - shape) * d)
        c = b - i * (i - shape) / c
        h *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return h
