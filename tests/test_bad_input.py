"""Rubbish of every kind: left as it is or a typed failure, in bounded time and memory, and never another exception."""

import resource
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from normalize.restore import restore_string
from ocr.errors import NotADocument, ThongbaoError, TooLarge
from ocr.formats.dump import decode, read_dump_page, split_pages
from ocr.formats.legacy import Encoding, convert
from ocr.limits import Limits
from ocr.read import read_pages
from ocr.source import identify, read_text
from pipeline import cli_restore
from pipeline.cli_restore import restore

unhurried = settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck), derandomize=True)

FOREIGN = {
    "English": "The People's Committee shall submit its report on the implementation before 31/12/2020.",
    "French": "Le comité a examiné le rapport présenté par le préfet; l'arrêté entrera en vigueur dès sa publication.",
    "Lao": "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ ສັນຕິພາບ ເອກະລາດ ປະຊາທິປະໄຕ ເອກະພາບ ວັດທະນະຖາວອນ ເລກທີ 12/ປຂ",
    "Chinese": "越南社會主義共和國 獨立 自由 幸福 第十二號通知",
    "Russian": "Народный комитет уезда представляет отчёт о ходе выполнения программы за 2020 год.",
}
PIECES = st.sampled_from(
    [
        *FOREIGN.values(),
        "Thực hiện Kế hoạch số 12/KH-UBND",
        "Thuc hién Ké hoach s6 12/KH-UBND",
        "C¨n cø QuyÕt ®Þnh sè 263/Q§-TTg",
        "Caên cöù Quyeát ñònh soá 263/QÑ-TTg",
        "Ä\x90á»\x99c láº\xadp",
        "\x00\x01\x02",
        "\ud800",
        "\udfff\ud800",
        "\u202e\u200b\ufeff\u2028\x85\x1c",
        "e" + "\u0301" * 60,
        "1" * 60,
        "\f",
        "\r\n",
        " ",
        "\ufffd",
        "\U0010ffff",
    ]
)
MIXED = st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=12)), max_size=14).map(" ".join)
BYTES = st.one_of(
    st.binary(max_size=600),
    MIXED.map(lambda text: text.encode("utf-8", "surrogatepass")),
    MIXED.map(lambda text: text.encode("utf-16", "surrogatepass")),
    MIXED.map(lambda text: text.encode("latin-1", "replace")),
    MIXED.map(lambda text: text.encode("cp1258", "replace")),
    st.lists(
        st.sampled_from([b"\xc3\xa9", b"\xe9", b"s\xe8", b"\xff\xfe", b"\n", b"ng\xb5y", b"\x00"]), max_size=80
    ).map(b"".join),
)


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_left_as_they_are(language):
    page = "\n".join([FOREIGN[language]] * 12)
    assert restore_string(page) == (page, ())
    assert convert(page) == (page, ())


@pytest.mark.parametrize("language", FOREIGN)
def test_a_page_in_another_language_stays_amid_vietnamese_ones(language):
    foreign, mangled = FOREIGN[language], "Thuc hién Ké hoach cua Uy ban nhan dan huyén vé viéc xay dung néng thén méi"
    text = "\n".join([mangled] * 6 + [foreign] * 6 + [mangled] * 6)
    lines = restore_string(text)[0].split("\n")
    assert lines[6:12] == [foreign] * 6
    assert lines[0].startswith("Thực hiện")


@given(MIXED)
@unhurried
def test_restoring_a_mixture_can_be_undone(text):
    restored, changes = restore_string(text)
    back = restored
    for change in reversed(changes):
        assert back[change.start : change.end] == change.after
        back = back[: change.start] + change.before + back[change.end :]
    assert restore_string(back)[0] == restored


@given(BYTES)
@example(b"")
@example(b"\xff\xfe")
@example(b"\x00" * 600)
@example(b"\xfe\xff\xd8\x00")
@unhurried
def test_bytes_are_a_text_or_none(data):
    text = decode(data)
    if text is None:
        return
    assert "\x00" not in text
    assert "\r" not in text
    pages = split_pages(text)
    assert "".join(pages) == text
    for raw in pages:
        for line in read_dump_page(raw, 1, list(Encoding)).lines:
            for word in line.words:
                assert raw[word.start : word.end].strip()
                assert word.text


@given(BYTES)
@unhurried
def test_a_dump_is_pages_or_a_typed_failure(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "dump.txt"
    file.write_bytes(data)
    try:
        pages = list(read_pages(identify(file)))
    except ThongbaoError as error:
        assert str(file) in str(error)
        return
    assert any(c.isalnum() for page in pages for c in page.raw)


@given(BYTES)
@unhurried
def test_the_command_gives_text_or_a_typed_failure(data):
    done = CliRunner().invoke(restore, ["-"], input=data)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in (0, NotADocument.exit_code)
    if done.exit_code:
        assert done.stderr.startswith("error: -:")


@given(st.one_of(MIXED, st.text()))
@unhurried
def test_conversion_keeps_lines_and_gives_text(text):
    turned, among = convert(text)
    assert turned.count("\n") == text.count("\n")
    assert among or turned == text


def test_a_text_beyond_the_limits_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "long.txt"
    file.write_bytes(b"so 12 " * 100)
    with pytest.raises(TooLarge):
        read_text(file, Limits(text_size=100))
    monkeypatch.setattr(cli_restore, "LARGEST", 100)
    assert CliRunner().invoke(restore, [str(file)]).exit_code == TooLarge.exit_code


LONG = 1_000_000
HOSTILE = {
    "one word": b"a" * LONG,
    "one line": b"huyen s6 12 " * (LONG // 60),
    "one line of legacy text": "huyÖn sè 12 ".encode("latin-1") * (LONG // 12),
    "one legacy word": b"\xb5\xc6\xd6" * (LONG // 3),
    "marks": ("e" + "\u0301" * 99).encode() * (LONG // 200),
    "no letter": b"\xe2\x80\x8b" * (LONG // 3),
    "Lao": FOREIGN["Lao"].encode() * 500,
    "rubbish": bytes(range(1, 256)) * 4_000,
    "NUL": b"\x00" * LONG,
    "short lines": b"a\n" * (LONG // 20),
    "form feeds": b"a\f" * 4_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hundreds_of_thousands_of_characters_take_bounded_time_and_memory(tmp_path, name):
    """The limits are the system's: 60 seconds of CPU and 2 GB of address space, far above what is needed."""
    file = tmp_path / "hostile.txt"
    file.write_bytes(HOSTILE[name])

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    program = "from pipeline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "restore", str(file)],
        capture_output=True,
        preexec_fn=limit,
        check=False,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": "."},
    )
    assert done.returncode in (0, NotADocument.exit_code), done.stderr[-500:]
    assert b"Traceback" not in done.stderr
    assert len(done.stdout) <= 4 * len(HOSTILE[name])
