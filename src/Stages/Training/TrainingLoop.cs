using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training.Optimization;
using static TorchSharp.torch;

namespace Pipelines.Stages.Training;

/// <summary>
/// Epochs of shuffled batches, validation after each, the best epoch's weights kept, a checkpoint after each epoch and when cancelled: a
/// loop that is interrupted and started again gives what it would have given uninterrupted, bit for bit on the CPU.
/// </summary>
/// <param name="settings">With a monitor that is measured.</param>
internal sealed class TrainingLoop<TBatch>(TrainingTask<TBatch> task, TrainingParams settings, StageContext context) : IDisposable
{
    private readonly Optimizer _optimizer = new(settings, task.Parameters);
    private readonly DropoutMasks _masks = new(context.Seed, task.Parameters.Device);
    private readonly Checkpoint _checkpoint = new(context.WorkDirectory, context.Log);
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<StepRecord> _logged = [];
    private EpochSums _current = new();
    private float? _largestGradient;
    private IReadOnlyList<KeyValuePair<string, StoredTensor>> _best = [];

    /// <summary>Trains and leaves the model with the best epoch's weights.</summary>
    /// <exception cref="StageException">The training diverged.</exception>
    public TrainingHistory Run(CancellationToken cancellation)
    {
        Resume();
        var diverged = TrainOn(cancellation);
        if (diverged is not null && (settings.OnDivergence == OnDivergence.Stop || _epochs.Count == 0))
            throw diverged.Failure(settings);
        task.Parameters.Load(_best.ToDictionary());
        if (diverged is not null)
            context.Log.Warn(diverged.Note(BestEpoch));
        return new(_epochs, BestEpoch, _logged, diverged);
    }

    public void Dispose() => _optimizer.Dispose();

    /// <summary>How many are trained now.</summary>
    private int Epochs => settings.StopAfter ?? settings.Epochs;

    private int BestEpoch => TrainingHistory.BestBy(_epochs, settings.Monitor);

    private IReadOnlyList<double> Scores => TrainingHistory.ScoresBy(_epochs, settings.Monitor);

    private Divergence? TrainOn(CancellationToken cancellation)
    {
        try
        {
            while (_epochs.Count < Epochs && settings.EarlyStopping?.IsOver(Scores) != true)
            {
                _epochs.Add(Epoch(_epochs.Count + 1, cancellation));
                _current = new();
                if (BestEpoch == _epochs.Count)
                    _best = task.Parameters.Save();
                SaveCheckpoint();
                Tell(_epochs[^1]);
            }
            return null;
        }
        catch (DivergenceException diverged)
        {
            return diverged.Divergence;
        }
    }

    private TrainingState State => new(
        _epochs, _current, _optimizer.Steps, _logged, task.Parameters.Save(), [.. _optimizer.Save()], _best);

    private void SaveCheckpoint() => _checkpoint.Save(State);

    private void Resume()
    {
        // A longer training has been here before: what it knows is more than this one may know.
        if (_checkpoint.Load(State) is not { } state || state.Epochs.Count > Epochs
            || (state.Epochs.Count == Epochs && state.Current.Batches > 0))
            return;
        _epochs.AddRange(state.Epochs);
        _logged.AddRange(state.Logged);
        task.Parameters.Load(state.Weights.ToDictionary());
        _optimizer.Load(state.Optimizer.ToDictionary(), state.Steps);
        (_current, _best) = (state.Current, state.Best);
        context.Log.Info($"Resumed after epoch {state.Epochs.Count} and {state.Current.Batches} batches.");
        context.Progress.Report(new((long)_epochs.Count * task.Training.Rows, (long)settings.Epochs * task.Training.Rows, "rows")
        {
            Note = $"resumed after epoch {_epochs.Count}",
        });
    }

