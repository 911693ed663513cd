using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;

namespace Pipelines.Tests.Runner.Planning;

/// <summary>Records that several kinds inline, unions with a default, and parameters written where they do not belong.</summary>
public sealed class TrainingParameterTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(TestKit.Golden.FolderOf(), "../../.."));

    private static readonly StageCatalog Catalog = new(
        () => [], path => File.Exists(Path.Combine(Root, path)) ? new(path, File.ReadAllText(Path.Combine(Root, path))) : null);

    private const string Rows = "  rows: { uses: load/csv, with: { train: rows.csv, text: text, label: label } }\n";

    [Fact]
    public void What_is_not_written_is_what_its_default_written_out_is()
    {
        var short1 = Planned("batch: 512");
        var long1 = Planned("batch: 512, optimizer: { adam: { learning_rate: 1e-3 } }, schedule: constant, early_stopping: null");
        Assert.Equal(short1.Values.Select(Text), long1.Values.Select(Text));
        Assert.Equal("0.001", short1.Values["optimizer.adam.learning_rate"].Text);
        Assert.Equal(new TrainingParams(512), ((TrainSeq2seq.Params)short1.Parameters).Training);

        static string Text(KeyValuePair<string, ParameterValue> value) => $"{value.Key} = {value.Value.Text}";
    }

    [Fact]
    public void Cases_have_their_own_members()
    {
        var training = ((TrainSeq2seq.Params)Planned(
            "optimizer: { adamw: { learning_rate: 5e-5, weight_decay: 0.01 } }, schedule: { linear: 0.1 }, " +
            "early_stopping: { patience: 3 }").Parameters).Training;
        Assert.Equal(new TrainingParams(
            Optimizer: new OptimizerParams.Adamw(5e-5, 0.01), Schedule: new Schedule.Linear(0.1), EarlyStopping: new(3)), training);
    }

    [Theory]
    [InlineData("learning_rate: 0.1", "train/seq2seq has no parameter 'learning_rate'.",
        "it belongs to 'optimizer': optimizer: { adam: { learning_rate: … } }")]
    [InlineData("patience: 3", "train/seq2seq has no parameter 'patience'.",
        "it belongs to 'early_stopping': early_stopping: { patience: … }")]
    [InlineData("optimizer: { adam: { weight_decay: 0.1 } }", "'adam' has no parameter 'weight_decay'.", "'adamw' has it")]
    [InlineData("optimizer: { sgd: { beta1: 0.1 } }", "'sgd' has no parameter 'beta1'.", "'adam' and 'adamw' have it")]
    [InlineData("optimizer: { sgd: { clip_norm: 1 } }", "'sgd' has no parameter 'clip_norm'.",
        "'clip_norm' stands in 'with' itself, beside 'optimizer'")]
    [InlineData("optimizer: { sgd: { momentun: 1 } }", "'sgd' has no parameter 'momentun'.",
        "did you mean 'momentum'? (parameters: learning_rate, momentum, nesterov)")]
    [InlineData("optimizer: null", "'optimizer' is one of adam, adamw, rmsprop, sgd, but this is null.", null)]
    [InlineData("optimizer: { adam: 1e308 }", "'optimizer.adam.learning_rate' is above 0 and at most 100, but this is the number 1e308.",
        null)]
    [InlineData("monitor: validation.accuracy", "'validation.accuracy' is not measured after each epoch.",
        "Known: train.loss, train.token_accuracy, validation.loss, validation.token_accuracy.")]
    [InlineData("units: 2147483647", "'units' is at least 1 and at most 4096, but this is the number 2147483647.", null)]
    [InlineData("batch: 2147483647", "'batch' is at least 1 and at most 1000000, but this is the number 2147483647.", null)]
    [InlineData("epochs: 2147483647", "'epochs' is at least 1 and at most 100000, but this is the number 2147483647.", null)]
    public void What_does_not_fit_says_what_to_write(string with, string message, string? help)
    {
        var diagnostic = Assert.Single(Read(with).Diagnostics);
        Assert.Equal((message, help), (diagnostic.Message, diagnostic.Help));
        Assert.Equal(3, diagnostic.At.Line);
    }

    [Fact]
    public void A_manifest_that_includes_nothing_says_so()
    {
        var manifest = Manifest.Parse(new("stages/x.yaml", "summary: A stage.\nincludes: train/_trainin\n"));
        var diagnostic = Assert.Single(manifest.Diagnostics);
        Assert.Equal(("There is no stages/train/_trainin.yaml to include.", 2, 11),
            (diagnostic.Message, diagnostic.At.Line, diagnostic.At.Column));
    }

    private static PlannedStage Planned(string with)
    {
        var plan = Read(with);
        Assert.Equal("", DiagnosticFormat.Render(plan.Diagnostics));
        return plan.Value!.Stages.Single(stage => stage.Id == "model");
    }

    private static Checked<Plan> Read(string with) => Plan.Read(
        new("x.yaml", $"pipeline: x\nstages:\n  model: {{ uses: train/seq2seq, from: rows, with: {{ {with} }} }}\n{Rows}"), _ => null,
        Overrides.None, Catalog);
}
