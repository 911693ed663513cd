using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Serving;

/// <summary>
/// Models in memory, the few that were asked last. One request at a time works with them: a predictor is used from one thread
/// at a time, and torch takes all processors for one prediction and keeps state for the whole process.
/// </summary>
internal sealed class LoadedModels(IArtifactStore store, int threads) : IDisposable
{
    private const int MaxLoaded = 4;

    private static readonly TimeSpan MaxPatience = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _one = new(1);
    private readonly List<(ContentHash Id, Predictor Predictor)> _loaded = [];

    /// <summary>Waits for its turn, and loads the model if it has to.</summary>
    /// <exception cref="DamagedArtifactException">The model is no longer in the store, or not what was written.</exception>
    /// <exception cref="StageException">It cannot be loaded.</exception>
    public async Task<T> AskAsync<T>(Model model, Func<Predictor, T> question, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return question(Load(model));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Keeps requests waiting until disposed, because this process computes something else.</summary>
    public async Task<IDisposable> ReserveAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        return new Reservation(_one);
    }

    /// <summary>While a question is still being answered, the models are left to the end of the process.</summary>
    public void Dispose()
    {
        if (!_one.Wait(MaxPatience))
            return;
        foreach (var (_, predictor) in _loaded)
            predictor.Dispose();
        _one.Dispose();
    }

    private Predictor Load(Model model)
    {
        var at = _loaded.FindIndex(entry => entry.Id == model.Id);
        if (at < 0)
        {
            StoredArtifacts.Check(store, [model]);
            _loaded.Add((model.Id, Predictor.Load(model, new("cpu", threads))));
            if (_loaded.Count > MaxLoaded)
            {
                _loaded[0].Predictor.Dispose();
                _loaded.RemoveAt(0);
            }
            return _loaded[^1].Predictor;
        }
        var found = _loaded[at];
        _loaded.RemoveAt(at);
        _loaded.Add(found);
        return found.Predictor;
    }

    private sealed class Reservation(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
