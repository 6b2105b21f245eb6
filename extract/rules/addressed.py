"""Kính gửi: whom a letter is addressed to."""

from __future__ import annotations

import re

from extract.field import Field
from extract.parts.zones import Zones
from extract.trail import missed

_HEAD = re.compile(r"[\W_]*k\wnh\s+g\w{1,3}\s*[:;.,]?\s*")


def find_addressed(zones: Zones) -> tuple[Field[str], ...]:
    """The addressees, one a dash or semicolon, in printed order."""
    reading = zones.addressed
    head = _HEAD.match(reading.folded)
    if head is None:
        missed("/document/addressed_to", "addressed_to", "no line begins with ‘Kính gửi’", reading.string)
        return ()
    fields = []
    for match in re.compile(r"[^;\n]+(?:\n(?!\s*[-–—~+•])[^;\n]+)*").finditer(reading.string, head.end()):
        value = reading.flat(*match.span()).strip(" -–—~+•.;:,")
        if sum(c.isalpha() for c in value) >= 2:
            fields.append(reading.field(value, match.start(), match.end(), "addressed_to"))
    return tuple(fields)
