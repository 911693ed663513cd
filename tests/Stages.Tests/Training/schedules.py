"""Writes schedules.json: the learning rates of torch's own schedulers, as shares of the first one.

Made with torch 1.13:  python3 schedules.py > schedules.json
"""
import json
import random

import torch
from torch.optim import lr_scheduler


def rates(make, steps, scores=None):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make(optimizer)
    shares = []
    for step in range(steps):
        shares.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([] if scores is None else [scores[step]]))
    return shares


def plateau(factor, patience, min_delta, end, epochs, seed):
    drawn = random.Random(seed)
    scores = [round(2 / (1 + epoch / 10) + drawn.uniform(-0.2, 0.2), 3) for epoch in range(epochs)]
    # torch falls after more than its patience, Keras (and this project) once it is reached.
    make = lambda optimizer: lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=factor, patience=patience - 1, threshold=min_delta, threshold_mode="abs", min_lr=end, eps=0)
    return {"factor": factor, "patience": patience, "min_delta": min_delta, "end": end, "scores": scores, "shares": rates(make, epochs, scores)}


print(json.dumps({
    "linear": [{"steps": steps, "end": end, "shares": rates(
        lambda o: lr_scheduler.LinearLR(o, start_factor=1, end_factor=end, total_iters=steps), steps)} for steps, end in [(50, 0), (37, 0.1), (1, 0)]],
    "cosine": [{"steps": steps, "end": end, "shares": rates(
        lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=steps, eta_min=end), steps)} for steps, end in [(50, 0), (37, 0.1), (1, 0)]],
    "warmup": [{"steps": steps, "warmup": warm, "shares": rates(
        lambda o: lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, start_factor=1 / warm, end_factor=1, total_iters=warm - 1),
                                                lr_scheduler.CosineAnnealingLR(o, T_max=steps - warm)], milestones=[warm - 1]), steps - 1)}
        for steps, warm in [(40, 8), (100, 10)]],
    "plateau": [plateau(0.5, 2, 0, 0, 60, 1), plateau(0.1, 1, 0.05, 1e-3, 40, 2), plateau(0.7, 5, 0.01, 0.2, 80, 3)],
}, indent=None))
