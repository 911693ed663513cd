using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Clean;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Split;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Cleaning;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;
using Pooling = Pipelines.Stages.Models.Transformers.Pooling;

namespace Pipelines.Benchmarks;

/// <summary>The five real data sets with models that take a minute or two to train, good enough to be explained.</summary>
/// <param name="folder">Holds icd10, imdb, financial-phrasebank, emotion and tweets-environment as their publishers name the files.</param>
internal sealed class RealExperiments(StageBench bench, string folder)
{
    /// <summary>Encoded rows with a model of them.</summary>
    public sealed record Trained(string Name, Artifact Rows, Artifact Model);

    /// <summary>How each is made, by name.</summary>
    public IReadOnlyDictionary<string, Func<Task<Trained>>> ByName => new Dictionary<string, Func<Task<Trained>>>
    {
        ["icd10"] = Icd10Async,
        ["imdb"] = ImdbAsync,
        ["financial"] = FinancialAsync,
        ["financial-minilm"] = () => MiniLmAsync(frozen: false),
        ["financial-minilm-frozen"] = () => MiniLmAsync(frozen: true),
        ["emotion"] = EmotionAsync,
        ["tweets"] = TweetsAsync,
    };

    private async Task<Trained> Icd10Async()
    {
        var rows = await RowsAsync(new LoadCsv(), new LoadCsv.Params(new(
            null, File("icd10/train.csv"), File("icd10/validation.csv"), File("icd10/test.csv"), new("RawText", "ICD10", Rows: 20_000))));
        var words = await RowsAsync(new TokenizeWords(), new TokenizeWords.Params(), rows);
        var letters = await RowsAsync(new LabelPrefix(), new LabelPrefix.Params(1, Unknown: UnknownLabels.Class), words);
        return await LstmAsync("icd10", letters, new Pad.Params(), units: 50, new(Batch: 128, Epochs: 2));
    }

    private async Task<Trained> ImdbAsync()
    {
        var files = await RowsAsync(new LoadCsv(), new LoadCsv.Params(new(
            Train: File("imdb/train.csv.gz"), Test: File("imdb/test.csv.gz"), Select: new(Label: "label", Sample: 8_000))));
        var rows = await RowsAsync(new SplitRandom(), new SplitRandom.Params(0.9, 0.1, Within: SplitScope.Train), files);
        var words = await RowsAsync(new TokenizeWords(), new TokenizeWords.Params(MaxTokens: 5_000), rows);
        return await LstmAsync("imdb", await ClassesAsync(words), new(200, Truncating: PaddingSide.Pre), units: 64,
            new(Batch: 64, Epochs: 4));
    }

    private async Task<Trained> FinancialAsync() => await LstmAsync(
        "financial", await ClassesAsync(await RowsAsync(new TokenizeWords(), new TokenizeWords.Params(), await SentencesAsync(null))),
        new(), units: 32, new(Batch: 32, Epochs: 8));

    private async Task<Trained> EmotionAsync()
    {
        var rows = await RowsAsync(new LoadDelimited(), new LoadDelimited.Params(
            ";", new(null, File("emotion/train.txt"), File("emotion/val.txt"), File("emotion/test.txt"), new(Label: "label")),
            ["text", "label"], Quoted: false, SplitLast: true));
        var words = await RowsAsync(new TokenizeWords(), new TokenizeWords.Params(), rows);
        return await LstmAsync("emotion", await ClassesAsync(words), new(), units: 64, new(Batch: 64, Epochs: 6), bidirectional: true);
    }

