"""Writes roberta/ beside this file: a byte-level BPE learned on a few sentences, and the ids that the algorithm of GPT-2 gives for some texts.

usage: python3 make_byte_pairs.py     (needs nothing but Python)
"""
import collections
import json
import pathlib
import unicodedata

HERE = pathlib.Path(__file__).parent
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
CORPUS = (
    "The quarterly profit rose by twelve percent because the company's factories were running at full capacity. "
    "It's what they've said: we'll sell 1500 units, and I'd say they're selling them. The profit of the quarter was lower than the profits before. "
    "Le café est à l'étage ; où sont les élèves ? naïve façade, cœur. 12 345 678 !") * 3
TEXTS = [
    "The profit rose.", "", " ", "The  company's   factories", "they've said we'll, I'd, it's, 'tis", "café où naïve cœur", "1500 units!?...",
    "unseen Wörter 日本語 🙂👍🏽", "tabs\tand\nlines \n end ", "  leading", "a_b-c@d €5", "x²½Ⅷ", "\u00a0no\u00a0break", "e\u0301 combined",
]


def byte_letters():
    """Every byte as a letter that can be seen."""
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters, extra = {}, 0
    for byte in range(256):
        if byte in seen:
            letters[byte] = chr(byte)
        else:
            letters[byte] = chr(256 + extra)
            extra += 1
    return letters


LETTERS = byte_letters()


def kind(character):
    category = unicodedata.category(character)[0]
    return "space" if character.isspace() else category if category in "LN" else "other"


def words(text):
    """The pattern of GPT-2 by hand: contractions, a run of one kind with at most one blank in front, and blanks."""
    at = 0
    while at < len(text):
        contraction = next((c for c in ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d") if text.startswith(c, at)), None)
        if contraction:
            yield contraction
            at += len(contraction)
            continue
        first = at + 1 if text[at] == " " and at + 1 < len(text) and kind(text[at + 1]) != "space" else at
        end = first
        while end < len(text) and kind(text[end]) == kind(text[first]):
            end += 1
        if kind(text[first]) == "space" and end < len(text) and end - first > 1:
            # The last blank belongs to the word behind it, or stands alone.
            end -= 1
        yield text[at:end]
        at = end


def spelled(word):
    return tuple(LETTERS[byte] for byte in word.encode("utf-8"))


def merge(pieces, pair):
    merged, at = [], 0
    while at < len(pieces):
        if pieces[at : at + 2] == pair:
            merged.append(pair[0] + pair[1])
            at += 2
        else:
            merged.append(pieces[at])
            at += 1
    return tuple(merged)


def learn(count):
    counted = collections.Counter(spelled(word) for word in words(CORPUS))
    merges = []
    for _ in range(count):
        pairs = collections.Counter()
        for pieces, occurrences in counted.items():
            for pair in zip(pieces, pieces[1:]):
                pairs[pair] += occurrences
        best = max(sorted(pairs), key=pairs.get)
        merges.append(best)
        renewed = collections.Counter()
        for pieces, occurrences in counted.items():
            renewed[merge(pieces, best)] += occurrences
        counted = renewed
    return merges


def encode(text, vocabulary, ranks):
    ids = [vocabulary["<s>"]]
    for word in words(text):
        pieces = spelled(word)
        while len(pieces) > 1:
            pair = min(zip(pieces, pieces[1:]), key=lambda p: ranks.get(p, len(ranks)))
            if pair not in ranks:
                break
            pieces = merge(pieces, pair)
        ids += [vocabulary[piece] for piece in pieces]
    return ids + [vocabulary["</s>"]]


def main():
    merges = learn(150)
    vocabulary = {piece: i for i, piece in enumerate([*SPECIALS, *(LETTERS[byte] for byte in range(256)), *(a + b for a, b in merges)])}
    vocabulary["<mask>"] = len(vocabulary)
    folder = HERE / "roberta"
    folder.mkdir(exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges), encoding="utf-8")
    ranks = {pair: i for i, pair in enumerate(merges)}
    expected = {"texts": TEXTS, "ids": [encode(text, vocabulary, ranks) for text in TEXTS]}
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n", encoding="utf-8")


main()
