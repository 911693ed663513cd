using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Tables;

namespace Pipelines.Benchmarks;

/// <summary>
/// Whether explanations of models of real data are what they claim to be. <c>explained FOLDER [TEXTS COMPARED [NAME...]]</c>: integrated
/// gradients of TEXTS texts add up for 95 of 100 of them, and every method takes the probability down faster than words in random order
/// on COMPARED texts. Ends with 1 where one does not.
/// </summary>
internal static class ExplanationQuality
{
    private const double MinComplete = 0.95;
    private const int WorstShown = 3;

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var bench = new StageBench();
        var experiments = new RealExperiments(bench, arguments[0]).ByName;
        var texts = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1_000;
        var compared = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 50;
        var failures = 0;
        foreach (var name in arguments.Length > 3 ? arguments[3..] : experiments.Keys)
        {
            var trained = await experiments[name]();
            failures += await IsCompleteAsync(bench, trained, texts) ? 0 : 1;
            failures += await BeatsRandomOrderAsync(bench, trained, compared) ? 0 : 1;
        }
        Console.WriteLine($"{failures} of the bars missed");
        return failures == 0 ? 0 : 1;
    }

    private static async Task<bool> IsCompleteAsync(StageBench bench, RealExperiments.Trained trained, int texts)
    {
        var before = Environment.CpuUsage.TotalTime;
        var outputs = await bench.RunAsync(
            new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(texts), new()),
            ("model", trained.Model), ("rows", trained.Rows));
        var metrics = ((Metrics)outputs["metrics"]).Values;
        var complete = 1 - (metrics["unconverged_texts"] / metrics["texts"]);
        Tell(trained, FormattableString.Invariant(
            $"{metrics["texts"]} texts, {complete:P1} complete, delta up to {metrics["largest_relative_delta"]:E1}, ")
            + FormattableString.Invariant($"processor {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} s"));
        await TellStepsAsync(trained, (Table)outputs["attributions"]);
        return complete >= MinComplete;
    }

    /// <summary>How many texts took how many points, and the worst of them.</summary>
    private static async Task TellStepsAsync(RealExperiments.Trained trained, Table attributions)
    {
        await foreach (var rows in attributions.ReadAsync(CancellationToken.None))
        {
            var steps = rows.Values<double>("steps").Items;
            Tell(trained, "points: " + string.Join(", ", steps.CountBy(count => count).OrderBy(count => count.Key)
                .Select(count => FormattableString.Invariant($"{count.Key} for {count.Value} texts"))));
            foreach (var row in Enumerable.Range(0, rows.Count).OrderByDescending(row => Math.Abs(rows.Values<double>(Columns.Delta)[row]))
                .Take(WorstShown))
                Tell(trained, FormattableString.Invariant(
                    $"delta {rows.Values<double>(Columns.Delta)[row]:E1} of a change from {rows.Values<double>("base")[row]:F3} to ")
                    + FormattableString.Invariant($"{rows.Values<double>("output")[row]:F3}: ")
                    + Beginning(rows.Values<string>(Columns.Text)[row]));
        }
    }

    private static string Beginning(string text) => string.Concat(text.ReplaceLineEndings(" ").Take(60));

    private static async Task<bool> BeatsRandomOrderAsync(StageBench bench, RealExperiments.Trained trained, int texts)
    {
        var metrics = ((Metrics)(await bench.RunAsync(
            new ExplainAgreement(), new ExplainAgreement.Params(texts, Neighbours: 0),
            ("model", trained.Model), ("rows", trained.Rows)))["metrics"]).Values;
        var random = metrics["random.deletion"];
        var methods = metrics.Where(metric => metric.Key.EndsWith(".deletion", StringComparison.Ordinal)).ToList();
        foreach (var (key, deletion) in methods)
        {
            var method = key.Split('.')[0];
            Tell(trained, FormattableString.Invariant(
                $"{method}: deletion {deletion:F3}, insertion {metrics[method + ".insertion"]:F3}"));
        }
        return methods.All(metric => metric.Key == "random.deletion" || metric.Value < random);
    }

    private static void Tell(RealExperiments.Trained trained, string line) => Console.WriteLine($"{trained.Name}: {line}");
}
