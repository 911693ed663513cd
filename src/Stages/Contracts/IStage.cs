namespace Pipelines.Stages.Contracts;

/// <summary>What the engine sees of a stage: no generics, no records of its own.</summary>
public interface IStage
{
    Task<ArtifactSet> RunAsync(ArtifactSet inputs, object parameters, StageContext context, CancellationToken cancellation);
}

/// <summary>What an author writes: a typed function from inputs and parameters to outputs.</summary>
/// <typeparam name="TInputs">A record of <see cref="Table"/>, <see cref="Model"/>, <see cref="Metrics"/> (nullable: optional; list:
/// many).</typeparam>
/// <typeparam name="TParams">A record of plain values; its defaults are the stage's defaults.</typeparam>
/// <typeparam name="TOutputs">A record of artifacts, made with <see cref="StageContext.Write"/>.</typeparam>
public abstract class Stage<TInputs, TParams, TOutputs> : IStage
    where TInputs : notnull
    where TParams : notnull
    where TOutputs : notnull
{
    protected abstract Task<TOutputs> RunAsync(TInputs inputs, TParams parameters, StageContext context, CancellationToken cancellation);

    async Task<ArtifactSet> IStage.RunAsync(ArtifactSet inputs, object parameters, StageContext context, CancellationToken cancellation) =>
        ArtifactSet.From(await RunAsync(inputs.To<TInputs>(), (TParams)parameters, context, cancellation).ConfigureAwait(false));
}

/// <summary>The inputs of a stage that takes none.</summary>
public sealed record NoInputs;
