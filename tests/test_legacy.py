"""Text from before Unicode: recognised, converted, and nothing else touched."""

import json
import lzma
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from ocr.formats import legacy
from ocr.formats.dump import decode
from ocr.formats.legacy import Encoding, convert, encodings_of, recognise, turn
from ocr.read import read_pages
from ocr.source import Kind, identify
from pipeline.cli_restore import restore

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TRUE = ["Thực hiện Quyết định số 12/QĐ-UBND của Thủ tướng", "về việc kiểm tra nông thôn mới, huyện Kỳ Sơn"]
GIVEN = {
    Encoding.TCVN3: [
        "Thùc hiÖn QuyÕt ®Þnh sè 12/Q§-UBND cña Thñ t\xadíng",
        "vÒ viÖc kiÓm tra n«ng th«n míi, huyÖn Kú S¬n",
    ],
    Encoding.VNI: [
        "Thöïc hieän Quyeát ñònh soá 12/QÑ-UBND cuûa Thuû töôùng",
        "veà vieäc kieåm tra noâng thoân môùi, huyeän Kyø Sôn",
    ],
    Encoding.VISCII: [
        "Thñc hi®n Quyªt ð¸nh s¯ 12/QÐ-UBND cüa Thü tß¾ng",
        "v« vi®c ki¬m tra nông thôn m¾i, huy®n KÏ S½n",
    ],
    Encoding.VPS: [
        "Th¿c hiŒn Quy‰t ÇÎnh sÓ 12/Qñ-UBND cûa Thû tÜ§ng",
        "vŠ viŒc ki‹m tra nông thôn m§i, huyŒn Kÿ SÖn",
    ],
}
FOREIGN = [
    "Le conseil a décidé à l'unanimité d'accélérer les réformes économiques; le président était présent « hier ».",
    "La comisión aprobó el año pasado la ampliación del período de información pública según el artículo décimo.",
    "Die Behörde prüft die Anträge für die Förderung der Gemeinden; über die Höhe entscheidet der Ausschuß später.",
    "ຄະນະກໍາມະການ ໄດ້ຕົກລົງ ກ່ຽວກັບ ແຜນພັດທະນາ ຊົນນະບົດ ສໍາລັບ ປີ 2021",
    "The provisions of this Decree shall apply to all enterprises — © 2004, § 5, 20 °C ± 1, ½ £, café, naïve.",
]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_each_encoding_is_recognised_and_converted(encoding):
    assert convert("\n".join(GIVEN[encoding])) == ("\n".join(TRUE), (encoding,))


@pytest.mark.parametrize("encoding", list(Encoding))
def test_a_dump_is_converted_and_its_raw_text_is_not(tmp_path, encoding):
    file = tmp_path / "dump.txt"
    file.write_bytes("\r\n".join(GIVEN[encoding]).encode("latin-1" if encoding is not Encoding.VPS else "cp1252"))
    (page,) = read_pages(identify(file))
    assert [line.text for line in page.lines] == TRUE
    assert page.notes == (f"converted from {encoding.name}",)
    for line, given in zip(page.lines, page.raw.split("\n"), strict=True):
        assert [page.raw[word.start : word.end] for word in line.words] == given.split()


def test_restore_takes_a_legacy_file(tmp_path):
    file = tmp_path / "old.txt"
    file.write_bytes("\n".join(GIVEN[Encoding.VNI]).encode("latin-1"))
    run = CliRunner().invoke(restore, [str(file)])
    assert run.stdout == "\n".join(TRUE)
    assert "VNI" in run.stderr


def test_sections_typed_on_two_machines_and_a_modern_one_are_told_apart():
    lines = GIVEN[Encoding.TCVN3] * 3 + TRUE + GIVEN[Encoding.VNI] * 3
    assert convert("\n".join(lines))[0].split("\n") == TRUE * 7
    assert encodings_of(["Ngµy", "Độc lập", ""], [Encoding.TCVN3]) == [Encoding.TCVN3, None, None]


