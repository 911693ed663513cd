"""Writes oracles.json: what scipy, statsmodels and scikit-learn's definitions give for the statistics of compare/models.

Made with scipy 1.10.1 and statsmodels 0.13.5:  python3 oracles.py > oracles.json
"""
import json

import numpy as np
from scipy import special, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests


def mcnemar_case(only_first, only_second):
    exact = only_first + only_second < 25
    result = mcnemar([[50, only_first], [only_second, 30]], exact=exact, correction=True)
    return {"only_first": only_first, "only_second": only_second, "exact": bool(exact), "p": float(result.pvalue)}


def holm_case(p_values):
    return {"p": p_values, "corrected": [float(p) for p in multipletests(p_values, method="holm")[1]]}


def quantile_case(values, confidence):
    low, high = np.percentile(values, [50 * (1 - confidence), 50 * (1 + confidence)])
    return {"values": values, "confidence": confidence, "low": float(low), "high": float(high)}


def paired_case(seed, rows, first, second):
    """Paired percentile intervals by scipy, with many samples: what few samples must come near to."""
    rng = np.random.default_rng(seed)
    a = rng.random(rows) < first
    b = np.where(rng.random(rows) < 0.7, a, rng.random(rows) < second)
    def share(x, axis=-1): return np.mean(x, axis=axis)
    def difference(x, y, axis=-1): return np.mean(y, axis=axis) - np.mean(x, axis=axis)
    one = stats.bootstrap((a,), share, method="percentile", n_resamples=100_000, random_state=1, batch=1000).confidence_interval
    two = stats.bootstrap((a, b), difference, method="percentile", paired=True, vectorized=True, n_resamples=100_000, random_state=1,
                          batch=1000).confidence_interval
    text = lambda correct: "".join("1" if c else "0" for c in correct)
    return {"first": text(a), "second": text(b), "first_low": float(one.low), "first_high": float(one.high),
            "difference_low": float(two.low), "difference_high": float(two.high)}


def folds_case(first, second):
    """Nadeau and Bengio's corrected resampled t-test of k folds: n_test / n_train = 1 / (k - 1)."""
    difference = np.array(second) - np.array(first)
    k = len(difference)
    def interval(values):
        half = stats.t.ppf(0.975, k - 1) * np.std(values, ddof=1) * np.sqrt(1 / k + 1 / (k - 1))
        return [float(np.mean(values) - half), float(np.mean(values) + half)]
    t = np.mean(difference) / (np.std(difference, ddof=1) * np.sqrt(1 / k + 1 / (k - 1)))
    return {"first": first, "second": second, "first_interval": interval(first), "interval": interval(difference),
            "p": float(2 * stats.t.sf(abs(t), k - 1))}


print(json.dumps({
    "mcnemar": [mcnemar_case(b, c) for b, c in
                [(0, 1), (1, 0), (5, 15), (15, 5), (3, 3), (0, 24), (12, 12), (13, 12), (25, 0), (40, 41), (30, 60), (101, 250), (1000, 1200), (0, 400)]],
    "erfc": [{"x": x, "value": float(special.erfc(x))} for x in [0.0, 0.01, 0.5, 1.0, 1.5, 1.999, 2.0, 2.5, 3.0, 5.0, 10.0, 20.0]],
    "student": [{"t": t, "degrees": n, "p": float(2 * stats.t.sf(t, n)), "confidence": c, "quantile": float(stats.t.ppf((1 + c) / 2, n))}
                for t, c in [(0.0, 0.5), (0.3, 0.8), (1.0, 0.9), (2.1, 0.95), (4.0, 0.99), (30.0, 0.999)] for n in [1, 2, 3, 4, 9, 10, 29, 400]],
    "folds": [folds_case([0.71, 0.74, 0.69, 0.75, 0.72], [0.74, 0.75, 0.73, 0.74, 0.78]),
              folds_case([0.5, 0.55], [0.6, 0.7]),
              folds_case([round(0.8 + 0.01 * (i * 7 % 5), 3) for i in range(10)], [round(0.79 + 0.012 * (i * 3 % 7), 3) for i in range(10)])],
    "holm": [holm_case(p) for p in [[0.01, 0.04, 0.03], [0.5, 0.5], [0.2], [0.04, 0.001, 0.9, 0.02, 0.02, 0.3]]],
    "quantile": [quantile_case([3.0, 1.0, 2.0], 0.95), quantile_case([float(x * x) for x in range(60)], 0.95), quantile_case([0.5, 0.1, 0.9, 0.4], 0.8),
                 quantile_case([1.0], 0.95)],
    "paired": [paired_case(1, 200, 0.7, 0.75), paired_case(2, 60, 0.5, 0.9)],
}, indent=1))
