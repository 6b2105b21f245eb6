"""The district that a notice's communes lie in, where its name was read as another's: Tam Dương for Tam Đường."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.draft import DocumentDraft, NtmDraft
from extract.field import Field, Method
from normalize.fold import fold


def by_its_communes(document: DocumentDraft, ntm: NtmDraft | None) -> DocumentDraft:
    """Issuer, place and trích yếu under the name of the district that was inferred from the communes, marked."""
    district = ntm.district if ntm else None
    if district is None or district.method is not Method.INFERRED:
        return document
    name, why = district.value.name, district.why or "the communes named lie there"
    return replace(
        document,
        issuer=_named(document.issuer, name, why),
        issuer_parent=_named(document.issuer_parent, name, why),
        place=_named(document.place, name, why),
        subject=_named(document.subject, name, why),
    )


def _named(field: Field[str] | None, name: str, why: str) -> Field[str] | None:
    """The field with the name where one of the same letters stands, as whole words."""
    read = re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(field.value)) if field else None
    if field is None or read is None or field.value[slice(*read.span())] == name:
        return field
    value = field.value[: read.start()] + name + field.value[read.end() :]
    return replace(field, value=value, method=Method.INFERRED, alternatives=(field.value,)).doubt(why, 0.75)
