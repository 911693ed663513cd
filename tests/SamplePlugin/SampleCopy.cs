using Pipelines.Stages.Contracts;

namespace Pipelines.SamplePlugin.Sample;

/// <summary>The one stage of this assembly that is as it should be.</summary>
[Stage("sample/copy")]
public sealed class SampleCopy : Stage<SampleCopy.Inputs, SampleCopy.Params, SampleCopy.Outputs>
{
    public sealed record Inputs(Table Rows);

    public sealed record Params;

    public sealed record Outputs(Table Rows);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        Task.FromResult(new Outputs(inputs.Rows));
}
