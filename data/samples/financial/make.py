#!/usr/bin/env python3
"""Writes sentences.txt beside this file (or into the folder named): sentence@label, ISO 8859-1, CRLF.

Same patterns, same bytes.
"""
import random
import re
import sys
from pathlib import Path

SEED = 2026
HERE = Path(__file__).parent
ROWS = {"neutral": 745, "positive": 308, "negative": 147}
MISLEADING = 0.08


def read_patterns():
    patterns, name = {}, None
    for line in (HERE / "patterns.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            patterns[name].append(line.strip())
        else:
            name = line
            patterns[name] = []
    return patterns


def expand(rng, text, patterns):
    """Fills slots until none is left, then draws the numbers."""
    while "{" in text:
        text = re.sub(r"\{(\w+)\}", lambda slot: rng.choice(patterns[slot[1]]), text)
    text = re.sub(r"\[(\d+)-(\d+)\]", lambda bounds: str(rng.randint(int(bounds[1]), int(bounds[2]))), text)
    text = re.sub(r"\[(\d+)~(\d+)\]", lambda bounds: f"{rng.uniform(int(bounds[1]), int(bounds[2])):.1f}", text)
    return text[0].upper() + text[1:]


def sentences(rng, patterns):
    """Different sentences; some take their wording from another class, as no annotator agrees with all others."""
    seen = set()
    for label, count in ROWS.items():
        made = 0
        while made < count:
            wording = rng.choice(list(ROWS)) if rng.random() < MISLEADING else label
            sentence = expand(rng, rng.choice(patterns[wording]), patterns)
            if sentence not in seen:
                seen.add(sentence)
                made += 1
                yield f"{sentence}@{label}"


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    rng = random.Random(SEED)
    rows = list(sentences(rng, read_patterns()))
    rng.shuffle(rows)
    with open(target / "sentences.txt", "w", encoding="iso-8859-1", newline="\r\n") as file:
        file.writelines(f"{row}\n" for row in rows)


if __name__ == "__main__":
    main()