def test_capitals_that_the_font_drew_come_back():
    assert turn(["ñy", "ban", "nh©n", "d©n"], Encoding.TCVN3) == ["ủy", "ban", "nhân", "dân"]
    assert turn(["Vµ", "TR×NH"], Encoding.TCVN3) == ["VÀ", "TRÌNH"]
    assert turn(["Sè", "12/N§-CP"], Encoding.TCVN3) == ["Số", "12/NĐ-CP"]
    assert turn(["§¹C", "§¹t"], Encoding.TCVN3) == ["ĐẠC", "Đạt"]
    assert turn(["Së", "NN", "vµ", "PTNT"], Encoding.TCVN3) == ["Sở", "NN", "và", "PTNT"]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_quotation_marks_stay(encoding):
    byte = encoding in (Encoding.TCVN3, Encoding.VNI)  # in the others these bytes are letters
    given = GIVEN[encoding][1].split()[:3]
    left, right = ("\x93", "\x94") if byte else ("“", "”")
    words = [left + given[0], given[1], given[2] + right]
    assert turn(words, encoding) == ["“về", "việc", "kiểm”"]
    assert turn(["–", "“”", "…"], encoding) == ["–", "“”", "…"]


def test_names_of_fonts_help_few_words_and_never_decide_alone():
    few = ["Sè ngµy"]
    assert recognise(few) == ()
    assert recognise(few, ["ABCDEF+.VnTime"]) == (Encoding.TCVN3,)
    assert recognise(["Số ngày của huyện"], [".VnTime", "VNI-Times"]) == ()


@pytest.mark.parametrize("text", FOREIGN, ids=["French", "Spanish", "German", "Lao", "English"])
def test_other_languages_stay(text):
    assert convert("\n".join([text] * 20)) == ("\n".join([text] * 20), ())


def test_windows_own_code_page_is_not_taken_for_a_legacy_encoding():
    windows = "Uy\u0309 ban nhân dân huyê\u0323n vê\u0300 viê\u0323c thư\u0323c hiê\u0323n đê\u0301n năm".encode(
        "cp1258"
    )
    assert decode(windows * 5).startswith("Uy\u0309 ban nhân dân huyê\u0323n")


def _texts():
    yield from (path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*/*/*.txt")))
    yield from (line for case in FOREIGN for line in [case])


def test_no_sample_is_converted():
    texts = list(_texts())
    assert len(texts) > 20
    assert [text for text in texts if recognise(text.split("\n"))] == []


def test_no_text_of_the_benchmark_is_converted():
    if not SHARED.is_dir():
        pytest.skip("the benchmark folder is not beside the project")
    with lzma.open(SHARED / "corpus" / "heldout.txt.xz", "rt", encoding="utf-8") as f:
        lines = f.read().split("\n")
    rows = [json.loads(row) for row in (SHARED / "corpus" / "pairs-heldout.jsonl").open(encoding="utf-8")]
    seed = [path.read_text(encoding="utf-8") for path in (SHARED / "bench" / "seed").glob("*.txt")]
    for texts in (lines, [row[1] for row in rows], [row[2] for row in rows]):
        chunks = ["\n".join(texts[at : at + 20]) for at in range(0, len(texts), 20)]
        assert [chunk for chunk in [*chunks, *texts] if recognise(chunk.split("\n"))] == []
    assert not any(recognise(text.split("\n")) for text in seed)


def _pdf(path, lines, font):
    """A page set in a font of one byte a letter, as Word 97 and a PDF printer made them."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    kind = {"Type": pikepdf.Name.Font, "Subtype": pikepdf.Name.Type1, "Encoding": pikepdf.Name.WinAnsiEncoding}
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pikepdf.Dictionary(**kind, BaseFont=font)))
    rows = b"".join(b"(" + line.encode("latin-1") + b") Tj T*\n" for line in lines)
    page.Contents = pdf.make_stream(b"BT /F 11 Tf 50 800 Td 16 TL\n" + rows + b"ET")
    pdf.save(path)


@pytest.mark.parametrize(("encoding", "font"), [(Encoding.TCVN3, "/.VnTime"), (Encoding.VNI, "/VNI-Times")])
def test_a_text_layer_is_converted_and_used(tmp_path, encoding, font):
    file = tmp_path / "old.pdf"
    _pdf(file, GIVEN[encoding], pikepdf.Name(font))
    source = identify(file)
    assert source.kind is Kind.DIGITAL
    assert source.sheets[0].legacy == (encoding,)
    (page,) = read_pages(source)
    assert [line.text for line in page.lines] == TRUE
    assert page.notes == (legacy.note([encoding]),)
    assert page.raw.split() == " ".join(GIVEN[encoding]).replace("\xad", "-").split()
    for word in (word for line in page.lines for word in line.words):
        assert page.raw[word.start : word.end] in page.raw.split()
