"""The district that a notice's communes lie in, where its name was read as another's: Tam Dương for Tam Đường."""

from __future__ import annotations

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
    """The field with the name where one of the same letters stands."""
    at = fold(field.value).find(fold(name)) if field else -1
    if field is None or at < 0 or field.value[at : at + len(name)] == name:
        return field
    value = field.value[:at] + name + field.value[at + len(name) :]
    return replace(field, value=value, method=Method.INFERRED, alternatives=(field.value,)).doubt(why, 0.75)
