#!/usr/bin/env python3
"""Writes english.txt beside this file from WordNet 3.0 (Debian's packages wordnet-base and wordnet-sense-index).

Every word is there that has a count in WordNet's tagged texts. A form that can be several words gets the one that occurs most, by those counts and by how
often a word takes that form.

usage: english.py [FOLDER]     the folder of WordNet's files, /usr/share/wordnet by default
"""
import collections
import re
import sys
from pathlib import Path

SOURCE = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
HERE = Path(__file__).parent
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
NUMBERS = dict(zip("12345", "nvara"))
WORD = re.compile(r"[a-z]+")

# WordNet's own rules (morphy): an ending and what it stands for. EnglishLemmas.cs has the same, in the same order.
RULES = {
    "n": [("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")],
    "v": [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
    "a": [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
}
# Rough shares of the forms of a word: itself, or inflected.
ITSELF = {"n": 0.7, "v": 0.4, "a": 0.95, "r": 1}
INFLECTED = {"n": 0.3, "v": 0.2, "a": 0.1, "r": 0.5}

# Words of grammar: they stay, whatever they look like.
FUNCTION_WORDS = """
a an the this that these those some any no every each either neither both all half several many few much little more most less least enough such other another
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves they them their theirs themselves
who whom whose which what whatever whoever whichever one ones oneself someone somebody something anyone anybody anything everyone everybody everything nobody nothing none
of in on at by for with about against between into through during before after above below to from up down out off over under again further upon within without
across along around behind beside besides beyond despite except inside near onto outside past since than toward towards until till unlike via worth according regarding concerning per plus minus versus
and but or nor so yet if because as while although though unless whereas whether once lest
when where why how here there then now not never ever always often sometimes just only also too very quite rather almost perhaps maybe however thus therefore hence
can could may might must shall should will would ought
""".split()


def read(name):
    with open(SOURCE / name, encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]


def words_by_part():
    parts = collections.defaultdict(set)
    for name, part in PARTS.items():
        for line in read(f"index.{name}"):
            word = line.split(" ")[0]
            if WORD.fullmatch(word):
                parts[word].add(part)
    return {word: own for word, own in parts.items() if any(COUNTS[word, part] for part in own)}


def counts():
    by_word = collections.Counter()
    for line in read("cntlist"):
        count, key, _ = line.split(" ")
        word, sense = key.split("%")
        by_word[word, NUMBERS[sense[0]]] += int(count)
    return by_word


def irregular_forms():
    forms = collections.defaultdict(set)
    for name, part in PARTS.items():
        for line in read(f"{name}.exc"):
            form, *words = line.split()
            forms[form].update((word, part) for word in words if WORD.fullmatch(form) and word in BASES)
    return forms


def candidates(form):
    found = set(IRREGULAR.get(form, ()))
    irregular = {part for _, part in found}
    for part, rules in RULES.items():
        for ending, by in rules:
            word = form[:len(form) - len(ending)] + by
            if part not in irregular and form.endswith(ending) and part in BASES.get(word, ()):
                found.add((word, part))
    found.update((form, part) for part in BASES.get(form, ()))
    return found


def likeliest(form):
    if form in FUNCTION_WORDS:
        return form
    weights = collections.Counter()
    found = candidates(form)
    # WordNet lists plurals such as "services" with a meaning of their own; where the singular is as frequent, they are its plural here.
    if any(part == "n" and word + "s" == form and COUNTS[word, part] >= COUNTS[form, part] for word, part in found):
        found.discard((form, "n"))
    for word, part in found:
        is_itself = word == form
        weights[word] += (COUNTS[word, part] + (0.1 if is_itself else 0.5)) * (ITSELF if is_itself else INFLECTED)[part]
    return max(sorted(weights), key=weights.__getitem__, default=form)


def by_rule(form):
    """What EnglishLemmas.cs finds without a line for the form; the lemma of a lemma is itself."""
    if form in BASES or form in FUNCTION_WORDS:
        return form
    for part, rules in RULES.items():
        for ending, by in rules:
            word = form[:len(form) - len(ending)] + by
            if form.endswith(ending) and part in BASES.get(word, ()) and 1 < len(word) >= len(form) / 2:
                return word if chosen[word] == word else form
    return form


def forms_of(word):
    yield word
    for part in BASES[word]:
        for ending, by in RULES.get(part, ()):
            if word.endswith(by):
                yield word[:len(word) - len(by)] + ending


COUNTS = counts()
BASES = words_by_part()
IRREGULAR = irregular_forms()

chosen = {form: likeliest(form) for form in sorted({form for word in BASES for form in forms_of(word)} | set(IRREGULAR))}
# The lemma of a lemma is itself: "founded" stays, because "found" is taken for a form of "find".
chosen = {form: lemma if chosen.get(lemma, lemma) == lemma else form for form, lemma in chosen.items()}
exceptions = {form: lemma for form, lemma in chosen.items() if by_rule(form) != lemma}

with open(HERE / "english.txt", "w", encoding="utf-8", newline="\n") as file:
    print((HERE / "english-licence.txt").read_text(encoding="utf-8"), end="", file=file)
    for form, lemma in exceptions.items():
        print(f"{form}={lemma}", file=file)
    for word in sorted(set(BASES) | set(FUNCTION_WORDS)):
        parts = "" if word in FUNCTION_WORDS else "".join(part for part in "nva" if part in BASES[word])
        print(f"{word} {parts}".rstrip() if parts != "n" else f"{word}:", file=file)
