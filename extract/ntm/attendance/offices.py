"""Communes whose offices came: a name that the province has only in other letters was misread."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.field import Field, Method
from extract.ntm.survey import Survey
from extract.ntm.units.names import commune_of
from normalize.letters import UPPER
from normalize.syllable import spelled

# UBND xã Khun Há · Đảng ủy thị trấn Tam Đường: nothing stands behind the name
_OF_COMMUNE = re.compile(rf"(?<!\w)(?:xã|thị trấn|phường)\s+(?P<name>[{UPPER}][\w'’]*(?:\s[{UPPER}][\w'’]*){{0,3}})$")


def with_commune(survey: Survey, body: Field[str]) -> Field[str]:
    """A body of a commune by the list of the day, where the province has no name as read but one that is near."""
    named, where = _OF_COMMUNE.search(body.value), survey.where
    if named is None or where.province_code is None:
        return body
    read = named["name"]
    match = commune_of(named[0], where.day, where.district_code, where.province_code, survey.whole.mangled)
    near = match.best.name if match.best else None
    if near is None or spelled(near) == spelled(read):
        return body
    why = f"the province has no {read!r}; {near!r} is nearest"
    if match.value is None:
        return body.doubt(why)
    value = f"{body.value[: named.start('name')]}{near}"
    return replace(body, value=value, method=Method.MATCHED, alternatives=(body.value,)).doubt(why, 0.75)
