"""Integrated gradients of the small BERT of ../Models/fixtures/bert with a head of fixed weights, by PyTorch in double precision.

usage: python3 make_integrated_gradients.py > integrated-gradients.json       (needs torch and numpy)
"""
import json
import math
import pathlib
import struct

import numpy
import torch

FOLDER = pathlib.Path(__file__).parent / "../Models/fixtures/bert"
SIZE, LAYERS, HEADS, EPSILON, POINTS = 16, 2, 4, 1e-12, 200
TEXTS = [[2, 5, 9, 9, 14, 3], [2, 29, 3], [2, 7, 8, 21, 22, 23, 4, 11, 3]]
HEAD = [[math.sin(1 + 3 * i + 7 * c) for c in range(3)] for i in range(SIZE)]


def read(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<q", raw[:8])
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    return {
        name.removeprefix("bert."): torch.tensor(
            struct.unpack(f"<{(entry['data_offsets'][1] - entry['data_offsets'][0]) // 4}f", data[slice(*entry["data_offsets"])]),
            dtype=torch.float64).reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"
    }


def linear(weights, name, values):
    return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def norm(weights, name, values):
    centred = values - values.mean(-1, keepdim=True)
    return centred / (values.var(-1, unbiased=False, keepdim=True) + EPSILON).sqrt() * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def logits(weights, words):
    """Of one text, from the embeddings of its words."""
    hidden = norm(weights, "embeddings.LayerNorm", words + weights["embeddings.position_embeddings.weight"][: len(words)]
                  + weights["embeddings.token_type_embeddings.weight"][0])
    for layer in range(LAYERS):
        at, width = f"encoder.layer.{layer}", SIZE // HEADS
        query, key, value = (linear(weights, f"{at}.attention.self.{part}", hidden) for part in ("query", "key", "value"))
        heads = [
            ((query[:, part] @ key[:, part].T) / math.sqrt(width)).softmax(-1) @ value[:, part]
            for part in (slice(head * width, (head + 1) * width) for head in range(HEADS))
        ]
        hidden = norm(weights, f"{at}.attention.output.LayerNorm", hidden + linear(weights, f"{at}.attention.output.dense", torch.cat(heads, -1)))
        inside = linear(weights, f"{at}.intermediate.dense", hidden)
        inside = 0.5 * inside * (1 + torch.erf(inside / math.sqrt(2)))
        hidden = norm(weights, f"{at}.output.LayerNorm", hidden + linear(weights, f"{at}.output.dense", inside))
    return hidden[0] @ torch.tensor(HEAD, dtype=torch.float64)


def main():
    weights = read(FOLDER / "model.safetensors")
    table = weights["embeddings.word_embeddings.weight"]
    nodes, shares = numpy.polynomial.legendre.leggauss(POINTS)
    result = []
    for text in TEXTS:
        words, blank = table[text], table[[text[0]] + [0] * (len(text) - 2) + [text[-1]]]
        for label in range(3):
            total = torch.zeros_like(words)
            for node, share in zip(nodes, shares):
                point = (blank + (node + 1) / 2 * (words - blank)).requires_grad_(True)
                (gradient,) = torch.autograd.grad(logits(weights, point)[label], point)
                total += share / 2 * gradient
            result.append({"text": text, "label": label, "attributions": ((words - blank) * total).sum(-1).tolist()})
    print(json.dumps({"head": HEAD, "results": result}))


main()
