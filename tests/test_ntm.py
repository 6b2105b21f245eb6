"""The programme's block: phrasings of every kind as data; `ntm_write` for writing rules, `ntm_judge` for judging."""

from __future__ import annotations

import pytest

from tests.ntm_cases import Case, cases, differences


@pytest.mark.parametrize("case", cases("ntm_write"), ids=lambda case: case.ident)
def test_what_is_told_comes_out(case: Case) -> None:
    assert differences(case) == []


@pytest.mark.parametrize("case", cases("ntm_judge"), ids=lambda case: case.ident)
def test_phrasings_kept_for_judging(case: Case) -> None:
    assert differences(case) == []
