#!/usr/bin/python3
"""Fine-tuning of a pretrained encoder the usual way, in PyTorch: what `Benchmarks encoder` is compared with.

BERT as the folder says (all-MiniLM-L6-v2), first token, dropout .1, linear head, AdamW 5e-5, weight decay .01, linear decay. Every text is
padded to MAX_LEN as course document 3 does, or with --by-length to the longest of a batch of similar lengths. --frozen: the head alone is
trained, and the encoder runs in every epoch.

usage: minilm_pytorch.py [--by-length] [--frozen] FOLDER SENTENCES [EPOCHS [BATCH [MAX_LEN [ROWS]]]]
FOLDER has config.json, model.safetensors and vocab.txt; SENTENCES is `text@label` a line. Needs Debian's python3-torch, libopenblas0-openmp.
prints one JSON line: rows per second of training, test accuracy after each epoch, peak memory.
"""
import os

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
import json
import math
import pathlib
import random
import resource
import struct
import sys
import time
import unicodedata

import torch
from torch.nn import functional

CLASSES = ["negative", "neutral", "positive"]
RATE, DROPOUT, GROUP = 5e-5, 0.1, 20


def read_safetensors(path):
    raw = path.read_bytes()
    size = struct.unpack("<q", raw[:8])[0]
    header = json.loads(raw[8:8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = torch.frombuffer(bytearray(raw[begin:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors


class Tokenizer:
    """BERT's, plainly."""

    def __init__(self, path, longest):
        self.ids = {line.rstrip("\r\n"): i for i, line in enumerate(open(path, encoding="utf8", newline="\n"))}
        self.longest = longest

    def encode(self, text):
        ids = [self.ids["[CLS]"]] + [piece for word in self.words(text) for piece in self.pieces(word)]
        return ids[:self.longest - 1] + [self.ids["[SEP]"]]

    @staticmethod
    def words(text):
        found, word = [], ""
        for c in unicodedata.normalize("NFD", text.lower()):
            code, category = ord(c), unicodedata.category(c)
            if category == "Mn":
                continue
            punctuation = (code < 128 and 32 < code and not c.isalnum()) or category.startswith("P")
            if c.isspace() or punctuation:
                found += ([word] if word else []) + ([c] if punctuation else [])
                word = ""
            else:
                word += c
        return found + ([word] if word else [])

    def pieces(self, word):
        ids, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start and ("##" if start else "") + word[start:end] not in self.ids:
                end -= 1
            if end == start:
                return [self.ids["[UNK]"]]
            ids.append(self.ids[("##" if start else "") + word[start:end]])
            start = end
        return ids


class Classifier:
    def __init__(self, folder, frozen):
        config = json.loads((folder / "config.json").read_text())
        self.size, self.heads, self.layers = (
            config[name] for name in ("hidden_size", "num_attention_heads", "num_hidden_layers"))
        self.epsilon = config["layer_norm_eps"]
        weights = {name: value for name, value in read_safetensors(folder / "model.safetensors").items() if "pooler" not in name}
        self.weights = weights if frozen else {name: torch.nn.Parameter(value) for name, value in weights.items()}
        self.head = [torch.nn.Parameter(torch.randn(len(CLASSES), self.size) * 0.02), torch.nn.Parameter(torch.zeros(len(CLASSES)))]
        self.trained = self.head + ([] if frozen else list(self.weights.values()))

    def linear(self, x, name):
        return functional.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, x, name):
        return functional.layer_norm(x, (self.size,), self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], self.epsilon)

    def hidden(self, ids, mask, drop):
        texts, steps = ids.shape
        of = self.size // self.heads
        x = functional.embedding(ids, self.weights["embeddings.word_embeddings.weight"])
        x = x + self.weights["embeddings.position_embeddings.weight"][:steps] + self.weights["embeddings.token_type_embeddings.weight"][0]
        x = drop(self.norm(x, "embeddings.LayerNorm"))
        bias = torch.where(mask, 0.0, -1e9)[:, None, None, :]
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}."
            query, key, value = (
                self.linear(x, f"{at}attention.self.{part}").view(texts, steps, self.heads, of).transpose(1, 2)
                for part in ("query", "key", "value"))
            attended = drop(torch.softmax(query @ key.transpose(2, 3) / math.sqrt(of) + bias, -1)) @ value
            attended = self.linear(attended.transpose(1, 2).reshape(texts, steps, self.size), f"{at}attention.output.dense")
            x = self.norm(x + drop(attended), f"{at}attention.output.LayerNorm")
            inside = functional.gelu(self.linear(x, f"{at}intermediate.dense"))
            x = self.norm(x + drop(self.linear(inside, f"{at}output.dense")), f"{at}output.LayerNorm")
        return x

    def logits(self, ids, mask, training):
        drop = lambda x: functional.dropout(x, DROPOUT, training)
        return functional.linear(drop(self.hidden(ids, mask, drop)[:, 0]), *self.head)


def read_rows(path, tokenizer):
    """Rows of training and test: Python's shuffle with the seed 0, 85 and 15 %."""
    rows = [line.rstrip("\r\n").rsplit("@", 1) for line in open(path, encoding="iso-8859-1", newline="\n")]
    random.seed(0)
    random.shuffle(rows)
    cut = math.floor(len(rows) * 0.85)
    encoded = [(tokenizer.encode(text), CLASSES.index(label)) for text, label in rows]
    return encoded[:cut], encoded[cut:]


def tensors(rows, width):
    width = width or max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    for i, (row, _) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(row)
    return ids, ids != 0, torch.tensor([label for _, label in rows])


def batches(rows, size, by_length):
    mixed = random.sample(rows, len(rows))
    groups = [mixed[i:i + size * GROUP] for i in range(0, len(mixed), size * GROUP)] if by_length else [mixed]
    if by_length:
        groups = [sorted(group, key=lambda row: len(row[0])) for group in groups]
    found = [group[i:i + size] for group in groups for i in range(0, len(group), size)]
    random.shuffle(found)
    return found


def accuracy(model, rows, width):
    right = 0
    with torch.no_grad():
        for i in range(0, len(rows), 64):
            ids, mask, labels = tensors(rows[i:i + 64], width)
            right += (model.logits(ids, mask, False).argmax(1) == labels).sum().item()
    return round(right / len(rows), 4)


def main():
    flags = {argument for argument in sys.argv[1:] if argument.startswith("--")}
    folder, sentences, *rest = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    epochs, batch, longest, limit = [int(value) for value in rest] + [1, 8, 128, None][len(rest):]
    torch.set_num_threads(2)
    torch.manual_seed(1)
    train, test = read_rows(sentences, Tokenizer(pathlib.Path(folder) / "vocab.txt", longest))
    train = train[:limit]
    by_length = "--by-length" in flags
    width = None if by_length else longest
    model = Classifier(pathlib.Path(folder), "--frozen" in flags)
    optimizer = torch.optim.AdamW(model.trained, RATE, weight_decay=0.01)
    steps, step, speeds, scores = epochs * math.ceil(len(train) / batch), 0, [], []
    for _ in range(epochs):
        began = time.time()
        for rows in batches(train, batch, by_length):
            ids, mask, labels = tensors(rows, width)
            loss = functional.cross_entropy(model.logits(ids, mask, True), labels)
            optimizer.zero_grad()
            loss.backward()
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            optimizer.step()
            step += 1
        speeds.append(len(train) / (time.time() - began))
        scores.append(accuracy(model, test, width))
    print(json.dumps({
        "rows_per_second": round(max(speeds), 1), "rows": len(train), "batch": batch, "max_len": longest, "test_accuracy": scores,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))


main()
