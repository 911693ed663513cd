using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training.Optimization;
using static TorchSharp.torch;

namespace Pipelines.Stages.Training;

/// <summary>
/// Epochs of shuffled batches, validation after each, the best epoch's weights kept, a checkpoint after each epoch and when cancelled: a
/// loop that is interrupted and started again gives what it would have given uninterrupted, bit for bit on the CPU.
/// </summary>
internal sealed class TrainingLoop<TBatch>(TrainingTask<TBatch> task, LoopSettings settings, StageContext context) : IDisposable
{
    private readonly Optimizer _optimizer = new(settings.Optimizer, task.Parameters);
    private readonly DropoutMasks _masks = new(context.Seed, task.Parameters.Device);
    private readonly Checkpoint _checkpoint = new(context.WorkDirectory, context.Log);
    private readonly List<SortedDictionary<string, double>> _epochs = [];
    private EpochSums _current = new();
    private IReadOnlyList<KeyValuePair<string, StoredTensor>> _best = [];

    /// <summary>Trains and leaves the model with the best epoch's weights.</summary>
    public TrainingHistory Run(CancellationToken cancellation)
    {
        Resume();
        while (_epochs.Count < settings.Epochs && !IsPatienceOver())
        {
            var metrics = Epoch(_epochs.Count + 1, cancellation);
            _epochs.Add(metrics);
            _current = new();
            if (BestEpoch == _epochs.Count)
                _best = task.Parameters.Save();
            SaveCheckpoint();
        }
        task.Parameters.Load(_best.ToDictionary());
        return new(_epochs, BestEpoch);
    }

    public void Dispose() => _optimizer.Dispose();

    private int BestEpoch => TrainingHistory.BestBy(_epochs, settings.Monitor);

    private bool IsPatienceOver() =>
        settings.Patience is { } patience && _epochs.Count > 0 && _epochs.Count - BestEpoch >= Math.Max(patience, 1);

    private void SaveCheckpoint() =>
        _checkpoint.Save(new(_epochs, _current, _optimizer.Steps, task.Parameters.Save(), [.. _optimizer.Save()], _best));

    private void Resume()
    {
        if (_checkpoint.Load() is not { } state)
            return;
        _epochs.AddRange(state.Epochs);
        task.Parameters.Load(state.Weights.ToDictionary());
        _optimizer.Load(state.Optimizer.ToDictionary(), state.Steps);
        (_current, _best) = (state.Current, state.Best);
        context.Log.Info($"Resumed after epoch {state.Epochs.Count} and {state.Current.Batches} batches.");
    }

    private SortedDictionary<string, double> Epoch(int number, CancellationToken cancellation)
    {
        var before = _current.Batches;
        try
        {
            Train(number, cancellation);
            return Metrics(cancellation);
        }
        catch (OperationCanceledException) when (_current.Batches > before)
        {
            SaveCheckpoint();
            throw;
        }
    }

    private void Train(int number, CancellationToken cancellation)
    {
        var rows = task.Training;
        var order = LengthBatches.Shuffled(rows.Length, rows.Rows, settings.Batch, new(context.Seed, RandomStreams.BatchOrder, (ulong)number));
        var done = ((long)(number - 1) * rows.Rows) + order.Take(_current.Batches).Sum(batch => batch.Length);
        var rest = order.Skip(_current.Batches).ToList();
        foreach (var (batch, count) in BatchQueue.Prepare(rest, positions => (rows.Pack(positions), positions.Length), cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            Step(batch);
            done += count;
            context.Progress.Report(new(done, (long)settings.Epochs * rows.Rows, "rows", new Dictionary<string, double>
            {
                ["epoch"] = number,
                ["loss"] = _current.Loss,
            }));
        }
    }

    private void Step(TBatch batch)
    {
        using var scope = NewDisposeScope();
        _masks.Start(_optimizer.Steps);
        var result = task.Forward(batch, _masks);
        result.Loss.backward();
        _optimizer.Step(result.Gathered);
        _current = _current.With(result);
    }

    private SortedDictionary<string, double> Metrics(CancellationToken cancellation)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["train.loss"] = _current.Loss,
            [$"train.{task.AccuracyName}"] = _current.Accuracy,
        };
        if (task.Validation is not { } rows)
            return metrics;
        var validation = new EpochSums();
        var order = LengthBatches.InOrderOfLength(rows.Length, rows.Rows, settings.Batch);
        using var frozen = no_grad();
        foreach (var batch in BatchQueue.Prepare(order, rows.Pack, cancellation))
        {
            using var scope = NewDisposeScope();
            validation = validation.With(task.Forward(batch, DropoutMasks.None));
        }
        metrics["validation.loss"] = validation.Loss;
        metrics[$"validation.{task.AccuracyName}"] = validation.Accuracy;
        return metrics;
    }
}