    private async Task<Trained> TweetsAsync()
    {
        var tweets = await RowsAsync(new LoadJson(), new LoadJson.Params(
            new(File("tweets-environment/results.json"), Select: new(Label: "topic")), Key: "id"));
        var topics = await RowsAsync(new CleanRows(), new CleanRows.Params(
            Drop: ["other"], Rename: new Dictionary<string, string> { ["nucleaire"] = "nucléaire" }), tweets);
        var cleaned = await RowsAsync(new CleanText(), new CleanText.Params(Urls: UrlHandling.Remove, StripHtml: true), topics);
        var rows = await RowsAsync(new SplitRandom(), new SplitRandom.Params(0.7, 0.1, Seed: 42), cleaned);
        var words = await RowsAsync(
            new TokenizeWords(), new TokenizeWords.Params(Apostrophes: Apostrophes.French), rows);
        return await LstmAsync("tweets", await ClassesAsync(words), new(), units: 32, new(Batch: 16, Epochs: 30), bidirectional: true);
    }

    private async Task<Trained> MiniLmAsync(bool frozen)
    {
        var encoder = (await bench.RunAsync(new LoadEncoder(), new LoadEncoder.Params(Package: EncoderPackage.Minilm)))["model"];
        var tokens = (await bench.RunAsync(
            new TokenizeEncoder(), new TokenizeEncoder.Params(128), ("rows", await SentencesAsync(1_000)), ("encoder", encoder)))["rows"];
        var rows = await ClassesAsync(tokens);
        var read = !frozen ? rows : With((Table)rows, (Table)(await bench.RunAsync(
            new EmbedTexts(), new EmbedTexts.Params(Pooling.Mean), ("rows", rows), ("encoder", encoder)))["rows"]);
        TrainingParams training = frozen
            ? new(8, 16, new OptimizerParams.Adamw(5e-3, 0.01), new Schedule.Linear())
            : new(16, 2, new OptimizerParams.Adamw(5e-5, 0.01), new Schedule.Linear(), ClipNorm: 1);
        var model = (await bench.RunAsync(
            new TrainTransformer(), new TrainTransformer.Params(training, Pooling.Mean, frozen), ("rows", read), ("encoder", encoder)));
        return Told(frozen ? "financial-minilm-frozen" : "financial-minilm", rows, model);
    }

    /// <summary>Rows with their vectors, as the engine gives them to the next stage.</summary>
    private static Table With(Table rows, Table vectors) => vectors with
    {
        Columns = [.. rows.Columns, .. vectors.Columns.Where(column => rows.Find(column.Name) is null)],
        Carried = [rows],
    };

    /// <param name="sample">How many of them; null: all.</param>
    private async Task<Artifact> SentencesAsync(int? sample) => await RowsAsync(
        new SplitRandom(), new SplitRandom.Params(0.75, 0.1),
        await RowsAsync(new LoadDelimited(), new LoadDelimited.Params(
            "@", new(File("financial-phrasebank/Sentences_75Agree.txt"), Select: new(Label: "label", Sample: sample)),
            ["text", "label"], Quoted: false, SplitLast: true, Encoding: "iso-8859-1")));

    private async Task<Trained> LstmAsync(
        string name, Artifact rows, Pad.Params padding, int units, TrainingParams training, bool bidirectional = false)
    {
        var padded = await RowsAsync(new Pad(), padding, rows);
        Layer[] layers = [new Layer.Embedding(100), new Layer.Lstm(units, bidirectional), new Layer.Dropout(0.3), new Layer.Dense()];
        return Told(name, padded, await bench.RunAsync(
            new TrainClassifier(), new TrainClassifier.Params(layers, training), ("rows", padded)));
    }

    private static Trained Told(string name, Artifact rows, ArtifactSet trained)
    {
        var accuracy = ((Metrics)trained["metrics"]).Values["validation.accuracy"];
        Console.WriteLine(FormattableString.Invariant($"{name}: trained, validation accuracy {accuracy:F3}"));
        return new(name, rows, trained["model"]);
    }

    private Task<Artifact> ClassesAsync(Artifact rows) => RowsAsync(new LabelClasses(), new LabelClasses.Params(), rows);

    private async Task<Artifact> RowsAsync(IStage stage, object parameters, Artifact? rows = null) =>
        (await bench.RunAsync(stage, parameters, rows is null ? [] : [("rows", rows)]))["rows"];

    private InputFile File(string name) => new(Path.GetFullPath(Path.Combine(folder, name)));
}