    private EpochRecord Epoch(int number, CancellationToken cancellation)
    {
        var before = _current.Batches;
        task.StartEpoch(number);
        try
        {
            var order = LengthBatches.Shuffled(
                task.Training.Length, task.Training.Rows, settings.Batch, new(context.Seed, RandomStreams.BatchOrder, (ulong)number));
            var moment = new TrainingMoment(0, (long)settings.Epochs * order.Count, Scores);
            Train(number, order, moment, cancellation);
            return new(Metrics(number, cancellation), RateAt(moment with { Step = _optimizer.Steps - 1 }), _optimizer.Steps);
        }
        catch (OperationCanceledException) when (_current.Batches > before)
        {
            SaveCheckpoint();
            throw;
        }
    }

    private void Tell(EpochRecord epoch)
    {
        var values = new Dictionary<string, double> { ["epoch"] = _epochs.Count, ["loss"] = epoch.Metrics["train.loss"] };
        var done = (long)_epochs.Count * task.Training.Rows;
        context.Progress.Report(new(done, (long)settings.Epochs * task.Training.Rows, "rows", values)
        {
            Step = epoch.Step,
            Measured = new SortedDictionary<string, double>(epoch.Metrics, StringComparer.Ordinal)
            {
                [HistoryTable.LearningRate] = epoch.LearningRate,
            },
        });
    }

    private void Train(int number, List<int[]> order, TrainingMoment moment, CancellationToken cancellation)
    {
        var rows = task.Training;
        var done = ((long)(number - 1) * rows.Rows) + order.Take(_current.Batches).Sum(batch => batch.Length);
        var rest = order.Skip(_current.Batches).ToList();
        foreach (var (batch, count) in BatchQueue.Prepare(rest, positions => (rows.Pack(positions), positions.Length), cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            Step(number, batch, moment with { Step = _optimizer.Steps });
            done += count;
            context.Progress.Report(new(done, (long)settings.Epochs * rows.Rows, "rows", new Dictionary<string, double>
            {
                ["epoch"] = number,
                ["loss"] = _current.Loss,
            })
            {
                Step = _optimizer.Steps,
            });
        }
    }

    private double RateAt(TrainingMoment moment) => settings.Optimizer.LearningRate * settings.Schedule.ShareAt(moment);

    private void Step(int epoch, TBatch batch, TrainingMoment moment)
    {
        using var scope = NewDisposeScope();
        _masks.Start(_optimizer.Steps);
        var result = task.Forward(batch, _masks);
        result.Loss.backward();
        var (gradient, weight) = _optimizer.Step(result.Gathered, settings.Schedule.ShareAt(moment));
        _current = _current.With(result);
        var finite = gradient <= Divergence.MaxGradient;
        _largestGradient = finite || float.IsFinite(gradient) ? gradient : _largestGradient;
        var wrong = !double.IsFinite(_current.LossSum) ? "the loss is not a finite number"
            : !finite ? "a gradient is too large or not a number"
            : !float.IsFinite(weight) ? "a weight is not a finite number"
            : null;
        if (wrong is not null)
            throw new DivergenceException(new(epoch, _current.Batches, wrong, _largestGradient));
        if (settings.LogEvery is { } every && (_optimizer.Steps == 1 || _optimizer.Steps % every == 0))
            _logged.Add(new(_optimizer.Steps, epoch, result.Loss.item<float>(), RateAt(moment)));
    }

    private SortedDictionary<string, double> Metrics(int epoch, CancellationToken cancellation)
    {
        SortedDictionary<string, double> metrics =
            new(_current.Metrics(Splits.Train, task.AccuracyName).ToDictionary(), StringComparer.Ordinal);
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
        if (!double.IsFinite(validation.LossSum))
            throw new DivergenceException(new(epoch, Batch: null, "the validation loss is not a finite number", _largestGradient));
        foreach (var (name, value) in validation.Metrics(Splits.Validation, task.AccuracyName))
            metrics.Add(name, value);
        return metrics;
    }
}
