using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Repository;

/// <summary>Plans the stages of a manifest's example; stages it only names give whatever is asked of them.</summary>
internal static class ManifestExample
{
    public static string Findings(string example)
    {
        var catalog = StageCatalog.Of([.. Installed.StageClasses, typeof(AnySource)], Installed.File);
        var plan = Plan.Read(Pipeline(example, []), _ => null, Overrides.None, catalog);
        var named = plan.Diagnostics.Where(finding => finding.Code == "unknown-stage")
            .Select(finding => Text(finding.At).Split('.')[0]).Distinct();
        return Installed.Findings(Pipeline(example, named), catalog);
    }

    private static SourceFile Pipeline(string example, IEnumerable<string> sources)
    {
        var stages = example.TrimEnd() + string.Concat(sources.Select(id => $"\n{id}: {{ uses: any/source }}"));
        return new("example.yaml", $"pipeline: example\nstages:\n  {stages.Replace("\n", "\n  ", StringComparison.Ordinal)}\n");
    }

    private static string Text(SourceSpan at) => at.File.Line(at.Line).Slice(at.Column - 1, at.Length).ToString().Trim('"', '\'');

    [Stage("any/source")]
    internal sealed class AnySource : Stage<NoInputs, AnySource.Params, AnySource.Outputs>
    {
        public sealed record Params;

        public sealed record Outputs(Table Rows, Model Model, Metrics Metrics, Card Card);

        protected override Task<Outputs> RunAsync(
            NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
            throw new InvalidOperationException("An example is planned, not run.");
    }
}
