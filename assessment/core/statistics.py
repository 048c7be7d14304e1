"""Chance and reliability: intervals with a finite population, participation, Cronbach's alpha.

Intervals cover chance alone, never people who did not answer: below half of those invited none is
given. Variances are sample variances (n − 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]

_ROWS_AT_ONCE = 8192
"""Many respondents are summed in parts that fit the processor's cache."""

LEAST_PARTICIPATION = 0.5
LEAST_FOR_ALPHA = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval; `df` are its degrees of freedom."""

    low: float
    high: float
    df: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its standard error (None below two people) from *n* answers.

    With everybody answering the error is 0: complete answers, no sampling error.
    """

    mean: float
    error: float | None
    n: int


def finite_population(n: int, invited: int | None) -> float:
    """√((N−n)/(N−1)): the share of chance left when *n* of *invited* people have answered."""
    if invited is None:
        return 1.0
    if invited <= 1 or n >= invited:
        return 0.0
    return math.sqrt((invited - n) / (invited - 1))


def difference(first: Estimate, second: Estimate) -> Interval | None:
    """The interval of first − second by Welch; None where a side has fewer than two people."""
    if first.error is None or second.error is None:
        return None
    gap = first.mean - second.mean
    parts = first.error**2, second.error**2
    if sum(parts) == 0:
        return Interval(gap, gap, math.inf)
    df = sum(parts) ** 2 / (parts[0] ** 2 / (first.n - 1) + parts[1] ** 2 / (second.n - 1))
    margin = t_quantile(0.975, df) * math.sqrt(sum(parts))
    return Interval(gap - margin, gap + margin, df)


@dataclass(frozen=True, slots=True)
class Moments:
    """What respondents' answers to several questions have in common: enough for any weighting.

    `means` and `answers` by question; `gram[q, r]` sums, over respondents, the products of how far
    they move the means of q and r.
    """

    means: Numbers
    answers: npt.NDArray[np.int64]
    gram: Numbers


def answer_moments(values: Numbers | Bytes, given: npt.NDArray[np.bool_]) -> Moments:
    """Moments of *values*, one row a respondent, where *given*; every column has an answer."""
    answers = given.sum(axis=0)
    means = (values * given).sum(axis=0) / answers
    gram = np.zeros((values.shape[1], values.shape[1]))
    for start in range(0, len(values), _ROWS_AT_ONCE):
        some = slice(start, start + _ROWS_AT_ONCE)
        moved = np.where(given[some], values[some] - means, 0.0)
        gram += moved.T @ moved
    return Moments(means, answers, gram / np.outer(answers, answers))


def combined_estimate(
    moments: Moments, weights: Numbers, n: int, invited: int | None = None
) -> Estimate:
    """Σ weight × question mean with its error, *n* respondents having answered any of them.

    A mean of question means over people who skipped different questions is no plain mean, so the
    error comes from its linearisation (Woodruff 1971): what each respondent moves it by. Without
    gaps it equals the error of the respondents' own means.
    """
    mean = float(weights @ moments.means)
    if n < 2:
        return Estimate(mean, None, n)
    variance = float(weights @ moments.gram @ weights) * n / (n - 1)
    return Estimate(mean, math.sqrt(max(variance, 0.0)) * finite_population(n, invited), n)


Reading = Literal["good", "usable with caution", "weak", "do not generalise"]


def participation_reading(rate: float) -> Reading:
    """How far a share of answers (0 to 1) carries: a convention near common practice."""
    for least, reading in (
        (0.7, "good"),
        (0.5, "usable with caution"),
        (0.3, "weak"),
    ):
        if rate >= least:
            return reading  # type: ignore[return-value]
    return "do not generalise"


def cronbach_alpha(values: Numbers) -> float | None:
    """α = k/(k−1) · (1 − Σ item variances ÷ variance of the totals) over complete rows.

    None where it is not computable: fewer than two statements or rows, or totals that never vary.
    """
    rows, k = values.shape
    if k < 2 or rows < 2:
        return None
    of_total = float(values.sum(axis=1).var(ddof=1))
    if of_total == 0:
        return None
    of_items = float(values.var(axis=0, ddof=1).sum())
    return float(k / (k - 1) * (1 - of_items / of_total))


@lru_cache(maxsize=4096)
def t_quantile(probability: float, df: float) -> float:
    """The quantile of Student's t for a *probability* above one half, by bisection."""
    low, high = 0.0, 1.0
    while _t_below(high, df) < probability:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _t_below(middle, df) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_below(t: float, df: float) -> float:
    """P(T ≤ t) for t ≥ 0 through the regularised incomplete beta function."""
    if math.isinf(df):
        return 0.5 * math.erfc(-t / math.sqrt(2))
    return 1 - 0.5 * _beta_share(df / (df + t * t), df / 2, 0.5)


def _beta_share(x: float, a: float, b: float) -> float:
    """I_x(a, b), the regularised incomplete beta function, by its continued fraction."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _continued(x, a, b) / a
    return 1 - front * _continued(1 - x, b, a) / b


def _continued(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, evaluated by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for m in range(1, 500):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + step * d, tiny)
            c = _not_zero(1 + step / c, tiny)
            value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def _not_zero(value: float, tiny: float) -> float:
    return tiny if value == 0 else value
