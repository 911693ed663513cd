using Pipelines.Stages.Training.Optimization;

namespace Pipelines.Stages.Training;

/// <param name="Monitor">Metric that tells the best epoch and when to stop.</param>
/// <param name="Patience">Epochs without improvement before training stops; null: never stops early.</param>
internal sealed record LoopSettings(int Epochs, int Batch, OptimizerSettings Optimizer, string Monitor, int? Patience);
