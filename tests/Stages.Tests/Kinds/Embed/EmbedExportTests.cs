using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class EmbedExportTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_line_a_word_and_the_words_beside_it()
    {
        var files = await ExportAsync(("vectors", await VectorsAsync("eau", "l'été", "tab\there")));
        Assert.Equal(["eau", "l'été", "tab here"], Lines(files, "metadata.tsv"));
        Assert.Equal([[0.1f, -2f], [1e-9f, 3f], [0.25f, 0f]], Lines(files, "vectors.tsv").Select(
            line => line.Split('\t').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray()));
        Assert.Equal(
            ["embeddings {", "  tensor_name: \"words\"", "  tensor_path: \"vectors.tsv\"", "  metadata_path: \"metadata.tsv\"", "}"],
            Lines(files, "projector_config.pbtxt"));
        Assert.False(File.Exists(Path.Combine(files.Directory, "map.tsv")));
    }

    [Fact]
    public async Task A_map_gives_words_their_groups_and_places()
    {
        var map = await _run.TableAsync(
            new Values<string>("word", ["l'été", "eau"]), new Values<string>("group", ["saisons", "choses"]),
            new Values<double>("x", [1.5, -2]), new Values<double>("y", [0, 1e-20]));
        var files = await ExportAsync(("vectors", await VectorsAsync("eau", "l'été", "or")), ("map", map));
        Assert.Equal(["word\tgroup", "eau\tchoses", "l'été\tsaisons", "or\t"], Lines(files, "metadata.tsv"));
        Assert.Equal(["word\tgroup\tx\ty", "l'été\tsaisons\t1.5\t0", "eau\tchoses\t-2\t1E-20"], Lines(files, "map.tsv"));
    }

    [Fact]
    public async Task Another_program_reads_the_same_from_parquet()
    {
        var files = await ExportAsync(("vectors", await VectorsAsync("eau", "l'été", "or")));
        var path = Path.Combine(files.Directory, "vectors.parquet");
        object?[][] rows = [.. Assert.Single(DuckDb.Run($"select word, vector[1], vector[2] from '{path}'"))];
        Assert.Equal([["eau", 0.1f, -2f], ["l'été", 1e-9f, 3f], ["or", 0.25f, 0f]], rows);
    }

    private async Task<Table> VectorsAsync(params string[] words) => await _run.TableAsync(
        new Values<string>("word", words), Lists.Of("vector", [[0.1f, -2f], [1e-9f, 3f], [0.25f, 0f]]));

    private async Task<Model> ExportAsync(params (string, Artifact)[] inputs) =>
        (Model)(await _run.RunAsync(new EmbedExport(), new EmbedExport.Params(), inputs))["files"];

    private static string[] Lines(Model files, string name) => File.ReadAllLines(Path.Combine(files.Directory, name));
}
