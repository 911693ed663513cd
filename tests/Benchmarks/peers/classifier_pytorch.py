#!/usr/bin/python3
"""Peer of `classifying`: the same classifier of short texts in PyTorch, padded as a Keras program pads them.

Embedding 100 and an LSTM of 50 units (lstm), or a bidirectional LSTM of 128 units, a convolution of 32 filters of width 3 and the
mean over the words (bilstm-conv); the class is the first letter of the code. Adam 1e-3. Every text is padded to the longest one of
the file; with --by-length batches hold texts of similar length and are padded to their own longest. Needs Debian's python3-torch.

usage: classifier_pytorch.py [--by-length] NETWORK FOLDER EPOCHS ROWS BATCH     FOLDER holds train.csv and validation.csv (RawText,ICD10)
prints one JSON line: rows per second of the fastest epoch, validation accuracy.
"""
import os
os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # spinning threads cost 3-5 x on a shared machine
import csv
import json
import random
import re
import sys
import time

import torch
from torch import nn

torch.set_num_threads(len(os.sched_getaffinity(0)))
torch.manual_seed(7)
random.seed(7)
by_length = "--by-length" in sys.argv
network, folder, epochs, limit, batch = [argument for argument in sys.argv[1:] if argument != "--by-length"]
epochs, limit, batch = int(epochs), int(limit), int(batch)
PAD, UNKNOWN = 0, 1


def read(name):
    with open(f"{folder}/{name}.csv", encoding="utf8", newline="") as file:
        return [(re.sub(r"[^\w\s]", " ", row["RawText"].lower()).split(), row["ICD10"][0]) for row in csv.DictReader(file)][:limit]


class Lstm(nn.Module):
    def __init__(self, words, classes):
        super().__init__()
        self.words = nn.Embedding(words, 100)
        self.lstm = nn.LSTM(100, 50, batch_first=True)
        self.out = nn.Linear(50, classes)

    def forward(self, texts, lengths):
        states, _ = self.lstm(self.words(texts))
        return self.out(states[torch.arange(len(texts)), lengths - 1])


class BiLstmConv(nn.Module):
    def __init__(self, words, classes):
        super().__init__()
        self.words = nn.Embedding(words, 100)
        self.lstm = nn.LSTM(100, 128, batch_first=True, bidirectional=True)
        self.conv = nn.Conv1d(256, 32, 3)
        self.out = nn.Linear(32, classes)

    def forward(self, texts, lengths):
        states, _ = self.lstm(self.words(texts))
        return self.out(self.conv(states.transpose(1, 2)).mean(2))


train, validation = read("train"), read("validation")
vocabulary = {word: i + 2 for i, word in enumerate(sorted({word for text, _ in train for word in text}))}
letters = {letter: i for i, letter in enumerate(sorted({letter for _, letter in train}))}
longest = max(max(len(text) for text, _ in train), 3)


def encode(rows):
    texts = torch.zeros(len(rows), longest, dtype=torch.long)
    for i, (text, _) in enumerate(rows):
        for j, word in enumerate(text[:longest]):
            texts[i, j] = vocabulary.get(word, UNKNOWN)
    return texts, torch.tensor([letters.get(letter, -100) for _, letter in rows]), (texts != PAD).sum(1).clamp(min=1)


def batches():
    order = torch.randperm(len(texts))
    if not by_length:
        return order.split(batch)
    groups = [rows for group in order.split(batch * 50) for rows in group[lengths[group].argsort(descending=True)].split(batch)]
    random.shuffle(groups)
    return groups


texts, targets, lengths = encode(train)
model = (Lstm if network == "lstm" else BiLstmConv)(len(vocabulary) + 2, len(letters))
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
history = []
for epoch in range(epochs):
    began = time.time()
    for rows in batches():
        width = max(int(lengths[rows].max()), 3) if by_length else longest
        loss = nn.functional.cross_entropy(model(texts[rows][:, :width], lengths[rows]), targets[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    history.append(time.time() - began)
model.eval()
with torch.no_grad():
    texts_v, targets_v, lengths_v = encode(validation)
    right = sum((model(texts_v[i:i + 512], lengths_v[i:i + 512]).argmax(1) == targets_v[i:i + 512]).sum().item()
                for i in range(0, len(texts_v), 512))
print(json.dumps({"rows_per_second": round(len(texts) / min(history), 1), "rows": len(texts), "longest": longest,
                  "words_a_text": round(lengths.float().mean().item(), 2), "accuracy": round(right / len(texts_v), 4)}))
