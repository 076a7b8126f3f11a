"""The library agrees with a walk over the minutes."""

import os

import pytest

from tests.core.businesstime.cases import disagreement, random_cases

CASES = int(os.environ.get("VENTANILLA_WALKED_CASES", "50000"))
BATCHES = 5


@pytest.mark.parametrize("seed", range(BATCHES))
def test_counting_agrees_with_the_minute_walker(seed: int) -> None:
    differences = [
        said for case in random_cases(seed, CASES // BATCHES) if (said := disagreement(*case))
    ]

    assert differences[:3] == []
