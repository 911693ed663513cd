using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What a pipeline file calls <c>scores.test.accuracy</c>, and bounds, as it is read: « exactitude (scores, test) ».</summary>
internal sealed class MetricWords(IReadOnlyList<StageResult> results, KindLanguages languages)
{
    private readonly Dictionary<string, StageResult> _byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);

    /// <summary>A metric, or one less another.</summary>
    /// <param name="ofCells">Named after the stage that the cells are of.</param>
    public string Of(Expectation bound, bool ofCells = false) =>
        Expectation.WithMinus(Of(bound.Metric, ofCells), bound.Minus is { } minus ? Of(minus, ofCells) : null);

    public ExpectationText TextOf(ExpectationResult result) => ExpectationText.Of(
        result, languages.General.Numbers, _byId.Keys, stage => _byId[stage].Report);

    // What a kind has no word for is told as it is written.
    private string Of(string metric, bool ofCells)
    {
        if (StageName.In(metric, _byId.Keys) is not { } id)
            return metric;
        var (result, name) = (_byId[id], metric[(id.Length + 1)..]);
        if (result.Report.MetricOf(name) is null)
            return metric;
        var split = MetricNames.SplitOf(name);
        return languages.General.Phrase(
            split is null ? "metric_of" : "metric_of_split",
            ("metric", languages.Of(result.Stage).Word(MetricNames.WithoutSplit(name))),
            ("stage", ofCells ? result.Stage.Base : id),
            ("split", split is null ? "" : languages.General.Word(split)));
    }
}
