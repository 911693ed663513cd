#!/usr/bin/env python3
"""Accuracies of README.md: a bag of words with two linear classifiers (needs scikit-learn)."""
import csv
from pathlib import Path

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

HERE = Path(__file__).parent


def rows(name):
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return zip(*[(row["RawText"], row["ICD10"]) for row in csv.DictReader(file)])


def words():
    return CountVectorizer(strip_accents="unicode", token_pattern=r"\w+")


texts, codes = rows("train")
for name, model in {
    "words + multinomial naive Bayes (alpha 0.1)": make_pipeline(words(), MultinomialNB(alpha=0.1)),
    "words + logistic regression (C 10)": make_pipeline(words(), LogisticRegression(C=10, max_iter=300)),
}.items():
    model.fit(texts, codes)
    for split in ("validation", "test"):
        inputs, expected = rows(split)
        found = model.predict(inputs)
        for length in (1, 3, 4):
            hits = sum(one[:length] == other[:length] for one, other in zip(found, expected))
            print(f"{name:45} {split:10} first {length}: {hits / len(expected):.3f}")
