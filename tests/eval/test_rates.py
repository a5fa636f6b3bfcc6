"""Intervals against numbers worked out elsewhere."""

import pytest

from moderation.evaluate.rates import Rate


@pytest.mark.parametrize(
    ("rate", "upper"),
    [
        (Rate(0, 100), 0.029513),  # 1 - 0.05 ** (1 / 100)
        (Rate(0, 5733), 0.000522),  # 1 - 0.05 ** (1 / 5733)
        (Rate(2, 2), 1.0),
        (Rate(1, 2), 0.974679),  # 1 - p ** 2 = 0.95 has its root at sqrt(0.95)
        (Rate(0, 0), 1.0),
    ],
)
def test_exact_upper_bound(rate: Rate, upper: float) -> None:
    assert rate.upper() == pytest.approx(upper, abs=1e-6)


def test_wilson_interval_of_five_in_ten() -> None:
    assert Rate(5, 10).interval() == pytest.approx((0.2366, 0.7634), abs=1e-4)


def test_nothing_has_no_share_and_every_possibility() -> None:
    assert Rate(0, 0).share is None
    assert Rate(0, 0).interval() == (0, 1)


def test_an_interval_stays_between_none_and_all() -> None:
    low, high = Rate(0, 60).interval()
    assert low == 0
    assert 0 < high < 0.1
