using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Text;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Small tables through the real preparing stages, and trainings with work directories of their own.</summary>
internal static class EncodedRows
{
    private static readonly string[] Parts = ["bras", "jambe", "main", "pied", "dos", "tête"];
    private static readonly string[] Kinds = ["fracture", "douleur", "plaie", "brûlure"];

    /// <summary>Wordings whose code follows from two words; some have filling words, one is empty.</summary>
    public static (string Split, string Text, string Label)[] Wordings(int train = 120, int validation = 24)
    {
        var rows = new List<(string, string, string)>();
        for (var i = 0; i < train + validation; i++)
        {
            var (kind, part) = (i * 7 % Kinds.Length, i * 5 % Parts.Length);
            var text = string.Join(' ', Enumerable.Repeat("avec", i % 5).Prepend($"{Kinds[kind]} {Parts[part]}"));
            rows.Add((i < train ? "train" : i % 2 == 0 ? "validation" : "test", i == 3 ? "" : text, $"{(char)('A' + kind)}{part}"));
        }
        return [.. rows];
    }

    public static async Task<Table> CodesAsync(this StageRun run, (string, string, string)[] rows, PaddingSide side = PaddingSide.Post)
    {
        var words = await run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", await run.TextsAsync(rows)));
        var codes = await run.RunAsync(new LabelCharacters(), new LabelCharacters.Params(), ("rows", words["rows"]));
        return (Table)(await run.RunAsync(new Pad(), new Pad.Params(Padding: side), ("rows", codes["rows"])))["rows"];
    }

    public static async Task<Table> ClassesAsync(this StageRun run, (string, string, string)[] rows, PaddingSide side = PaddingSide.Post)
    {
        var words = await run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", await run.TextsAsync(rows)));
        var classes = await run.RunAsync(new LabelPrefix(), new LabelPrefix.Params(1), ("rows", words["rows"]));
        return (Table)(await run.RunAsync(new Pad(), new Pad.Params(Padding: side), ("rows", classes["rows"])))["rows"];
    }

    /// <summary>Adam on small batches.</summary>
    public static TrainingParams Training(int epochs, double rate) =>
        new(Batch: 16, Epochs: epochs, Optimizer: new OptimizerParams.Adam(rate));

    /// <summary>Runs a training whose checkpoints go to a folder of this name.</summary>
    public static Task<ArtifactSet> TrainAsync(
        this StageRun run, IStage stage, object parameters, Table rows, string work = "work", ulong seed = 7,
        Artifact? vectors = null, CancellationToken cancellation = default)
    {
        var context = run.Context(seed) with { WorkDirectory = Path.Combine(run.Context().WorkDirectory, work) };
        Dictionary<string, IReadOnlyList<Artifact>> inputs = new() { ["rows"] = [rows] };
        if (vectors is not null)
            inputs["vectors"] = [vectors];
        return stage.RunAsync(new(inputs), parameters, context, cancellation);
    }

    public static byte[] Weights(this ArtifactSet outputs) =>
        File.ReadAllBytes(Path.Combine(outputs["model"].Directory, Model.WeightsFileName));

    public static IReadOnlyDictionary<string, double> MetricsOf(this ArtifactSet outputs) => ((Metrics)outputs["metrics"]).Values;
}
