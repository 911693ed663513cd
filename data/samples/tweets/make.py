#!/usr/bin/env python3
"""Writes tweets.json beside this file (or into the folder named): {id: {topic, stance, text, author}}, UTF-8.

Same patterns, same bytes.
"""
import json
import random
import re
import sys
from pathlib import Path

SEED = 2027
HERE = Path(__file__).parent
ROWS = {"nucléaire": 130, "viande": 95, "avion": 75, "décroissance": 60}
STANCES = {"positive": 0.5, "negative": 0.3, "neutral": 0.2}


def read_patterns():
    patterns, name = {}, None
    for line in (HERE / "patterns.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("  "):
            # A blank in front of a closing is part of it.
            patterns[name].append(line[2:])
        else:
            name = line
            patterns[name] = []
    return patterns


def expand(rng, text, patterns):
    """Fills slots until none is left, then draws the numbers."""
    while "{" in text:
        text = re.sub(r"\{(\w+)\}", lambda slot: rng.choice(patterns[slot[1]]), text)
    text = re.sub(r"\[(\d+)-(\d+)\]", lambda bounds: str(rng.randint(int(bounds[1]), int(bounds[2]))), text)
    return text[0].upper() + text[1:]


def tweets(rng, patterns):
    seen = set()
    for topic, count in ROWS.items():
        made = 0
        while made < count:
            stance = rng.choices(list(STANCES), STANCES.values())[0]
            text = expand(rng, rng.choice(patterns[f"{topic} {stance}"]), patterns)
            if text not in seen:
                seen.add(text)
                made += 1
                yield {"topic": topic, "stance": stance, "text": text, "author": f"user-{rng.randint(1, 60)}"}


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    rng = random.Random(SEED)
    rows = list(tweets(rng, read_patterns()))
    rng.shuffle(rows)
    records = {str(1450000000000000000 + 1000000007 * i): row for i, row in enumerate(rows)}
    (target / "tweets.json").write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
