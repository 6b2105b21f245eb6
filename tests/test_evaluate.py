"""`thongbao evaluate`: the figures, their agreement with the benchmark's scorer, runs, levels, charts and failures."""

import copy
import importlib.util
import json
import random
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from ocr.errors import ThongbaoError
from pipeline.cli import main
from pipeline.evaluate.calibration import calibrate
from pipeline.evaluate.errors import NoDocument, NoRun, NothingToScore
from pipeline.evaluate.facts import facts_of, folded
from pipeline.evaluate.folders import by_name, by_name_and_level, judge_all
from pipeline.evaluate.judge import judge, summed
from pipeline.evaluate.report import misses, report_on, to_json
from pipeline.evaluate.saved import load_run, run_of, run_to_json, turns

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
SCORER = ROOT.parent / "shared" / "bench" / "score.py"
PARTIAL = {
    "document": {"number": "12", "place": None, "signer": {}, "recipients": []},
    "ntm": {"district": {}, "bands": []},
}


def _gold():
    return {path.parent.name: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*/*/gold.json"))}


def _perturbed(document, dice):
    """A copy with some values changed, dropped, doubled or made nearly right, and random marks and evidence."""
    copied = copy.deepcopy(document)
    places = []

    def walk(node, at):
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in list(items):
            here = f"{at}/{key}"
            if isinstance(value, (dict, list)):
                walk(value, here)
                if isinstance(value, list) and value and dice.random() < 0.1:
                    value.append(copy.deepcopy(dice.choice(value)))
            else:
                places.append((node, key, here))

    walk(copied, "")
    evidence, marked = {}, []
    for node, key, here in places:
        value, turn = node[key], dice.random()
        if isinstance(value, str) and value and turn < 0.2:
            at = dice.randrange(len(value))
            node[key] = dice.choice([value.upper(), value[:at] + "x" + value[at + 1 :], value + ".", None, " " + value])
        elif isinstance(value, int) and turn < 0.2:
            node[key] = dice.choice([value + 1, None, 0])
        if dice.random() < 0.5:
            evidence[here] = {
                "confidence": round(dice.random(), 3),
                "review": dice.random() < 0.2,
                "page": 1,
                "raw": "x",
            }
        if dice.random() < 0.05:
            marked.append(dice.choice([here, here.rpartition("/")[0]]))
    return {**copied, "evidence": evidence, "review": {"needed": bool(marked), "fields": marked}}


def _write(folder, documents):
    folder.mkdir(parents=True)
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return folder


def _scorer():
    if not SCORER.is_file():
        pytest.skip("the benchmark folder is not beside the project")
    spec = importlib.util.spec_from_file_location("benchmark_scorer", SCORER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _as_theirs(miss):
    """A miss as the benchmark's scorer tells it: folded, and without evidence."""
    names = {"said": "got", "want": "want", "anchor": "anchor"}
    told = {names[key]: folded(value) for key, value in miss.items() if key in names}
    return {**told, **{key: miss[key] for key in ("notice", "kind", "group", "at") if key in miss}}


@pytest.mark.parametrize("seed", range(6))
def test_agrees_with_the_benchmarks_scorer_to_the_digit(tmp_path, seed):
    dice = random.Random(seed)  # noqa: S311 - nothing to keep secret
    gold = {**_gold(), "partial": PARTIAL, "nothing": {"ntm": None, "tasks": []}}
    if seed % 3 == 0:  # a subset of what is judged
        gold = {name: {k: v for k, v in doc.items() if dice.random() < 0.7} for name, doc in gold.items()}
    made = {name: _perturbed(dice.choice([doc, gold["partial"], doc, doc]), dice) for name, doc in gold.items()}
    made.pop(dice.choice(sorted(made)))  # a notice that failed
    folders = _write(tmp_path / "gold", gold), _write(tmp_path / "made", made)
    theirs = json.loads(json.dumps(_scorer().score(*folders)))
    ours = json.loads(to_json(report_on(judge_all(by_name(*folders)))))
    for key in theirs.keys() - {"notices", "misses"}:
        assert ours[key] == theirs[key], key
    assert {row["notice"]: {k: row[k] for k in theirs["notices"][row["notice"]]} for row in ours["notices"]} == theirs[
        "notices"
    ]
    assert list(map(_as_theirs, ours["misses"])) == theirs["misses"]
    assert ours["misses"]


def test_a_perfect_document_is_perfect():
    gold = _gold()
    assert len(gold) > 10
    total = summed([judge(name, doc, doc) for name, doc in gold.items()])
    assert (total.strict.f1, total.macro, total.whole, total.per_1000) == (1.0, 1.0, len(gold), 0.0)


def test_only_what_the_gold_document_judges_counts():
    made = {"document": {"number": "12", "symbol": "TB-UBND"}, "ntm": {"district": {"name": "Kỳ Sơn", "code": "1"}}}
    assert [fact.group for fact in facts_of(made, PARTIAL)] == ["number", "district", "district_code"]
    assert len(facts_of(made, {"document": {}, "ntm": None})) == 2


def test_documents_of_the_wrong_form_say_nothing():
    for odd in (
        {"document": [1]},
        {"ntm": "x"},
        {"citations": {"a": 1}},
        {"ntm": {"bands": [3, None]}},
        {"tasks": [[]]},
    ):
        assert facts_of(odd, {"document": {"number": ""}, "ntm": None, "citations": [], "tasks": []}) in ([],)
    judge("a", PARTIAL, {"evidence": [1], "review": "x"})
    judge("a", PARTIAL, {"evidence": {"/ntm": 3}, "review": {"fields": [1, {}]}})


def _said(number, confidence, review=False, **more):
    entry = {"confidence": confidence, "review": review, "page": 2, "boxes": [[1, 2, 3, 4]], "raw": "l2", **more}
    return {"document": {"number": number}, "evidence": {"/document/number": entry}}


GOLD = {"document": {"number": "12"}}


def test_a_wrong_value_is_silent_unless_it_is_marked():
    assert judge("a", GOLD, _said("13", 0.9)).silent == 1
    assert judge("a", GOLD, _said("13", 0.5, review=True)).silent == 0
    whole = {**_said("13", 0.9), "review": {"fields": ["/document"]}}
    assert judge("a", GOLD, whole).silent == 1


def test_misses_come_with_their_evidence():
    wrong, missed = misses([judge("a", GOLD, _said("13", 0.9, why="as read"))])
    assert (wrong.kind, wrong.at, wrong.said, wrong.gold) == ("silent", "/document/number", "13", "12")
    assert (wrong.page, wrong.boxes, wrong.raw, wrong.confidence, wrong.why) == (
        2,
        ((1, 2, 3, 4),),
        "l2",
        0.9,
        "as read",
    )
    assert (missed.kind, missed.want) == ("missed", "12")


def test_calibration_counts_values_by_how_sure_they_were():
    judged = [judge(str(i), GOLD, _said("12" if i < 7 else "13", 0.95)) for i in range(10)]
    told = calibrate([*judged, judge("b", GOLD, {"document": {"number": "12"}})])
    assert (told.count, told.unproven) == (10, 1)
    assert told.ece == pytest.approx(0.25)
    assert [(b.count, b.right) for b in told.bins if b.count] == [(10, 0.7)]
    assert [(p.coverage, p.risk) for p in told.curve] == [(1.0, 0.3)]
    nothing = calibrate([])
    assert (nothing.ece, nothing.area, nothing.curve) == (None, None, ())


def test_a_saved_run_tells_gains_and_losses(tmp_path):
    before = run_of([judge("a", GOLD, _said("13", 0.9)), judge("b", GOLD, _said("12", 0.9)), judge("c", GOLD, {})])
    after = run_of([judge("a", GOLD, _said("12", 0.9)), judge("b", GOLD, _said("15", 0.9))])
    (tmp_path / "run.json").write_text(run_to_json(before), "utf-8")
    kept = load_run(tmp_path / "run.json")
    assert kept == before
    assert {(turn.kind, turn.notice, turn.value) for turn in turns(kept, after)} == {
        ("gained", "a", "12"),
        ("mended", "a", "13"),
        ("lost", "b", "12"),
        ("worse", "b", "15"),
    }
    assert turns(after, after) == []


def test_levels_come_from_folders_from_suffixes_or_from_a_pattern(tmp_path):
    gold = _write(tmp_path / "gold", {"tb-1": GOLD, "tb-2": GOLD})
    made = _write(tmp_path / "made", {"tb-1.dump": _said("13", 0.9), "tb-2_dump": _said("12", 0.9), "other": {}})
    _write(made / "light", {"tb-1": _said("12", 0.9)})
    judged = judge_all(by_name_and_level(gold, made))
    assert {(one.level, one.name): one.strict.right for one in judged} == {
        ("light", "tb-1"): 1,
        ("light", "tb-2"): 0,
        ("dump", "tb-1"): 0,
        ("dump", "tb-2"): 1,
    }
    odd = _write(tmp_path / "odd", {"heavy__tb-1": GOLD})
    (pair, _) = by_name_and_level(gold, odd, re.compile("(?P<level>.+)__(?P<name>.+)"))
    assert (pair.name, pair.level) == ("tb-1", "heavy")


def test_what_cannot_be_judged_is_a_typed_failure(tmp_path):
    gold, empty = _write(tmp_path / "gold", {"a": GOLD}), _write(tmp_path / "empty", {})
    for failing in (
        lambda: by_name(empty, gold),
        lambda: by_name(tmp_path / "none", gold),
        lambda: by_name(gold, tmp_path / "none"),
        lambda: by_name_and_level(gold, gold),
    ):
        with pytest.raises(NothingToScore):
            failing()
    for text in (b"", b"[]", b"\xff", b"[" * 100_000, b'{"a": NaN'):
        (tmp_path / "gold" / "a.json").write_bytes(text)
        with pytest.raises(NoDocument):
            judge_all(by_name(gold, gold))
        with pytest.raises(NoRun):
            load_run(gold / "a.json")
    with pytest.raises(NoRun):
        load_run(tmp_path / "none.json")


def _ran(*arguments):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


@pytest.fixture
def folders(tmp_path):
    """Two notices, one with a wrong number that would break a page that did not escape it."""
    bad = _said("13", 0.9, why="<script>alert(1)</script>")
    return _write(tmp_path / "gold", {"a": GOLD, "b": GOLD}), _write(
        tmp_path / "made", {"a": _said("12", 0.99), "b": bad}
    )


def test_command_prints_figures_and_the_total_last(folders):
    done = _ran(*folders, "--misses")
    assert done.exit_code == 0
    assert done.output.splitlines()[-1] == (
        "strict F1 0.5000 · soft F1 0.5000 · whole notices right 1/2 · silent errors per 1000 500.0 · flagged 0.0"
    )
    assert "/document/number · page 2 box 1 2 3 4 · confidence 0.9 · read 'l2'" in done.output


def test_command_judges_single_files_and_the_samples_own_layout(folders):
    gold, made = folders
    assert "whole notices right 1/1" in _ran(gold / "a.json", made / "a.json").output
    assert "whole notices right 0/1" in _ran(gold / "a.json", made / "b.json").output
    samples = len(list((SAMPLES / "seen").glob("*/gold.json")))
    assert f"whole notices right 0/{samples}" in _ran(SAMPLES / "seen", made).output


def test_command_saves_and_compares(folders, tmp_path):
    run = tmp_path / "runs" / "before.json"
    assert _ran(*folders, "--save", run).exit_code == 0
    assert "0 gained · 0 lost · 0 worse · 0 mended" in _ran(*folders, "--against", run).output
    assert _ran(*folders, "--against", folders[0] / "a.json").exit_code == NoRun.exit_code


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href") or "url(" in (value or "")]

    def handle_data(self, data):
        self.text += data


def test_page_stands_alone_and_charts_are_drawn(folders, tmp_path):
    done = _ran(*folders, "--html", tmp_path / "r.html", "--png", tmp_path / "r.png")
    assert done.exit_code == 0
    page = _Page()
    page.feed((tmp_path / "r.html").read_text("utf-8"))
    assert page.tags.count("svg") == 2
    assert (page.links, "script" in page.tags) == ([], False)
    assert "<script>alert(1)</script>" in page.text
    with Image.open(tmp_path / "r.png") as image:
        assert image.width > 1500
        assert len(image.convert("RGB").getcolors(10**6)) > 20


def test_command_fails_clearly(folders, tmp_path):
    gold, made = folders
    assert _ran(tmp_path / "none", made).exit_code == NothingToScore.exit_code
    assert _ran(gold, made, "--level-pattern", "(").exit_code == 2
    assert _ran(gold, made, "--level-pattern", "(?P<name>.*)").exit_code == 2
    failed = _ran(gold, made, "--png", gold / "a.json" / "x.png")
    assert (failed.exit_code, "error:" in failed.output) == (15, True)


def test_numbers_of_failures_are_their_own():
    kinds = [NothingToScore, NoDocument, NoRun]
    others = {kind.exit_code for kind in ThongbaoError.__subclasses__() if kind not in kinds}
    assert not others & {kind.exit_code for kind in kinds}
