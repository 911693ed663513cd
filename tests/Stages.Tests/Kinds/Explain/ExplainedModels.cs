using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Training.Optimization;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Models of every family that learn a rule of small texts in a moment, with the rows that they read.</summary>
internal static class ExplainedModels
{
    private static readonly InputFile Encoder = new(Path.Combine(Golden.FolderOf(), "../../Contract/samples/encoder"));

    public static async Task<(Table Rows, Artifact Model)> TrainAsync(
        this StageRun run, string model, (string Split, string Text, string Label)[] rows) => model switch
        {
            "lstm" => await run.LstmAsync(rows),
            "seq2seq" => await run.Seq2SeqAsync(rows),
            "transformer" => await run.TransformerAsync(rows),
            "naive-bayes" => await run.NaiveBayesAsync(rows),
            _ => throw new ArgumentException(model),
        };

    private static async Task<(Table, Artifact)> LstmAsync(this StageRun run, (string, string, string)[] rows)
    {
        var table = await run.ClassesAsync(rows);
        Layer[] layers = [new Layer.Embedding(8), new Layer.Lstm(8), new Layer.Dense()];
        var trained = await run.TrainAsync(new TrainClassifier(), new TrainClassifier.Params(layers, EncodedRows.Training(6, 0.03)), table);
        return (table, trained["model"]);
    }

    private static async Task<(Table, Artifact)> Seq2SeqAsync(this StageRun run, (string, string, string)[] rows)
    {
        var table = await run.CodesAsync(rows);
        TrainSeq2seq.Params parameters = new(EncodedRows.Training(3, 0.03), Embedding: 8, Units: 8, Attention: Attention.Bahdanau);
        return (table, (await run.TrainAsync(new TrainSeq2seq(), parameters, table))["model"]);
    }

    private static async Task<(Table, Artifact)> TransformerAsync(this StageRun run, (string, string, string)[] rows)
    {
        var encoder = (await run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(Encoder)))["model"];
        var tokens = (await run.RunAsync(
            new TokenizeEncoder(), new TokenizeEncoder.Params(), ("rows", await run.TextsAsync(rows)), ("encoder", encoder)))["rows"];
        var table = (await run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", tokens)))["rows"];
        TrainTransformer.Params parameters = new(new(Batch: 8, Epochs: 5, Optimizer: new OptimizerParams.Adamw(0.01, 0.01)));
        var trained = await run.RunAsync(new TrainTransformer(), parameters, ("rows", table), ("encoder", encoder));
        return ((Table)table, trained["model"]);
    }

    private static async Task<(Table, Artifact)> NaiveBayesAsync(this StageRun run, (string, string, string)[] rows)
    {
        var table = (await run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", await run.TextsAsync(rows))))["rows"];
        return ((Table)table, (await run.RunAsync(new TrainNaiveBayes(), new TrainNaiveBayes.Params(new()), ("rows", table)))["model"]);
    }
}
