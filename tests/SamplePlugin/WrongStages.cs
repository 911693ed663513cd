using Pipelines.Stages.Contracts;

namespace Pipelines.SamplePlugin.Wrong;

/// <summary>A stage in all but what the classes below have wrong.</summary>
public abstract class SampleBase<TOutputs> : Stage<NoInputs, SampleBase<TOutputs>.Params, TOutputs>
    where TOutputs : notnull
{
    public sealed record Params;

    protected override Task<TOutputs> RunAsync(NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw new InvalidOperationException("It is read, not run.");
}

public sealed record OneCard(Card Card);

public sealed record NoPort(string Text);

[Stage("sample/other")]
public sealed class SampleMisnamed : SampleBase<OneCard>;

[Stage("sample/broken")]
public sealed class SampleBroken : SampleBase<NoPort>;

[Stage("sample/none")]
public sealed class SampleNone;

[Stage("sample/asking")]
public sealed class SampleAsking(string answer) : SampleBase<OneCard>
{
    public string Answer { get; } = answer;
}

[Stage("Sample Loud")]
public sealed class SampleLoud : SampleBase<OneCard>;

[Stage("pad")]
public sealed class Pad : SampleBase<OneCard>;
