#!/usr/bin/env python3
"""Writes train.csv, validation.csv, test.csv and codes.csv beside this file (or into the folder named).

Same inputs, same bytes: every code draws from its own seeded generator, in the order of wordings.txt.
"""
import csv
import random
import re
import sys
from pathlib import Path

import noise

SEED = 2026
HERE = Path(__file__).parent
AGES = {"adulte": (28, 84), "jeune": (17, 44), "âgé": (71, 97), "tous": (3, 88), "femme": (31, 86), "homme": (42, 88),
        "enfant": (2, 15), "bébé": (2, 11), "nné": (1, 4), "enceinte": (19, 42)}
GROWN_UP = ("adulte", "âgé", "homme", "femme")
EXTERNAL_CAUSES_AND_STATUS = "VWXYZ"
DISEASES_OF_THE_TERRAIN = ("E1", "I1", "C7")
HEADER = re.compile(r"([A-Z]\d{2,3}) \| (.+?) \| (\w+) \| (\d+)( \| test)?$")


def lines_of(name):
    with open(HERE / name, encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if not line.startswith("#")]


def table_of(name):
    """A file of "name = a|b|c" lines as a dictionary of strings."""
    return dict(line.split(" = ", 1) for line in lines_of(name) if line)


def read_codes():
    """The blocks of wordings.txt: code, label, whom, rows aimed at, only in test, wordings."""
    codes = []
    for line in filter(None, lines_of("wordings.txt")):
        header = HEADER.match(line)
        if header:
            code, label, whom, rows, only_test = header.groups()
            codes.append((code, label, whom, int(rows), bool(only_test), []))
        else:
            codes[-1][-1].append(line)
    return codes


def expand(rng, wording, slots):
    """Fills the slots and chooses one alternative of every pair of braces, the innermost first."""
    while "$" in wording:
        wording = re.sub(r"\$(\w+)", lambda slot: "{" + slots[slot[1]] + "}", wording)
    while "{" in wording:
        wording = re.sub(r"\{([^{}]*)\}", lambda choice: rng.choice(choice[1].split("|")), wording)
    text = " ".join(agree(wording).split())
    return noise.elide(text.replace(" ,", ",").replace("' ", "'"))


def agree(text):
    """Makes connu(e), grave(s) and [actif/active] agree with the ~f and ~p marks of the head."""
    feminine, plural = "~f" in text, "~p" in text
    text = re.sub(r"\[([^/\]]*)/([^\]]*)\]", r"\2" if feminine else r"\1", text)
    text = text.replace("(s)", "s" if plural else "")
    text = re.sub(r"\((e|ne|se)\)", r"\1" if feminine else "", text)
    return re.sub(r"~[fp]", "", text)


def with_context(rng, code, whom, text, slots):
    """Adds, to some rows, what notes carry around a diagnosis: a title, a patient, an accompanying disease."""
    def draw(name):
        return expand(rng, "$" + name, slots)

    if whom in GROWN_UP and rng.random() < 0.12:
        extra = draw("terrainf" if whom == "femme" else "terrain")
        if not noise.share_a_word(extra, text) and code[:2] not in DISEASES_OF_THE_TERRAIN:
            text += (" " if extra.startswith(("sur", "chez")) else ", ") + extra
    if rng.random() < 0.07:
        text += ", " + draw("after")
    if rng.random() < 0.10:
        patient = draw(whom).replace("#", str(rng.randint(*AGES[whom])))
        text = f"{patient}, {text}" if rng.random() < 0.5 else f"{text}, {patient}"
    elif rng.random() < 0.07:
        nominal = code[0] not in EXTERNAL_CAUSES_AND_STATUS
        text = noise.elide(draw("reason" if nominal and rng.random() < 0.6 else "title") + " " + text)
    return text


def write_rows_of(code, whom, wanted, wordings, slots, abbreviations, seen):
    """Up to `wanted` texts for one code, none of which says the same as a text in `seen`."""
    rng = random.Random(f"{SEED} {code}")
    texts = []
    for _ in range(60 * wanted):
        if len(texts) == wanted:
            break
        text = with_context(rng, code, whom, expand(rng, rng.choice(wordings), slots), slots)
        text = noise.apply(rng, text, abbreviations)
        key = noise.normalised(text)
        if key not in seen:
            seen.add(key)
            texts.append(text)
    return texts


def make():
    slots, abbreviations = table_of("slots.txt"), noise.patterns(table_of("abbreviations.txt"))
    splits, seen = {"train": [], "validation": [], "test": []}, set()
    codes = read_codes()
    for code, _, whom, wanted, only_test, wordings in codes:
        texts = write_rows_of(code, whom, wanted, wordings, slots, abbreviations, seen)
        tenth = len(texts) if only_test else max(1, round(len(texts) / 10))
        splits["test"] += [(text, code) for text in texts[:tenth]]
        splits["validation"] += [(text, code) for text in texts[tenth:2 * tenth]]
        splits["train"] += [(text, code) for text in texts[2 * tenth:]]
    for name, rows in splits.items():
        random.Random(f"{SEED} {name}").shuffle(rows)
    return splits, [(code, label) for code, label, *_ in codes]


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    made, labels = make()
    for split, rows_of_split in made.items():
        write(folder / f"{split}.csv", ("RawText", "ICD10"), rows_of_split)
    write(folder / "codes.csv", ("code", "label"), labels)
