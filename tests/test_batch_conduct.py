"""The conductor with workers that read what the test says: deaths, lost pages, several notices, retries."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import Future
from dataclasses import dataclass, field

import pikepdf
import pytest
from click.testing import CliRunner

from ocr.errors import EngineMissing
from ocr.formats.sheet import Sheet
from ocr.page import Page
from ocr.source import Container, Kind, Source
from pipeline.batch import mend, survey
from pipeline.batch.errors import BadLedger
from pipeline.batch.intake import watching
from pipeline.batch.intake.walk import items
from pipeline.batch.ledger.ledger import Ledger
from pipeline.batch.outcome import Threshold
from pipeline.batch.start import Order, carry_out
from pipeline.batch.work import steps
from pipeline.batch.work.limits import WorkLimits
from pipeline.batch.work.pool import Died
from pipeline.batch.work.values import Failure, Made, Reading, Timed, Unlocked
from pipeline.cli import main
from pipeline.settings import Settings

BY_TIME, CRASH = Died(-14, by_time=True), Died(-9)


@dataclass
class Script:
    """What the steps give: by file name, and page number for `read`. A list is used up from its head."""

    pages: int = 2
    look: dict[str, list[object]] = field(default_factory=dict)
    read: dict[tuple[str, int], list[object]] = field(default_factory=dict)
    make: dict[str, list[object]] = field(default_factory=dict)
    unlock: dict[str, list[object]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    apart: list[bool] = field(default_factory=list)  # of each page that is read: Tesseract as a process of its own

    def hire(self, count, limits, folder):
        return Scripted(self)


@dataclass
class Scripted:
    script: Script
    count: int = 1
    busy: bool = False

    def free(self):
        """One step at a time: after each start the conductor has to wait."""
        self.busy, free = False, not self.busy
        return int(free)

    def close(self):
        pass

    def start(self, step, seconds, path, *args):
        self.busy = True
        told: Future[Timed] = Future()
        value = self._value(step, path, args)
        if isinstance(value, Exception):
            told.set_exception(value)
        else:
            told.set_result(Timed(value, 0.5))
        return told

    def _value(self, step, path, args):
        name, kind = path.name, step.value
        self.script.asked.append((kind, f"{name}:{args[1]}" if kind == "read" else name))
        if kind == "look":
            sheets = (Sheet(10, 10),) * self.script.pages
            return _next(self.script.look.get(name), Source(path, Kind.SCAN, Container.PDF, args[0], sheets))
        if kind == "read":
            self.script.apart.append(args[3])
            page = Page(args[1], 10, 10, (), raw=f"{args[1]}")
            return _next(self.script.read.get((name, args[1])), Reading(steps.pack(page), whole=True))
        if kind == "unlock":
            return self.script.unlock[name].pop(0)
        pages = [steps.unpack(reading) for reading in args[1]]
        failed = tuple(page.number for page in pages if page.problem is not None)
        text = "|".join(page.problem or page.raw for page in pages)
        return _next(self.script.make.get(name), Made((text,), 10, 1, failed))


def _next(values, usual):
    return values.pop(0) if values else usual


@pytest.fixture
def folder(tmp_path):
    """Three files, old enough that nothing is hashed twice."""
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (source / name).write_bytes(b"%PDF " + name.encode())
    return tmp_path


def run(folder, script, **options):
    order = Order(folder / "out", quiet=True, **options)
    return carry_out(order, lambda others: items([str(folder / "in")], others=others), script.hire)


def text(folder, name):
    return (folder / "out" / name).read_text("utf-8")


def test_pages_come_in_their_order(folder):
    report = run(folder, Script(pages=3))
    assert report.exit_code == 0
    assert text(folder, "a.json") == "1|2|3"
    assert report.summary["pages"] == 9


def test_a_page_that_does_not_end_is_marked_and_the_others_are_read(folder):
    report = run(folder, Script(pages=3, read={("b.pdf", 2): [BY_TIME]}))
    assert report.exit_code == 0
    assert text(folder, "b.json") == "1|it took longer than the limits allow|3"
    assert report.summary["failed_pages"] == 1
    (failed,) = survey.failed(survey.look(folder / "out"))
    assert (failed.category, failed.message) == ("failed-pages", "could not be read: page 2")


def test_a_worker_that_was_killed_is_replaced_and_the_page_read(folder):
    script = Script(read={("a.pdf", 1): [CRASH, CRASH]}, look={"b.pdf": [CRASH]}, make={"c.pdf": [CRASH]})
    assert run(folder, script).exit_code == 0
    assert [text(folder, f"{name}.json") for name in "abc"] == ["1|2"] * 3


def test_after_a_death_tesseract_is_kept_apart(folder):
    script = Script(read={("a.pdf", 2): [CRASH]})
    run(folder, script)
    assert script.apart == [False, False, True, False, False, False, False]
    again = Script()
    run(folder, again, limits=WorkLimits(apart=True), settings=Settings(review_below=0.7))
    assert set(again.apart) <= {True}


def test_a_page_that_kills_its_workers_is_given_up(folder):
    run(folder, Script(read={("a.pdf", 1): [CRASH] * 3}))
    assert text(folder, "a.json") == "the worker died over it (signal 9)|2"


def test_a_file_that_kills_its_workers_fails(folder):
    report = run(folder, Script(look={"a.pdf": [CRASH] * 3, "b.pdf": [BY_TIME]}))
    assert report.exit_code == 40
    assert report.summary["categories"] == {"worker-died": 1, "time-up": 1}
    assert not (folder / "out" / "a.json").exists()


def test_a_file_that_takes_too_long_as_a_whole(folder):
    run(folder, Script(pages=4), limits=WorkLimits(file_seconds=1.2), workers=1)
    assert text(folder, "a.json").startswith("1|2|the file took more than 1.2 s")


def test_several_notices_of_one_file(folder):
    (folder / "in" / "a-2.pdf").write_bytes(b"%PDF other")
    run(folder, Script(make={"a.pdf": [Made(("one", "two", "three"), 1, 0, ())]}))
    names = sorted(path.name for path in (folder / "out").glob("a*.json"))
    assert names[:2] == ["a-2.json", "a-3.json"]
    assert names[2] == "a.json"
    assert names[3].startswith("a~")
    assert text(folder, "a-2.json") == "1|2", "this is the other file's"


def test_documents_that_are_no_more_go(folder):
    run(folder, Script(make={"a.pdf": [Made(("one", "two"), 1, 0, ())]}))
    assert (folder / "out" / "a-2.json").exists()
    mend.make_again(folder / "out", (1,))
    run(folder, Script())
    assert not (folder / "out" / "a-2.json").exists()
    assert mend.verify(folder / "out").whole == 3


def test_what_failed_is_left_until_it_is_retried(folder):
    run(folder, Script(look={"a.pdf": [Failure("damaged-file", "cut short")]}))
    again = Script()
    assert run(folder, again).exit_code == 0
    assert again.asked == []
    assert mend.wait_again(folder / "out", ("empty-file",)) == []
    names = mend.wait_again(folder / "out", ("damaged-file",))
    assert names == [os.fsencode(folder / "in" / "a.pdf")]
    order = Order(folder / "out", quiet=True)
    assert carry_out(order, lambda others: mend.items_of(names), again.hire).exit_code == 0
    assert text(folder, "a.json") == "1|2"


def test_only_the_pages_that_failed_are_read_again(folder):
    run(folder, Script(pages=3, read={("b.pdf", 2): [BY_TIME]}))
    mend.wait_again(folder / "out", ("failed-pages",))
    again = Script(pages=3)
    run(folder, again)
    assert again.asked == [("look", "b.pdf"), ("read", "b.pdf:2"), ("make", "b.pdf")]
    assert text(folder, "b.json") == "1|2|3"


def test_verify_names_what_is_missing_or_changed(folder):
    run(folder, Script())
    (folder / "out" / "a.json").unlink()
    (folder / "out" / "b.json").write_text("edited")
    found = mend.verify(folder / "out")
    assert (found.whole, found.missing, found.changed) == (1, ("a.json",), ("b.json",))
    mend.make_again(folder / "out", found.sources)
    again = Script()
    run(folder, again)
    assert {kind for kind, _ in again.asked} == {"look", "make"}, "no page is read again"
    assert mend.verify(folder / "out").whole == 3


def test_forget_strikes_out_names_contents_and_documents(folder):
    (folder / "in" / "copy.pdf").write_bytes(b"%PDF a.pdf")
    run(folder, Script())
    assert mend.forget(folder / "out", (str(folder / "in" / "a.pdf"),)) == [], "its content has another name"
    assert mend.forget(folder / "out", (str(folder / "in" / "copy.pdf"),)) == ["a.json"]
    assert not (folder / "out" / "a.json").exists()
    assert mend.forget(folder / "out", (str(folder / "in"),)) == ["b.json", "c.json"]
    assert survey.status(survey.look(folder / "out")).contents == 0


def test_a_folder_without_a_ledger_gets_none(tmp_path):
    for act in (lambda: survey.look(tmp_path), lambda: mend.forget(tmp_path, ("x",)), lambda: mend.verify(tmp_path)):
        with pytest.raises(BadLedger, match="there is no ledger"):
            act()
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_of_a_newer_version_or_a_damaged_one(folder):
    run(folder, Script())
    path = folder / "out" / ".thongbao" / "ledger.db"
    ledger = Ledger(path)
    ledger._db.execute("PRAGMA user_version = 99")
    ledger.close()
    with pytest.raises(BadLedger, match="version 99"):
        run(folder, Script())
    path.write_bytes(b"no database, but long enough to be taken for one" * 100)
    with pytest.raises(BadLedger):
        run(folder, Script())


def test_leases_of_a_dead_run_do_not_hold(folder):
    run(folder, Script())
    ledger = Ledger(folder / "out" / ".thongbao" / "ledger.db")
    held = "UPDATE result SET state = 'leased', owner = ?, taken = ?, until = ? WHERE source = 1"
    ledger._db.execute(held, (f"{ledger.owner.partition(':')[0]}:1:dead", 1e12, 1e12 + 600))
    assert ledger.claim(1, 1), "on this machine only one run can be at work, and that is we"
    now = time.time()
    for until, free in ((now - 1, True), (now + 300, False)):
        ledger._db.execute(held, ("elsewhere:1:x", until - 600, until))
        assert ledger.claim(1, 1) is free
        ledger.release()
    ledger.close()


def test_a_clock_that_was_set_back_does_not_hold_a_lease_for_ever(folder):
    run(folder, Script())
    ledger = Ledger(folder / "out" / ".thongbao" / "ledger.db")
    held = "UPDATE result SET state = 'leased', owner = 'elsewhere:1:x', taken = ?, until = ? WHERE source = 1"
    ledger._db.execute(held, (5e9, 5e9 + 600))
    assert ledger.claim(1, 1), "taken in the far future: one of the two clocks is wrong"
    ledger.close()


def test_too_many_failures(folder):
    script = Script(look={f"{name}.pdf": [Failure("damaged-file", "cut")] for name in "abc"})
    report = run(folder, script, threshold=Threshold(count=1))
    assert report.exit_code == 39
    assert report.summary["failed"] == 2


def test_status_in_words(folder):
    run(folder, Script(look={"a.pdf": [Failure("damaged-file", "cut")]}))
    told = survey.report(survey.status(survey.look(folder / "out")))
    assert "3 contents under 3 names: 2 done, 1 failed" in told
    assert "damaged-file" in told
    assert "2 documents of 4 pages; 10.0% of 20 values doubtful" in told


def test_the_commands_tell_of_a_folder(folder):
    run(folder, Script(look={"a.pdf": [Failure("damaged-file", "cut")]}))
    out, runner = str(folder / "out"), CliRunner()
    assert json.loads(runner.invoke(main, ["status", out, "--json"]).stdout)["states"] == {"done": 2, "failed": 1}
    assert runner.invoke(main, ["status", out, "--failures"]).stdout.endswith("a.pdf\tdamaged-file\tcut\n")
    assert runner.invoke(main, ["verify", out]).exit_code == 0
    (folder / "out" / "b.json").write_text("edited")
    result = runner.invoke(main, ["verify", out])
    assert (result.exit_code, result.stdout) == (41, "changed\tb.json\n")
    assert runner.invoke(main, ["forget", out, str(folder / "in" / "c.pdf")]).stdout == "c.json\n"
    assert runner.invoke(main, ["status", str(folder)]).exit_code == 38


def test_changed_bytes_take_the_place_of_the_old_ones(folder):
    run(folder, Script(make={"a.pdf": [Made(("old", "older"), 1, 0, ())]}))
    (folder / "in" / "a.pdf").write_bytes(b"%PDF changed")
    again = Script()
    run(folder, again)
    assert [name for kind, name in again.asked if kind == "look"] == ["a.pdf"]
    assert text(folder, "a.json") == "1|2"
    assert sorted(path.name for path in (folder / "out").glob("*.json")) == ["a.json", "b.json", "c.json"]


def test_of_two_names_of_a_content_one_may_change(folder):
    (folder / "in" / "copy.pdf").write_bytes(b"%PDF a.pdf")
    run(folder, Script())
    (folder / "in" / "a.pdf").write_bytes(b"%PDF changed")
    run(folder, Script(make={"a.pdf": [Made(("new",), 1, 0, ())]}))
    assert text(folder, "a.json") == "1|2", "it is the document of copy.pdf, too"
    (other,) = (folder / "out").glob("a~*.json")
    assert other.read_text("utf-8") == "new"


def test_other_settings_read_again_unless_only_what_is_new_is_wanted(folder):
    run(folder, Script())
    (folder / "in" / "new.pdf").write_bytes(b"%PDF new")
    other = Settings(review_below=0.9)
    again = Script()
    run(folder, again, settings=other, new_only=True)
    assert {name for kind, name in again.asked if kind == "make"} == {"new.pdf"}
    run(folder, again, settings=other)
    assert [name for kind, name in again.asked if kind == "make"] == ["new.pdf", "a.pdf", "b.pdf", "c.pdf"]
    assert {kind for kind, name in again.asked if name.startswith("a.pdf")} == {"look", "make"}, "pages are as before"


def test_what_the_machine_lacks_stops_the_run_and_is_no_failure_of_a_file(folder):
    lacking = Failure("engine-missing", "Tesseract is not installed. Install it: apt-get install tesseract-ocr.")
    with pytest.raises(EngineMissing, match=r"Install it: apt-get install tesseract-ocr\.$"):
        run(folder, Script(read={("a.pdf", 1): [lacking]}))
    assert survey.status(survey.look(folder / "out")).states == {"waiting": 1}
    assert run(folder, Script()).summary["read"] == 3


def test_a_password_is_tried_where_one_is_wanted(folder):
    locked, opened = Failure("encrypted-file", "locked"), folder / "unlocked.pdf"
    opened.write_bytes(b"open")
    script = Script(look={"a.pdf": [locked], "b.pdf": [locked]}, unlock={"a.pdf": [Unlocked(opened, "ab" * 32)]})
    script.unlock["b.pdf"] = [Failure("encrypted-file", "none of the passwords opens it")]
    report = run(folder, script, passwords=("1234",))
    assert report.summary["categories"] == {"encrypted-file": 1}
    assert ("look", "unlocked.pdf") in script.asked
    assert ("read", "unlocked.pdf:1") in script.asked
    assert ("make", "a.pdf") in script.asked, "the document is that of the file that was given"
    assert not opened.exists()


def test_an_encrypted_pdf_is_unlocked_without_leaving_a_trace(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="mật khẩu", owner="x"))
    done = steps.unlock(30.0, path, ("wrong", "mật khẩu")).value
    with pikepdf.open(done.path) as pdf:
        assert len(pdf.pages) == 1
    assert steps.unlock(30.0, path, ("wrong",)).value.category == "encrypted-file"
    assert len(list(tmp_path.glob("unlocked-*"))) == 1


def test_what_comes_later_is_taken_when_it_is_whole(folder, monkeypatch):
    monkeypatch.setattr(watching, "_SETTLED", 0.3)
    out, taken = folder / "out", []

    def coming(others):
        for item in watching.arriving([str(folder / "in")], out, others):
            yield item
            if item is not None:
                taken.append(item.below)
            if len(taken) == 3 and not (folder / "in" / "sub").exists():
                (folder / "in" / "sub").mkdir()
                (folder / "in" / "sub" / "late.pdf").write_bytes(b"%PDF half")
            if item is None and (folder / "in" / "sub" / "late.pdf").stat().st_size == 9:
                (folder / "in" / "sub" / "late.pdf").write_bytes(b"%PDF whole")
            if len(taken) > 3:
                return

    carry_out(Order(out, quiet=True, counted=False), coming, Script().hire)
    assert taken == ["a.pdf", "b.pdf", "c.pdf", "sub/late.pdf"]
    assert text(folder, "sub/late.json") == "1|2"
    assert survey.look(out).query("SELECT size FROM source ORDER BY id DESC LIMIT 1") == [(10,)]
