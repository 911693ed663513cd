using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Small tables of texts, and what came out of a stage.</summary>
internal static class TextRows
{
    public static Task<Table> TextsAsync(this StageRun run, params (string Split, string Text, string Label)[] rows) => run.TableAsync(
        new Values<string>("split", [.. rows.Select(row => row.Split)]),
        new Values<string>("text", [.. rows.Select(row => row.Text)]),
        new Values<string>("label", [.. rows.Select(row => row.Label)]));

    public static async Task<RowBatch> ResultAsync(this ArtifactSet outputs) =>
        Assert.Single(await StageRun.ReadAsync((Table)outputs["rows"]));

    public static async Task<IReadOnlyList<int>> TargetsAsync(this ArtifactSet outputs) =>
        (await outputs.ResultAsync()).Values<int>("target").Items;

    public static EncodingChain Encoding(this ArtifactSet outputs) => ((Table)outputs["rows"]).Encoding;

    /// <summary>The rows of a column of lists.</summary>
    public static int[][] Ids(this RowBatch batch, string column = "ids") =>
        [.. Enumerable.Range(0, batch.Count).Select(row => batch.Lists<int>(column)[row].ToArray())];
}
