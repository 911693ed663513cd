using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.TestKit.Engine;

/// <summary>A stage kind made of a function: any number of tables in at port <c>rows</c>, one table out at port <c>rows</c>.</summary>
/// <param name="Reads">Of each input; null: all columns.</param>
public sealed record FakeKind(
    string Name, Func<FakeCall, Task<ArtifactSet>> Body, int Version = 1, Uses Uses = Uses.Nothing, IReadOnlyList<string>? Reads = null)
{
    /// <summary>
    /// Column <c>n</c>: (sum of the inputs' <c>n</c> + <c>with.add</c>) / <c>with.divide</c>; column <c>extra</c>: <c>with.extra</c>.
    /// Reads only <c>n</c>.
    /// </summary>
    public static FakeKind Sum { get; } = new("sum", SumAsync, Reads: ["n"]);

    public StageSpec Spec => new(
        Name, Version, Uses, typeof(FakeStage), [new("rows", ArtifactKind.Table, Optional: false, Many: true, Reads)],
        [new("rows", ArtifactKind.Table)], new(typeof(FakeParameters), typeof(FakeParameters).GetConstructors()[0], []) { Inlined = [] });

    private static Task<ArtifactSet> SumAsync(FakeCall call)
    {
        var sum = call.Tables.Sum(table => FakeArtifactWriter.Read(table, "n")[0]) + call.Int("add", 1);
        return call.TableAsync(("n", sum / call.Int("divide", 1)), ("extra", call.Int("extra", 0)));
    }
}

public sealed record FakeParameters(IReadOnlyDictionary<string, string> With, InputFile? File)
{
    public FakeParameters Below(string root) => File is null ? this : this with { File = new(Path.Combine(root, File.Path)) };
}

/// <summary>What a fake stage is given, and how it answers.</summary>
public sealed record FakeCall(ArtifactSet Inputs, FakeParameters Parameters, StageContext Context, CancellationToken Cancellation)
{
    public IReadOnlyList<Table> Tables => [.. Inputs.ByPort["rows"].Cast<Table>()];

    public int Int(string name, int otherwise) =>
        Parameters.With.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A table of one row.</summary>
    public async Task<ArtifactSet> TableAsync(params (string Column, int Value)[] row)
    {
        var batch = new RowBatch(1, [.. row.Select(cell => new Values<int>(cell.Column, [cell.Value]))]);
        var table = await Context.Write.TableAsync(EncodingChain.Empty, new[] { batch }.ToAsyncEnumerable(), Cancellation);
        return Of(table);
    }

    public static ArtifactSet Of(Artifact artifact) => new(new Dictionary<string, IReadOnlyList<Artifact>> { ["rows"] = [artifact] });
}

internal sealed class FakeStage(Func<FakeCall, Task<ArtifactSet>> body) : IStage
{
    public Task<ArtifactSet> RunAsync(ArtifactSet inputs, object parameters, StageContext context, CancellationToken cancellation) =>
        body(new(inputs, (FakeParameters)parameters, context, cancellation));
}
