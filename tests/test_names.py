"""The four import names are plain words: nobody else may claim them in this environment."""

from __future__ import annotations

import importlib
from importlib import metadata
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
NAMES = ["ocr", "normalize", "extract", "pipeline"]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_ours(name):
    found = importlib.import_module(name).__file__
    assert Path(found) == HOME / name / "__init__.py"


@pytest.mark.parametrize("name", NAMES)
def test_no_other_distribution_claims_the_name(name):
    others = {
        distribution.metadata["Name"]
        for distribution in metadata.distributions()
        if distribution.metadata["Name"] != "thongbao" and _claims(distribution, name)
    }
    assert not others, f"{others} would merge with our `{name}`: install thongbao in an environment of its own"


def _claims(distribution: metadata.Distribution, name: str) -> bool:
    return any(file.parts[0] in (name, f"{name}.py") for file in distribution.files or ())
