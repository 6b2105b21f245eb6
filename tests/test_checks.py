"""Checks: each passes, fails and abstains where it should, and a failure marks what it touches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest

from extract.checks import legible, run_checks
from extract.checks.bands import _is_rounded
from extract.citations.known import borne_out, known_documents
from extract.draft import (
    AssessmentDraft,
    BandDraft,
    CitationDraft,
    DocumentDraft,
    NoticeDraft,
    NtmDraft,
    SignerDraft,
    StatedDraft,
)
from extract.field import Field, Method
from extract.notice import Authority, Criterion, Level, Outcome, Role, Status, Target, Unit
from normalize.lexicon.criteria import set_by_id
from normalize.text import Place
from ocr.page import Box, Word
from tests.test_annex import FOOT, HEAD, read

SET = "xa-ntm-2021-2025"


def field(value, method=Method.READ):
    return Field(value, 0.99, method, "test")


def unit(name, code=None):
    return field(Unit(level=Level.COMMUNE, type="xã", name=name, code=code))


def criteria(*numbers, status=Status.ACHIEVED, method=Method.MATCHED):
    names = set_by_id(SET)
    return tuple(field(Criterion(number=n, name=names.criterion(n).name, status=status), method) for n in numbers)


def assessed(listed, **stated):
    counts = StatedDraft(**{key: field(value) for key, value in stated.items()})
    draft = AssessmentDraft(
        unit("Long Đống"), field(Target.NTM), field(Outcome.ASSESSED), field(SET), counts, tuple(listed)
    )
    return NoticeDraft(DocumentDraft(), ntm=NtmDraft(assessments=(draft,)))


def banded(*bands, total=None, average=None):
    drafts = tuple(BandDraft(Target.NTM, low, high, field(count), names) for low, high, count, names in bands)
    ntm = NtmDraft(bands=drafts, communes_total=total and field(total), average_criteria=average and field(average))
    return NoticeDraft(DocumentDraft(), ntm=ntm)


def inspected(day, kind="thong_bao", issued=dt.date(2023, 11, 30)):
    document = DocumentDraft(type=field(kind), date=field(issued))
    return NoticeDraft(document, ntm=replace(banded().ntm, inspected_on=field(day)))


def about(subject):
    return NoticeDraft(DocumentDraft(subject=field(subject)))


def cited(code, day, issued=dt.date(2023, 11, 30)):
    citation = CitationDraft(field("nghi_dinh"), field(code), field(day), None, None, field(Role.BASIS), 0)
    return NoticeDraft(DocumentDraft(date=field(issued)), citations=(citation,))


@pytest.mark.parametrize(
    ("ident", "draft", "status"),
    [
        ("listed-equals-stated", assessed(criteria(1, 2, 3), achieved=3), "pass"),
        ("listed-equals-stated", assessed(criteria(1, 2), achieved=3), "fail"),
        ("stated-counts-sum", assessed((), achieved=14, not_achieved=5, total=19), "pass"),
        ("stated-counts-sum", assessed((), achieved=14, not_achieved=6, total=19), "fail"),
        ("stated-counts-sum", assessed((), achieved=15, not_achieved=6), "fail"),  # the set has 19
        ("stated-counts-sum", assessed((), achieved=14, not_achieved=5), "pass"),
        ("stated-counts-sum", assessed((), achieved=14, not_achieved=4), "unknown"),  # one was not judged
        ("missing-leave-room", assessed(criteria(2, 6, status=Status.NOT_ACHIEVED), achieved=17), "pass"),
        ("missing-leave-room", assessed(criteria(2, 6, status=Status.NOT_ACHIEVED), achieved=18), "fail"),
        ("missing-leave-room", assessed(criteria(2, 6, status=Status.NOT_ACHIEVED), achieved=15), "unknown"),
        ("criterion-number-and-name", assessed(criteria(1)), "pass"),
        ("criterion-number-and-name", assessed(criteria(1, method=Method.INFERRED)), "fail"),
        ("band-count", banded((19, 19, 2, (unit("A"), unit("B")))), "pass"),
        ("band-count", banded((19, 19, 3, (unit("A"), unit("B")))), "fail"),
        ("bands-disjoint", banded((19, 19, 1, (unit("A"),)), (10, 14, 1, (unit("A"),))), "fail"),
        ("bands-apart", banded((19, 19, 4, ()), (15, 18, 3, ())), "pass"),
        ("bands-apart", banded((0, 18, 4, ()), (15, 18, 3, ())), "fail"),
        ("bands-sum-to-total", banded((19, 19, 4, ()), (5, 18, 13, ()), total=17), "pass"),
        ("bands-sum-to-total", banded((19, 19, 4, ()), (5, 18, 12, ()), total=17), "fail"),
        ("average-within-bands", banded((19, 19, 1, ()), (15, 18, 1, ()), total=2, average=17.5), "pass"),
        ("average-within-bands", banded((19, 19, 1, ()), (15, 18, 1, ()), total=2, average=14.5), "fail"),
        ("average-is-a-whole-sum", banded(total=17, average=14.29), "pass"),
        ("average-is-a-whole-sum", banded(total=17, average=14.27), "fail"),
        ("average-is-a-whole-sum", banded(total=11, average=19), "pass"),
        ("cited-before-issued", cited("30/2020/NĐ-CP", dt.date(2020, 3, 5)), "pass"),
        ("cited-before-issued", cited("30/2024/NĐ-CP", dt.date(2024, 3, 5)), "fail"),
        ("inspected-before-issued", inspected(dt.date(2023, 11, 20)), "pass"),
        ("inspected-before-issued", inspected(dt.date(2023, 12, 1)), "fail"),
        ("inspected-before-issued", inspected(dt.date(2022, 11, 20)), "fail"),
        ("inspected-before-issued", inspected(dt.date(2023, 11, 20), "bien_ban"), "fail"),
        ("season-of-two-years", about("Công tác tuyển sinh năm học 2022 - 2023"), "pass"),
        ("season-of-two-years", about("Sản xuất vụ Đông Xuân 2012-2018"), "fail"),
        ("code-year-is-date-year", cited("30/2020/NĐ-CP", dt.date(2020, 3, 5)), "pass"),
        ("code-year-is-date-year", cited("30/2020/NĐ-CP", dt.date(2021, 3, 5)), "fail"),
    ],
)
def test_outcome(ident, draft, status):
    (found,) = [verdict for verdict in run_checks(draft, ()) if verdict.check.id == ident]
    assert found.check.status.value == status
    assert found.touched or status != "fail", "a failed check that touches nothing would mark nothing"


@pytest.mark.parametrize(("achieved", "status"), [(16, "pass"), (14, "fail")])
def test_a_commune_lies_in_its_band(achieved, status):
    place, band = assessed((), achieved=achieved), banded((15, 18, 1, (unit("Long Đống"),)))
    draft = NoticeDraft(DocumentDraft(), ntm=replace(place.ntm, bands=band.ntm.bands))
    (found,) = [verdict for verdict in run_checks(draft, ()) if verdict.check.id == "achieved-within-band"]
    assert found.check.status.value == status
    assert found.touched == ("/ntm/assessments/0/stated/achieved", "/ntm/bands/0/communes/0")


def test_a_citation_of_an_undated_notice_cannot_be_checked():
    draft = NoticeDraft(DocumentDraft(), citations=cited("30/2020/NĐ-CP", dt.date(2020, 3, 5)).citations)
    (found,) = [verdict for verdict in run_checks(draft, ()) if verdict.check.id == "cited-before-issued"]
    assert found.check.status.value == "unknown"


def test_a_missing_number_is_told():
    draft = NoticeDraft(DocumentDraft(symbol=field("TB-UBND")))
    (found,) = [verdict for verdict in run_checks(draft, ()) if verdict.check.id == "number-read"]
    assert (found.check.status.value, found.check.at) == ("unknown", "/document/number")


@pytest.mark.parametrize(("average", "communes", "possible"), [(14.29, 17, True), (14.27, 17, False), (15.3, 10, True)])
def test_averages_are_whole_sums(average, communes, possible):
    assert _is_rounded(average, communes) is possible


@pytest.mark.parametrize(("title", "status"), [("Cục trưởng", "fail"), ("Chi cục trưởng", "pass")])
def test_the_head_of_a_branch_has_its_title(title, status):
    document = DocumentDraft(issuer=field("Chi cục Thú y"), signer=SignerDraft(None, field(title)))
    found = [v for v in run_checks(NoticeDraft(document, ()), ()) if v.check.id == "title-fits-issuer"]
    assert [v.check.status.value for v in found] == [status]


@pytest.mark.parametrize(
    ("issuer", "authority", "status"),
    [
        ("Ủy ban nhân dân huyện Hoài Ân", Authority.KT, ["pass"]),
        ("UBND xã Hiếu Phụng", Authority.TM, ["fail"]),
        ("Huyện ủy Phú Hòa", Authority.TM, []),
    ],
)
def test_a_deputy_signs_for_the_head_of_a_committee(issuer, authority, status):
    document = DocumentDraft(issuer=field(issuer), signer=SignerDraft(None, field("Phó Chủ tịch"), field(authority)))
    found = [v for v in run_checks(NoticeDraft(document, ()), ()) if v.check.id == "deputy-signs-for"]
    assert [v.check.status.value for v in found] == status


def known(code, day):
    draft = CitationDraft(field("quyet_dinh"), field(code), field(day), None, None, field(Role.BASIS), 0)
    found = [v for v in run_checks(NoticeDraft(DocumentDraft(), (draft,)), ()) if v.check.id == "cited-as-known"]
    return [(v.check.status.value, v.touched) for v in found]


@pytest.mark.parametrize(
    ("code", "title", "status"),
    [
        ("318/QĐ-TTg", "ban hành Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025", "pass"),
        ("319/QĐ-TTg", "ban hành Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025", "fail"),
        ("319/QĐ-TTg", "quy định xã nông thôn mới kiểu mẫu giai đoạn 2021 - 2025", "pass"),
    ],
)
def test_a_title_tells_which_of_three_decisions_is_meant(code, title, status):
    day = field(dt.date(2022, 3, 8))
    draft = CitationDraft(field("quyet_dinh"), field(code), day, None, field(title), field(Role.BASIS), 0)
    found = [v for v in run_checks(NoticeDraft(DocumentDraft(), (draft,)), ()) if v.check.id == "cited-by-title"]
    assert [(v.check.status.value, v.touched) for v in found] == [(status, ("/citations/0/code",))]


def test_known_documents_have_their_own_day():
    both = ("/citations/0/code", "/citations/0/date")
    assert known("1980/QĐ-TTg", dt.date(2016, 10, 17)) == [("pass", ())]
    assert known("1980/QĐ-TTg", dt.date(2016, 10, 11)) == [("fail", both)]
    assert known("1930/QĐ-TTg", dt.date(2016, 10, 17)) == [("fail", both)]
    assert known("319/QĐ-TTg", dt.date(2022, 3, 8)) == [("pass", ())]  # though 318 of that day is known, too
    assert known("318/QĐ-TTg", dt.date(2019, 5, 2)) == []  # numbers begin anew each year
    assert known("27/KH-UBND", dt.date(2024, 2, 19)) == []
    assert known("57/2024/QH15", dt.date(2024, 11, 29)) == []  # a law of the day of 58/2024/QH15, and none of it
    assert known("58/2024/QH15", dt.date(2024, 11, 29)) == [("pass", ())]


def test_known_documents_are_told_once_and_by_a_source():
    codes = [one.code for one in known_documents()]
    assert len(codes) == len(set(codes)) >= 20


def test_what_is_told_of_a_doubtful_unit_is_doubtful():
    notice = read(HEAD + "Xã Tân Lặc đạt 17/19 tiêu chí, chưa đạt tiêu chí số 10 và 17.\n" + FOOT)
    told = {at: entry for at, entry in notice.evidence.items() if at.startswith("/ntm/assessments/0/")}
    assert told["/ntm/assessments/0/unit"].review
    assert len(told) > 4 and all(entry.review for entry in told.values())


def scanned(confidence):
    return Word("Ứng", Box(0, 0, 9, 9), confidence, 1, 0, 3)


def hard_to_read(name_certainty, words):
    name = replace(field("Danh Hoàng Ứng"), confidence=name_certainty)
    draft = NoticeDraft(DocumentDraft(signer=SignerDraft(name, field("Chủ tịch"))), ())
    return [(v.check.status.value, v.touched, v.at_most) for v in legible(draft, words)]


def test_what_is_kept_word_for_word_must_be_surer_on_a_scan():
    assert hard_to_read(0.93, [scanned(0.9)]) == [("fail", ("/document/signer/name",), 1.0)]
    assert hard_to_read(0.96, [scanned(0.9)]) == [("pass", (), 1.0)]
    assert hard_to_read(0.93, []) == hard_to_read(0.93, [Word("Ứng", None, 1.0, 1, 0, 3)]) == []


@pytest.mark.parametrize(
    ("code", "day", "subject", "surer"),
    [
        ("1980/QĐ-TTg", dt.date(2016, 10, 17), None, (True, True)),
        ("1980/QĐ-TTg", dt.date(2016, 10, 11), None, (False, False)),
        ("29/2023/QH15", None, "Luật Kinh doanh bất động sản", (True, None)),
        ("29/2023/QH15", None, "Luật Nhà ở", (False, None)),
    ],
)
def test_what_agrees_with_a_known_document_is_surer_than_its_ink(code, day, subject, surer):
    dim = partial(replace, confidence=0.7)
    draft = CitationDraft(
        field("luat"), dim(field(code)), dim(field(day)) if day else None, None, field(subject) if subject else None,
        field(Role.BASIS), 0,
    )  # fmt: skip
    found = borne_out(draft)
    assert (found.code.confidence > 0.9, found.date and found.date.confidence > 0.9) == surer
    doubted = replace(draft, code=dim(field(code)).doubt("its symbol names no office"))
    assert borne_out(doubted).code.review
    assert borne_out(doubted).code.confidence == 0.5


@pytest.mark.parametrize(
    ("middle", "status", "touched"),
    [
        (100, "pass", "/document/signer/title"),
        (130, "fail", "/document/signer/name"),
        (70, "fail", "/document/signer/title"),
    ],
)
def test_a_signer_stands_in_the_middle_below_the_title(middle, status, touched):
    def at(value, middle):
        place = Place(1, value, 0, len(value), (Box(middle - 40, 0, middle + 40, 20),))
        return replace(field(value), places=(place,))

    signer = SignerDraft(at("Lê Hoàng Đức", middle), at("Phó Chủ tịch", 100))
    (found,) = [
        v for v in run_checks(NoticeDraft(DocumentDraft(signer=signer), ()), ()) if v.check.id == "signer-centred"
    ]
    assert (found.check.status.value, found.touched) == (status, (touched,))


@pytest.mark.parametrize(
    ("kind", "issuer", "authority", "status"),
    [
        ("thong_bao", "Ủy ban nhân dân phường Hà Giang 1", None, ["fail"]),
        ("thong_bao", "UBND huyện Bắc Sơn", Authority.TM, ["pass"]),
        ("quyet_dinh", "Ủy ban nhân dân tỉnh Lạng Sơn", None, []),
        ("thong_bao", "Hội Nông dân huyện Bắc Sơn", None, []),
    ],
)
def test_a_committee_announces_as_a_body(kind, issuer, authority, status):
    signer = SignerDraft(None, field("Chủ tịch"), field(authority) if authority else None)
    document = DocumentDraft(type=field(kind), issuer=field(issuer), signer=signer)
    found = [v for v in run_checks(NoticeDraft(document, ()), ()) if v.check.id == "signs-with-authority"]
    assert [v.check.status.value for v in found] == status


@pytest.mark.parametrize(
    ("subject", "status"),
    [
        ("Tổ chức kiểm tra giữa học kỳ năm học 2025 - 2026", "fail"),
        ("Tổ chức kiểm tra giữa học kỳ I, năm học 2025 - 2026", "pass"),
    ],
)
def test_a_term_of_a_school_year_is_numbered(subject, status):
    document = DocumentDraft(subject=field(subject))
    found = [v for v in run_checks(NoticeDraft(document, ()), ()) if v.check.id == "term-is-numbered"]
    assert [v.check.status.value for v in found] == [status]
