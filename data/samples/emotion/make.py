#!/usr/bin/env python3
"""Writes train.txt, val.txt, test.txt and vectors.txt beside this file (or into the folder named).

Same inputs, same bytes: rows and vectors draw from seeded generators, in the order of words.txt.
"""
import random
import sys
from pathlib import Path

SEED = 2026
HERE = Path(__file__).parent
ROWS = {"sadness": 0.29, "joy": 0.33, "love": 0.08, "anger": 0.14, "fear": 0.12, "surprise": 0.04}
SPLITS = {"train": 900, "val": 200, "test": 200}
NEUTRAL = 0.8
WIDTH = 16


def read_words():
    """words.txt as a dictionary of lists."""
    lines = (HERE / "words.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" = ", 1) for line in lines if line and not line.startswith("#"))
    return {name: words.split("|") for name, words in pairs}


def draw(rng, words, emotion):
    """A sentence whose emotion follows from its words; frequent feelings come first in their list."""
    def feeling(of):
        names = words[f"{of}.feelings"]
        return rng.choices(names, [1 / (rank + 2) for rank in range(len(names))])[0]

    def telling(what):
        source = "neutral" if "{feeling}" in pattern and rng.random() < NEUTRAL else emotion
        return rng.choice(words[f"{source}.{what}"])

    pattern = rng.choice(words["patterns"])
    other = rng.choice([name for name in ROWS if name != emotion])
    text = pattern.format(feeling=feeling(emotion), other=feeling(other), cause=telling("causes"), act=telling("acts"))
    return rng.choice(words["before"]) + text + rng.choice(words["after"])


def make_rows(words):
    """Rows by split; no sentence occurs twice."""
    rng, seen, splits = random.Random(SEED), set(), {}
    for split, count in SPLITS.items():
        rows = []
        for emotion, share in ROWS.items():
            wanted = len(rows) + round(share * count)
            while len(rows) < wanted:
                text = draw(rng, words, emotion)
                if text not in seen:
                    seen.add(text)
                    rows.append((text, emotion))
        rng.shuffle(rows)
        splits[split] = rows
    return splits


def make_vectors(words, splits):
    """Invented vectors as GloVe writes them: words of one emotion lie together, all others anywhere.

    Rare feelings have one as well, so that a network that starts from them knows words that training hardly shows. The words of the
    sentences that come twice in all have one; those that come once have none, as in any real file.
    """
    rng = random.Random(f"{SEED} vectors")
    centres = {emotion: [rng.gauss(0, 1) for _ in range(WIDTH)] for emotion in ROWS}
    of = {word: emotion for emotion in ROWS for word in words[f"{emotion}.feelings"]}
    counts = {}
    for rows in splits.values():
        for text, _ in rows:
            for word in text.split():
                counts[word] = counts.get(word, 0) + 1
    vectors = []
    for word in sorted(counts.keys() | of.keys(), key=lambda word: (-counts.get(word, 0), word)):
        if word in of or counts[word] > 1:
            centre = centres[of[word]] if word in of else [0] * WIDTH
            spread = 0.5 if word in of else 0.8
            vectors.append((word, [value + rng.gauss(0, spread) for value in centre]))
    return vectors


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    lists = read_words()
    made = make_rows(lists)
    for name, rows_of_split in made.items():
        (folder / f"{name}.txt").write_text("".join(f"{text};{label}\n" for text, label in rows_of_split), encoding="utf-8")
    (folder / "vectors.txt").write_text(
        "".join(f"{word} {' '.join(f'{value:.4f}' for value in vector)}\n" for word, vector in make_vectors(lists, made)), encoding="utf-8")
