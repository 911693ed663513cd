namespace Pipelines.Stages.Contracts;

/// <summary>Everything a running stage may touch: no clock, no console, no global random numbers, no paths outside.</summary>
public sealed record StageContext
{
    private readonly string _scratchDirectory = "";
    private readonly string _workDirectory = "";

    /// <summary>Empty at the start, removed at the end; made when it is first asked for.</summary>
    public required string ScratchDirectory
    {
        get => Directory.CreateDirectory(_scratchDirectory).FullName;
        init => _scratchDirectory = value;
    }

    /// <summary>
    /// Named by the fingerprint and kept after an interruption, so that a long stage can resume; made when it is first asked for.
    /// </summary>
    public required string WorkDirectory
    {
        get => Directory.CreateDirectory(_workDirectory).FullName;
        init => _workDirectory = value;
    }

    public required ulong Seed { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>How many threads a stage may keep busy.</summary>
    public required int Threads { get; init; }

    /// <summary>The value of the variable that a <see cref="SecretAttribute"/> parameter names; null where it is not set.</summary>
    public string? Secret { get; init; }

    /// <summary>How to reach the hub; null: the parameters load nothing from it (<see cref="IFromHub"/>).</summary>
    public HubAccess? Hub { get; init; }

    public required IArtifactWriter Write { get; init; }

    public required IProgress<StageProgress> Progress { get; init; }

    public required IStageLog Log { get; init; }
}

/// <summary>How far a stage is. The engine measures rate and time left from it.</summary>
/// <param name="Unit">What is counted, e.g. <c>rows</c>, <c>batches</c>.</param>
/// <param name="Values">Numbers worth showing now, e.g. loss, epoch.</param>
public sealed record StageProgress(long Done, long? Total, string Unit, IReadOnlyDictionary<string, double>? Values = null)
{
    /// <summary>What is worth a line on the screen, e.g. <c>resumed after epoch 7</c>; nothing of the result.</summary>
    public string? Note { get; init; }

    /// <summary>Which step of a training this is; null: no step of one.</summary>
    public long? Step { get; init; }

    /// <summary>What was measured at the end of an epoch, by name: whoever keeps progress keeps this; null: no epoch ended.</summary>
    public IReadOnlyDictionary<string, double>? Measured { get; init; }
}

/// <summary>Lines kept beside the result and replayed when it is reused.</summary>
public interface IStageLog
{
    void Info(string line);

    /// <summary>Something the user should look at; shown on the terminal and in the report.</summary>
    void Warn(string line);
}
