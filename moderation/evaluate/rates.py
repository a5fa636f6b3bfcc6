"""Shares with how sure one may be of them: Wilson's interval and the exact upper bound. Only arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z95 = 1.96  # standard normal, two-sided 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of`. All its numbers are shares, 0 to 1."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """The share itself; None of nothing."""
        return self.hits / self.of if self.of else None

    def interval(self) -> tuple[float, float]:
        """Wilson score interval, 95 % (E. B. Wilson, 1927); everything is possible of nothing."""
        if not self.of:
            return 0.0, 1.0
        p, n = self.hits / self.of, self.of
        centre = p + Z95**2 / (2 * n)
        reach = Z95 * math.sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n))
        return max(0.0, (centre - reach) / (1 + Z95**2 / n)), (centre + reach) / (1 + Z95**2 / n)

    def upper(self) -> float:
        """Exact one-sided 95 % upper bound (Clopper and Pearson, 1934): with it so few hits come one time in 20."""
        if self.hits >= self.of:
            return 1.0
        low, high = self.hits / self.of, 1.0
        for _ in range(60):  # halvings; a float has no room for more
            middle = (low + high) / 2
            if middle <= 0 or middle >= 1:
                break
            if self._chance_of_so_few(middle) > 0.05:
                low = middle
            else:
                high = middle
        return high

    def _chance_of_so_few(self, p: float) -> float:
        n, whole = self.of, math.lgamma(self.of + 1)
        return sum(
            math.exp(whole - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p))
            for i in range(self.hits + 1)
        )
