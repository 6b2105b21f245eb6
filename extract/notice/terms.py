"""The closed words of the document: every value that a field of a few choices can take."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the source file is."""

    SCAN = "scan"
    DIGITAL = "digital"
    TEXT = "text"


class Urgency(StrEnum):
    """Độ khẩn, the highest first."""

    HOA_TOC = "hoa_toc"
    THUONG_KHAN = "thuong_khan"
    KHAN = "khan"


class Secrecy(StrEnum):
    """Độ mật, the highest first."""

    TUYET_MAT = "tuyet_mat"
    TOI_MAT = "toi_mat"
    MAT = "mat"


class Authority(StrEnum):
    """The right by which somebody signs: on behalf of a body, for a superior, by order, by mandate, acting."""

    TM = "TM"
    KT = "KT"
    TL = "TL"
    TUQ = "TUQ"
    Q = "Q"


class Role(StrEnum):
    """Does a notice rest on the cited document, or does it only speak of it?"""

    BASIS = "basis"
    MENTION = "mention"


class Level(StrEnum):
    """The level of an administrative unit."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"


class Target(StrEnum):
    """The level of the programme: nông thôn mới, nâng cao, kiểu mẫu."""

    NTM = "ntm"
    NANG_CAO = "nang_cao"
    KIEU_MAU = "kieu_mau"


class Outcome(StrEnum):
    """What the notice does with a unit: recognises it, judges it, or plans for it."""

    RECOGNISED = "recognised"
    ASSESSED = "assessed"
    PLANNED = "planned"


class Status(StrEnum):
    """What the notice says of one criterion. A criterion of which it says nothing is not listed."""

    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"


class CheckStatus(StrEnum):
    """`UNKNOWN` where the notice does not state enough to check."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """How a value was obtained, from the nearest to the page to the farthest."""

    READ = "read"
    RESTORED = "restored"
    MATCHED = "matched"
    INFERRED = "inferred"
    CORRECTED = "corrected"
