using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.TestKit.Engine;

/// <summary>Real, tiny stage kinds over real tables: for tests from YAML to the store and back.</summary>
public static class NumberStages
{
    public static StageCatalog Catalog => StageCatalog.Of(
        [typeof(LoadNumbers), typeof(AddNumber), typeof(ScoreNumbers), typeof(ScoreComments)],
        path => path == "stages/add/number.yaml" ? new SourceFile(path, Manifest) : null);

    private const string Manifest = """
        summary: { en: Adds a number. }
        inputs: { rows: Numbers. }
        outputs: { rows: The same rows with their sums. }
        parameters:
          number: { text: What is added. }
        """;

    internal static async IAsyncEnumerable<RowBatch> Changed(Table rows, Func<RowBatch, RowBatch> change)
    {
        await foreach (var batch in rows.ReadAsync(CancellationToken.None))
            yield return change(batch);
    }
}

/// <summary>One whole number a line.</summary>
[Stage("load/numbers")]
public sealed class LoadNumbers : Stage<NoInputs, LoadNumbers.Params, LoadNumbers.Outputs>
{
    public sealed record Params(InputFile File, [NotInFingerprint] int Threads = 1);

    public sealed record Outputs(Table Rows);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(parameters.File.Path, cancellation);
        var batch = new RowBatch(lines.Length, [
            new Values<int>("number", [.. lines.Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))]),
            new Values<string>("comment", [.. lines.Select(line => line.Split(' ', 2)[^1])])]);
        return new(await context.Write.TableAsync(EncodingChain.Empty, new[] { batch }.ToAsyncEnumerable(), cancellation));
    }
}

[Stage("add/number")]
public sealed class AddNumber : Stage<AddNumber.Inputs, AddNumber.Params, AddNumber.Outputs>
{
    public sealed record Inputs([Reads("number")] Table Rows);

    public sealed record Params(int Number = 1);

    public sealed record Outputs([SameRowsAs("rows"), Writes("sum")] Table Rows);

    protected override async Task<Outputs> RunAsync(
        Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        new(await context.Write.TableAsync(EncodingChain.Empty, NumberStages.Changed(inputs.Rows, batch => batch.With(
            new Values<int>("sum", [.. batch.Values<int>("number").Items.Select(number => number + parameters.Number)]))), cancellation));
}

[Stage("score/numbers")]
public sealed class ScoreNumbers : Stage<ScoreNumbers.Inputs, ScoreNumbers.Params, ScoreNumbers.Outputs>
{
    public sealed record Inputs([Reads("sum")] Table Rows);

    public sealed record Params;

    public sealed record Outputs(Metrics Metrics);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var total = 0L;
        await foreach (var batch in inputs.Rows.ReadAsync(["sum"], cancellation))
            total += batch.Values<int>("sum").Items.Sum();
        return new(await context.Write.MetricsAsync(new Dictionary<string, double> { ["total"] = total }, cancellation));
    }
}

/// <summary>Reads what no other stage does.</summary>
[Stage("score/comments")]
public sealed class ScoreComments : Stage<ScoreComments.Inputs, ScoreComments.Params, ScoreComments.Outputs>
{
    public sealed record Inputs([Reads("sum", "comment")] Table Rows);

    public sealed record Params;

    public sealed record Outputs(Metrics Metrics);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var total = 0L;
        await foreach (var batch in inputs.Rows.ReadAsync(["comment", "sum"], cancellation))
            for (var row = 0; row < batch.Count; row++)
                total += batch.Values<int>("sum")[row] * batch.Values<string>("comment")[row].Length;
        return new(await context.Write.MetricsAsync(new Dictionary<string, double> { ["total"] = total }, cancellation));
    }
}
