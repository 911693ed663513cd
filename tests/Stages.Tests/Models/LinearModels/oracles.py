"""Writes oracles.json: what scikit-learn's vectorizers and linear classifiers make of a few sentences.

Made with scikit-learn 1.2.1:  python3 oracles.py > oracles.json
"""
import json

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

TRAINING = [
    ("The café rose by 7 % , and the café's sales rose again", 2), ("Sales fell , sales fell sharply in 2009", 0),
    ("Nothing was said of sales or of a_b", 1), ("Profit rose to EUR 3.5 mn", 2), ("Loss : the profit fell to 3", 0),
    ("The plant is in Turku", 1), ("The plant in Turku rose like no other plant", 2), ("A new plant was opened", 1),
    ("Sales of the plant fell", 0), ("The meeting is in Turku", 1), ("ÉTÉ sales rose", 2), ("It was said that the loss is a loss", 0),
]
TEST = ["The plant's sales fell", "Profit and sales rose in Turku", "A meeting was opened in été", "nobody knows x y z", ""]
LABELS = [label for _, label in TRAINING]
TEXTS = [text for text, _ in TRAINING]


def rounded(values):
    return np.round(np.asarray(values, dtype=float), 9).tolist()


def vocabulary(**options):
    return list(CountVectorizer(**options).fit(TEXTS).get_feature_names_out())


def weighted(**options):
    counts = CountVectorizer()
    tfidf = TfidfTransformer(**options)
    training = tfidf.fit_transform(counts.fit_transform(TEXTS))
    return training, tfidf.transform(counts.transform(TEST))


def bayes(features, **options):
    training, test = features
    return rounded(MultinomialNB(**options).fit(training, LABELS).predict_proba(test))


def logistic(labels, **options):
    training, test = weighted()
    model = LogisticRegression(tol=1e-12, max_iter=100_000, **options).fit(training, labels)
    return {"coefficients": rounded(model.coef_), "intercepts": rounded(model.intercept_), "test": rounded(model.predict_proba(test))}


def svm(labels, **options):
    training, test = weighted()
    model = LinearSVC(tol=1e-10, max_iter=1_000_000, **options).fit(training, labels)
    return {"coefficients": rounded(model.coef_), "intercepts": rounded(model.intercept_), "test": rounded(model.decision_function(test))}


def counted():
    counts = CountVectorizer()
    return counts.fit_transform(TEXTS), counts.transform(TEST)


def main():
    two = [min(label, 1) for label in LABELS]
    oracles = {
        "training": TEXTS, "labels": LABELS, "test": TEST, "two_labels": two,
        "words": vocabulary(), "bigrams_of_two_texts": vocabulary(ngram_range=(1, 2), min_df=2),
        "tfidf": rounded(weighted()[1].toarray()), "tfidf_sublinear": rounded(weighted(sublinear_tf=True)[1].toarray()),
        "tfidf_not_smooth": rounded(weighted(smooth_idf=False)[1].toarray()),
        "bayes_counts": bayes(counted()), "bayes_tfidf": bayes(weighted(), alpha=0.05), "bayes_uniform": bayes(counted(), fit_prior=False),
        "logistic": logistic(LABELS), "logistic_of_two": logistic(two), "logistic_weak": logistic(LABELS, C=0.1),
        "logistic_balanced": logistic(two, class_weight="balanced"),
        "svm": svm(LABELS), "svm_of_two": svm(two), "svm_strong": svm(LABELS, C=10), "svm_balanced": svm(two, class_weight="balanced"),
    }
    print("{\n" + ",\n".join(f" {json.dumps(name)}: {json.dumps(oracles[name], ensure_ascii=False)}" for name in oracles) + "\n}")


if __name__ == "__main__":
    main()
