using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.TestKit.Stages;

/// <summary>Stage kinds for planner tests: every sort of port and parameter, and no work.</summary>
public static class FakeStages
{
    public static StageCatalog Catalog => StageCatalog.Of(
        [typeof(LoadFake), typeof(SplitFake), typeof(TokenizeFake), typeof(TrainFake), typeof(EvaluateFake), typeof(SelectBest),
            typeof(CompareFake), typeof(Note)],
        path => Manifests.TryGetValue(path, out var text) ? new SourceFile(path, text) : null);

    public static InvalidOperationException NotRun => new("A stage of planner tests is never run.");

    private const string TrainManifest = """
        summary: { en: Trains nothing., fr: "N'entraîne rien." }
        inputs: { rows: Rows to learn from. }
        parameters:
          epochs: { text: How often all rows are seen., min: 1 }
          dropout: { text: Share of values set to zero., min: 0, below: 1 }
          weights: { text: Weight of each class., above: 0, examples: [[1, 0.5], 2] }
          device: { text: Where it computes., choices: [cpu, cuda] }
          stop_after: { text: After how many epochs it stops for now., min: 1, role: stops-after }
          layers.lstm.units: { text: Length of the state., min: 1, max: 4096 }
        report:
          section: training
          metrics: { accuracy: { text: accuracy, format: percent, headline: true }, loss: { text: loss, better: lower } }
        """;

    private const string EvaluateManifest = """
        summary: Measures nothing.
        report:
          section: results
          metrics:
            accuracy: { text: accuracy, format: percent, headline: true }
            macro_f1: { text: macro F1, format: percent, headline: true }
            rows: rows
        """;

    private const string SelectManifest = """
        summary: Chooses nothing.
        parameters: { metric: { text: What decides., role: deciding-metric } }
        """;

    private static readonly Dictionary<string, string> Manifests = new(StringComparer.Ordinal)
    {
        ["stages/train/fake.yaml"] = TrainManifest,
        ["stages/evaluate/fake.yaml"] = EvaluateManifest,
        ["stages/select/best.yaml"] = SelectManifest,
    };
}
