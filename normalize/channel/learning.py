"""How the confusion channel is learnt from pairs: letters aligned with what they were read as, and counted.

One true letter becomes none, one or two observed characters.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from normalize.fold import unmark

FLOOR = -9.0  # nats of a confusion never seen
POOLED = 0.05  # weight of other letters of the same base: the next scanner sees other marks
DOUBTFUL = -4.5  # nats a letter under which two words are not one
CALM = 30.0  # letters of a text that weigh as much as all pairs
Emissions = Mapping[str, Mapping[str, float]]
Pairs = Mapping[tuple[str, str], int]
Memory = dict[str, dict[str, int]]  # as read → what it was → how often


def align(true: str, seen: str, emissions: Emissions) -> list[tuple[str, str]]:
    """The likeliest way in which each letter of `true` gave 0 to 2 characters of `seen`."""
    size = len(seen)
    score = [0.0] + [-math.inf] * size
    took: list[list[int]] = []  # by letter and end: characters that the letter gave
    for i, letter in enumerate(true):
        row, ahead, widths = emissions.get(letter, {}), [-math.inf] * (size + 1), [-1] * (size + 1)
        for j in range(max(size - 2 * (len(true) - i), 0), min(size, 2 * i) + 1):
            for end in range(j, min(j + 2, size) + 1):
                shown = seen[j:end]
                reached = score[j] + (row[shown] if shown in row else _blind(letter, shown))
                if reached > ahead[end]:
                    ahead[end], widths[end] = reached, end - j
        score = ahead
        took.append(widths)
    return _traced(true, seen, took)


def _traced(true: str, seen: str, took: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
    out, j = [], len(seen)
    for i in range(len(true) - 1, -1, -1):
        width = took[i][j]
        if width < 0:
            return []
        out.append((true[i], seen[j - width : j]))
        j -= width
    return out[::-1] if j == 0 else []


def _blind(letter: str, seen: str) -> float:
    """Log probability of a confusion before anything is known."""
    if seen in (letter, unmark(letter)):
        return -0.5
    if seen.lower() == unmark(letter).lower():
        return -3.0
    return FLOOR if len(seen) == 1 else FLOOR - 2


def estimate(pairs: Pairs, letters: Pairs | None = None, rounds: int = 4) -> dict[str, dict[str, float]]:
    """EM (Viterbi) over word pairs with their counts: letter → what it was read as → log probability.

    `letters`: counts of single letters that no pair of words stands for.
    """
    emissions: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (true, seen), many in pairs.items():
            for letter, shown in align(true, seen, emissions):
                counts[letter][shown] += many
        for (letter, shown), many in (letters or {}).items():
            counts[letter][shown] += many
        emissions = {letter: _smoothed(letter, row, counts) for letter, row in sorted(counts.items())}
    return emissions


def believable(pairs: Pairs, emissions: Emissions) -> dict[tuple[str, str], int]:
    """The pairs that are one word read twice, not two words side by side in a badly cut line."""
    return {(t, s): n for (t, s), n in pairs.items() if _mean(t, align(t, s, emissions), emissions) > DOUBTFUL}


def _mean(true: str, shown: Sequence[tuple[str, str]], emissions: Emissions) -> float:
    total = sum(emissions.get(letter, {}).get(s, FLOOR) for letter, s in shown)
    return total / len(true) if shown else -math.inf


def remembered(pairs: Pairs) -> Memory:
    """How often each word was read as what."""
    words: Memory = defaultdict(dict)
    for (true, seen), many in sorted(pairs.items()):
        words[seen][true] = many
    return dict(words)


def _smoothed(letter: str, row: Mapping[str, float], counts: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Mix a letter's own counts with what letters of the same base were read as."""
    pool: dict[str, float] = defaultdict(float)
    for other, shown in counts.items():
        if unmark(other).lower() == unmark(letter).lower():
            for seen, many in shown.items():
                same = seen if other.islower() == letter.islower() else seen.swapcase()
                pool[letter if seen == other else same] += many
    total, mass = sum(row.values()), sum(pool.values())
    extra = 4 + POOLED * total
    mixed = {s: (row.get(s, 0.0) + extra * pool[s] / mass) / (total + extra) for s in pool}
    return {s: round(math.log(p), 3) for s, p in sorted(mixed.items()) if p > math.exp(FLOOR)}


def mixed_in(row: Mapping[str, float], seen: Mapping[str, float]) -> dict[str, float]:
    """A letter's log probabilities with those counted in one text mixed in."""
    total = sum(seen.values())
    if not total:
        return dict(row)
    own = total / (total + CALM)
    shares = {s: (1 - own) * math.exp(row.get(s, -math.inf)) + own * seen.get(s, 0) / total for s in {*row, *seen}}
    return {s: math.log(p) for s, p in sorted(shares.items()) if p > math.exp(FLOOR)}
