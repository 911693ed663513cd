#!/usr/bin/python3
"""Integrated gradients of an LSTM as Captum's LayerIntegratedGradients finds them: a text at a time, all its points in one batch.

Beside `Benchmarks explaining`: embedding 100, LSTM 50, one score a letter; Gauss-Legendre points from a text of padding, the gradient of
the predicted class's score by the embedded words, and the score at both ends for the delta. Its weights are random, which costs the same.
A text is as long as it is; with --padded as long as the longest, as notebooks do it. Needs Debian's python3-torch.

usage: integrated_gradients.py [--padded] DIR TEXTS      DIR holds train.csv and test.csv (RawText,ICD10)
prints one JSON line: texts, seconds and processor seconds, with one thread or two, whichever takes less of the processor.
"""
import os
os.environ.setdefault("OMP_WAIT_POLICY", "passive")           # spinning threads cost 3-5 x on a shared machine
import csv, json, re, sys, time
import numpy, torch, torch.nn as nn

POINTS, PAD, UNK = 50, 0, 1
torch.manual_seed(7)
padded = "--padded" in sys.argv
if padded: sys.argv.remove("--padded")
folder, count = sys.argv[1], int(sys.argv[2])

def read(name, limit):
    with open(f"{folder}/{name}.csv", encoding="utf8", newline="") as f:
        return [r["RawText"] for _, r in zip(range(limit), csv.DictReader(f))]

def words(text):
    return re.sub(r"[^\w\s]", "", text.lower()).split()

vocabulary = {w: i + 2 for i, w in enumerate(sorted({w for t in read("train", 20_000) for w in words(t)}))}
texts = [[vocabulary.get(w, UNK) for w in words(t)] or [UNK] for t in read("test", count)]
if padded:
    longest = max(map(len, texts))
    texts = [ids + [PAD] * (longest - len(ids)) for ids in texts]

embedding = nn.Embedding(len(vocabulary) + 2, 100, padding_idx=PAD)
lstm = nn.LSTM(100, 50, batch_first=True)
dense = nn.Linear(50, 26)

def scores(vectors):
    return dense(lstm(vectors)[0][:, -1])

points, weights = numpy.polynomial.legendre.leggauss(POINTS)
alphas = torch.tensor((points + 1) / 2, dtype=torch.float32).reshape(-1, 1, 1)
weights = torch.tensor(weights / 2, dtype=torch.float32).reshape(-1, 1, 1)

def explain(ids):
    ids = torch.tensor([ids])
    with torch.no_grad():
        inputs, baseline = embedding(ids), embedding(torch.full_like(ids, PAD))
        target = scores(inputs).argmax()
    way = (baseline + alphas * (inputs - baseline)).requires_grad_(True)
    gradients = torch.autograd.grad(scores(way)[:, target].sum(), way)[0]
    attributions = ((inputs - baseline) * (gradients * weights).sum(0, keepdim=True)).sum(2)[0]
    with torch.no_grad():
        ends = scores(torch.cat([inputs, baseline]))[:, target]
    return attributions.tolist(), (attributions.sum() - ends[0] + ends[1]).item()

def measured(threads):
    torch.set_num_threads(threads)
    for ids in texts[:50]:
        explain(ids)
    start, cpu = time.perf_counter(), time.process_time()
    deltas = [abs(explain(ids)[1]) for ids in texts]
    return {"threads": threads, "texts": len(texts), "seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - cpu,
            "largest_delta": max(deltas)}

print(json.dumps(min((measured(threads) for threads in (1, 2)), key=lambda result: result["cpu_seconds"])))
