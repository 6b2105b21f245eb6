"""A whole notice document of an invented notice, for tests of what comes after extraction."""

from __future__ import annotations

from typing import Any

from extract.notice import Evidence, Notice, Review

COMMUNE = {
    "level": "commune",
    "type": "xã",
    "name": "Long Đống",
    "code": "06328",
    "as_of": "2023-03-14",
    "district": {"name": "Bắc Sơn", "code": "185"},
    "province": {"name": "Lạng Sơn", "code": "20"},
    "successors": [{"code": "06325", "name": "Bắc Sơn", "whole": True}],
}


def an_evidence(**changes: Any) -> Evidence:
    """A plain reading, but for what is given."""
    plain = {"confidence": 0.99, "method": "read", "raw": "05", "page": 1, "rule": "number", "span": (4, 6)}
    return Evidence.model_validate(plain | changes)


def a_notice(**changes: Any) -> Notice:
    """A valid notice with something in every part, but for what is given."""
    evidence = {
        "/document/number": an_evidence(),
        "/document/date": an_evidence(
            confidence=0.5, method="inferred", review=True, rule="date", boxes=[(1490, 412, 2110, 460)], why="day 41"
        ),
        "/ntm/assessments/0/unit": an_evidence(confidence=0.93, method="matched", rule="units"),
        "/ntm/assessments/0/outcome": an_evidence(confidence=0.9, method="matched", rule="outcome"),
        "/ntm/assessments/0/criteria/0": an_evidence(confidence=0.97, method="matched", rule="criteria", page=2),
        "/ntm/assessments/0/criteria/1": an_evidence(confidence=0.6, method="matched", rule="criteria", review=True),
    }
    return Notice.model_validate(_PLAIN | {"evidence": evidence, "review": Review.of(evidence)} | changes)


_PLAIN: dict[str, Any] = {
    "id": "9f2c41d07a3be655",
    "source": {"name": "tb-05.pdf", "sha256": "ab" * 32, "kind": "scan", "pages": 3, "range": (1, 3)},
    "produced_by": {
        "thongbao": "0.1.0",
        "ocr": "tesseract 5.3.0 vie",
        "settings": "sha256:" + "cd" * 32,
        "data": {"units": "u", "criteria": "c", "model": None},
    },
    "document": {
        "type": "thong_bao",
        "type_name": "Thông báo",
        "number": "05",
        "symbol": "TB-SNV",
        "code": "05/TB-SNV",
        "issuer": "Sở Nội vụ",
        "issuer_parent": "UBND tỉnh Lạng Sơn",
        "place": "Lạng Sơn",
        "date": "2023-03-14",
        "subject": "Kết quả kiểm tra",
        "signer": {"name": "Hoàng Văn Thử", "title": "Phó Giám đốc", "authority": "KT", "for_title": "Giám đốc"},
        "recipients": [{"name": "UBND tỉnh", "purpose": "để b/c"}],
        "filing": ["VT"],
    },
    "citations": [{"type": "ke_hoach", "code": "18/KH-UBND", "date": "2023-01-18", "role": "basis"}],
    "tasks": [{"addressees": ["UBND huyện Bắc Sơn"], "text": "Hoàn thành hồ sơ", "deadline": "2023-04-15"}],
    "ntm": {
        "province": {"level": "province", "type": "tỉnh", "name": "Lạng Sơn", "code": "20", "as_of": "2023-03-14"},
        "year": 2023,
        "period": "2021-2025",
        "communes_total": 17,
        "average_criteria": 14.29,
        "bands": [{"target": "ntm", "min": 19, "max": 19, "count": 1, "communes": [COMMUNE]}],
        "assessments": [
            {
                "unit": COMMUNE,
                "target": "ntm",
                "outcome": "assessed",
                "criteria_set": "xa-ntm-2021-2025",
                "stated": {"achieved": 1, "not_achieved": 1, "total": 19},
                "criteria": [
                    {"number": 1, "name": "Quy hoạch", "status": "achieved"},
                    {"number": 2, "name": "Giao thông", "status": "not_achieved"},
                ],
            }
        ],
        "funding": [{"source": "Ngân sách Trung ương", "item": "Vốn đầu tư", "amount_vnd": 14574000000}],
    },
    "checks": [{"id": "listed-equals-stated", "at": "/ntm/assessments/0", "status": "pass", "message": "1 listed"}],
}
