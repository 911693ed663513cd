using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Terminal;

/// <summary>A missed expectation as a finding in the pipeline file; the cells of a matrix that miss the same one together.</summary>
internal static class MissedExpectation
{
    private const int MaxCells = 6;

    /// <param name="results">Of one line of the file; some are missed.</param>
    public static Diagnostic Of(IReadOnlyList<ExpectationResult> results, RunRecord run)
    {
        var missed = results.Where(result => !result.Met).ToList();
        var expectation = missed[0].Expectation;
        var more = Format.Apart([expectation.AtLeast, expectation.AtMost, .. missed.Take(MaxCells).Select(result => result.Value)]);
        var bounds = BoundsOf(expectation, more);
        var text = results.Count == 1
            ? $"{expectation.Bounded} was expected to be {bounds}: {Found(missed[0], more)}"
            : $"{expectation.Written} was expected to be {bounds}, and {missed.Count} of {results.Count} cells miss it: "
                + string.Join("; ", missed.Take(MaxCells).Select(result => $"{result.Expectation.Bounded}: {Found(result, more)}"))
                + (missed.Count > MaxCells ? $"; and {missed.Count - MaxCells} more" : "");
        return new("missed-expectation", Severity.Error, text, expectation.At,
            missed.Find(result => result.Value is null) is { } unknown ? HelpFor(unknown.Expectation, run) : null);
    }

    private static string BoundsOf(Expectation expectation, int more)
    {
        List<string> bounds = [];
        if (expectation.AtLeast is { } least)
            bounds.Add($"at least {Format.Number(least, more)}");
        if (expectation.AtMost is { } most)
            bounds.Add($"at most {Format.Number(most, more)}");
        return Quoted.List(bounds);
    }

    private static string Found(ExpectationResult result, int more) =>
        result.Value is { } value ? $"it is {Format.Number(value, more)}" : "there is no such metric";

    // What a stage measures is known when it has run, so only now the names can be told.
    private static string? HelpFor(Expectation expectation, RunRecord run)
    {
        var outcomes = run.Stages.ToDictionary(stage => stage.Id, stage => stage.Outcome, StringComparer.Ordinal);
        var metric = expectation.Minus is { } minus && Expectations.Measured(expectation.Metric, outcomes) is not null
            ? minus : expectation.Metric;
        string[] known = [.. run.Stages.Where(stage => metric.StartsWith(stage.Id + ".", StringComparison.Ordinal)).SelectMany(stage =>
            (stage.Outcome.Results?.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>()
                .SelectMany(metrics => metrics.Values.Keys).Select(name => $"{stage.Id}.{name}"))];
        return Nearest.Help(metric, known, "metrics")
            ?? (known.Length == 0 ? null : $"metrics: {string.Join(", ", known.Take(MaxCells))}, …");
    }
}
