#!/usr/bin/env python3
"""Writes train.csv.gz and test.csv.gz beside this file (or into the folder named): film reviews and whether they praise.

Same seed, same rows: a review draws its sentences from phrases.txt, most of them of its own class.
"""
import csv
import gzip
import io
import random
import re
import sys
from pathlib import Path

SEED = 2026
ROWS = {"train": 800, "test": 300}
ASPECTS = ("acting", "plot", "pace", "look", "music", "ending")
CLASSES = {"pos": ("good", "bad", (7, 8, 9, 10)), "neg": ("bad", "good", (1, 2, 3, 4))}
SHARE_OF_DOUBT = 0.22       # sentences that speak for the other class
SHARE_WITHOUT_VERDICT = 0.35
HERE = Path(__file__).parent


def phrases():
    lines = (HERE / "phrases.txt").read_text(encoding="utf-8").splitlines()
    return {name: alternatives(text) for name, text in
            (line.split(" = ", 1) for line in lines if line and not line.startswith("#"))}


def alternatives(text):
    """Cut at the bars that stand in no braces."""
    return re.split(r"\|(?![^{]*\})", text)


def sentence(rng, name, table):
    text = rng.choice(table[name])
    text = re.sub(r"\{([^{}]*)\}", lambda choice: rng.choice(choice[1].split("|")), text)
    text = re.sub(r"\$(\w+)", lambda slot: rng.choice(table[slot[1]]), text)
    return text[0].upper() + text[1:]


def review(rng, own, other, table):
    """An opening, sentences on some aspects of the film, and mostly a verdict."""
    names = []
    for aspect in rng.sample(ASPECTS, rng.randint(3, 6)):
        names.append(f"{aspect}.{other if rng.random() < SHARE_OF_DOUBT else own}")
        if rng.random() < 0.3:
            names.append("middle")
    if rng.random() < 0.5:
        names.insert(rng.randrange(len(names)), f"doubt.{own}")
    if rng.random() >= SHARE_WITHOUT_VERDICT:
        names.append(f"verdict.{own}")
    names.insert(0, "opening")
    parts = [sentence(rng, name, table) for name in names]
    if rng.random() < 0.4:
        parts.insert(rng.randrange(1, len(parts)), "<br /><br />")
    return " ".join(parts).replace(" <br /><br /> ", "<br /><br />")


def split(rng, name, count, table, seen):
    """Sorted by class, as the reviews of IMDB are."""
    for label in ("neg", "pos"):
        own, other, ratings = CLASSES[label]
        number = 0
        while number < count // 2:
            text = review(rng, own, other, table)
            if text not in seen:
                seen.add(text)
                yield f"{label}_{number}", rng.choice(ratings), label, text
                number += 1


def write(path, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "rating", "label", "text"))
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    rng, table, seen = random.Random(SEED), phrases(), set()
    for name, count in ROWS.items():
        write(folder / f"{name}.csv.gz", split(rng, name, count, table, seen))


if __name__ == "__main__":
    main()
