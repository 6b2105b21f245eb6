"""`thongbao explain`: rules told in words, pointers followed, missing values accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.build import extract, reading
from extract.notice import Kind, ProducedBy, Source
from extract.trail import listening
from normalize.fold import fold
from normalize.text import from_lines
from pipeline.cli import main
from pipeline.explain.account import Account, account_for
from pipeline.explain.pointer import NoSuchPlace, locate
from pipeline.explain.rules import pattern_of, rules, rules_for
from pipeline.explain.tell import tell
from pipeline.settings import Settings, data_versions

LETTER = """UBND TỈNH LẠNG SƠN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ    Độc lập - Tự do - Hạnh phúc
Số: 316/TB-SNV    Lạng Sơn, ngày 31 tháng 11 năm 2023
THÔNG BÁO
Kết quả kiểm tra xã nông thôn mới
Ngày 28/11/2023, Sở Nội vụ kiểm tra xã Long Đống, huyện Bắc Sơn như sau:
1. Xã Long Đống đã đạt 14/19 tiêu chí nông thôn mới.
Nơi nhận:    KT. GIÁM ĐỐC
- UBND tỉnh (để b/c);    PHÓ GIÁM ĐỐC
- Lưu: VT.    Nguyễn Văn Minh
"""


def account(pointer: str, text: str = LETTER) -> Account:
    lines = from_lines(text.splitlines())
    source = Source(name="a.txt", sha256="0" * 64, kind=Kind.TEXT, pages=1, range=(1, 1), failed_pages=())
    made = ProducedBy(thongbao="0.1.0", ocr=None, settings=Settings().fingerprint(), data=data_versions())
    with listening() as trail:
        notice = extract(lines, ident="0" * 16, source=source, produced_by=made, review_below=0.8)
    return account_for(notice, reading(lines), trail, pointer)


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_examples_hold_a_cue(rule) -> None:  # type: ignore[no-untyped-def]
    assert rule.examples
    for example in rule.examples:
        assert any(fold(cue) in fold(example) for cue in rule.cues), example


def test_every_rule_that_gave_a_value_is_told_in_words(all_rules_of_samples: set[str]) -> None:
    assert all_rules_of_samples
    assert all_rules_of_samples <= set(rules())


@pytest.fixture(scope="module")
def all_rules_of_samples() -> set[str]:
    from pipeline.read import read_notices

    dumps = sorted((Path(__file__).parent.parent / "samples" / "seen").glob("*/dump.txt"))
    return {e.rule for dump in dumps for notice in read_notices(dump) for e in notice.evidence.values() if e.rule}


def test_a_value_is_told_with_rule_place_and_words() -> None:
    told = tell(account("/document/number"))
    assert '"316"' in told
    assert "Rule     number: looks at the left column" in told
    assert "on page 1" in told


def test_an_inferred_value_says_why_and_what_else_it_might_be() -> None:
    told = tell(account("/document/date"))
    assert "How      inferred" in told
    assert "'31' is no day of that month" in told
    assert "marked for review" in told


def test_a_part_of_a_unit_is_told_with_the_unit() -> None:
    told = account("/ntm/assessments/0/unit/name")
    assert told.at == "/ntm/assessments/0/unit"
    assert "Evidence is kept for /ntm/assessments/0/unit" in tell(told)


def test_a_part_lists_its_values() -> None:
    told = tell(account("/document/signer"))
    assert '/document/signer/name = "Nguyễn Văn Minh"' in told


@pytest.mark.parametrize(
    ("pointer", "said"),
    [
        ("/document/secrecy", "none of the first 25 lines"),
        ("/document/addressed_to", "no line begins with ‘Kính gửi’"),
        ("/ntm/as_of", "a month alone is none"),
        ("/ntm/bands/0", "band_count: looks at"),
        ("/ntm/average_criteria", "no number stands with ‘bình quân’"),
    ],
)
def test_a_missing_value_names_the_rules_that_looked(pointer: str, said: str) -> None:
    told = account(pointer)
    assert told.place.missing
    assert said in tell(told)


def test_a_misread_cue_is_shown_as_near() -> None:
    told = account("/ntm/as_of", LETTER.replace("1. Xã", "Tinh đến tháng 11 có kết quả.\n1. Xã"))
    assert any("đến tháng 11" in near.text for near in told.near)


def test_a_notice_without_the_programme_says_so() -> None:
    told = tell(account("/ntm/year", LETTER.replace("nông thôn mới", "văn hóa").replace("14/19", "14")))
    assert "neither ‘nông thôn mới’ nor ‘NTM’" in told


@pytest.mark.parametrize("pointer", ["/document/nothing", "/bands", "/document/number/0", "/document/recipients/x"])
def test_a_pointer_that_leads_nowhere_is_refused(pointer: str) -> None:
    with pytest.raises(NoSuchPlace, match="No notice has a place"):
        account(pointer)


def test_pointers_are_followed_with_their_escapes() -> None:
    assert locate({"a/b": {"~": [1, 2]}}, "/a~1b/~0/1").value == 2
    assert locate({"a": [1]}, "/a/7").missing
    assert pattern_of("/ntm/bands/12/communes/-") == "/ntm/bands/i/communes/i"
    assert {rule.name for rule in rules_for("/document/signer")} == {
        "signer_name",
        "signer_title",
        "authority",
        "for_title",
    }


def test_nothing_is_kept_while_nobody_listens() -> None:
    with listening() as outer:
        pass
    account("/document/secrecy")
    assert outer == []


def test_the_command_explains_a_dump(tmp_path: Path) -> None:
    dump = tmp_path / "a.txt"
    dump.write_text(LETTER, "utf-8")
    result = command(str(dump), "document/code")
    assert result.exit_code == 0
    assert '"316/TB-SNV"' in result.output


def test_the_command_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    dump = tmp_path / "a.txt"
    dump.write_text(LETTER, "utf-8")
    assert command(str(tmp_path / "none.pdf"), "/document").exit_code == 3
    wrong = command(str(dump), "/document/colour")
    assert wrong.exit_code == 2
    assert "type_name" in wrong.output
    assert "holds 1 notice, no number 2" in command(str(dump), "/document", "--notice", "2").output
