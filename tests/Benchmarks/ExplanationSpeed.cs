using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Benchmarks;

/// <summary>
/// Seconds that explanations take. <c>explaining FOLDER TEXTS [COMMAND…]</c>: integrated gradients of TEXTS wordings of FOLDER/icd10 with
/// 50 points, and with as many as it takes until they add up, beside a program that is run with FOLDER/icd10 TEXTS, takes 50 points and
/// prints one JSON line with seconds and cpu_seconds; LIME with 5,000 variants and partition SHAP of single texts.
/// </summary>
internal static class ExplanationSpeed
{
    private const string LongText =
        "The company said that its net sales rose in the third quarter , while the operating profit of the group fell from a year ago . ";

    private const int LongWords = 100;

    private const int Points = 50;

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var bench = new StageBench();
        var experiments = new RealExperiments(bench, arguments[0]).ByName;
        var texts = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var wordings = await experiments["icd10"]();
        ExplanationMethod.IntegratedGradients fixedPoints = new(Points, MaxSteps: Points);
        await GradientsAsync(bench, wordings, 200, fixedPoints);
        var same = await GradientsAsync(bench, wordings, texts, fixedPoints);
        var complete = await GradientsAsync(bench, wordings, texts, new(Points));
        if (arguments.Length > 2)
        {
            var peer = Peer.Run([.. arguments[2..], Path.Combine(arguments[0], "icd10"), arguments[1]]);
            TellRatio(peer, "with the same points", same);
            TellRatio(peer, "until they add up", complete);
        }
        One(wordings, new ExplanationMethod.Lime(Repetitions: 1), "fracture ouverte du fémur gauche avec plaie de la cuisse droite");
        foreach (var name in new[] { "imdb", "financial-minilm-frozen" })
        {
            var trained = await experiments[name]();
            var sentence = string.Join(' ', LongText.Split(' ').Take(25));
            One(trained, new ExplanationMethod.Lime(Repetitions: 1), sentence);
            var words = string.Join(' ', Enumerable.Repeat(LongText.Split(' ', StringSplitOptions.RemoveEmptyEntries), 9)
                .SelectMany(part => part).Where(word => word.Any(char.IsLetter)).Take(LongWords));
            One(trained, new ExplanationMethod.Shap(ShapMethod.Partition), words);
            if (name == "imdb")
                One(trained, new ExplanationMethod.Lime(Repetitions: 1), words);
        }
        return 0;
    }

    private static async Task<(double Seconds, double Processor)> GradientsAsync(
        StageBench bench, RealExperiments.Trained trained, int texts, ExplanationMethod.IntegratedGradients method)
    {
        ArtifactSet? outputs = null;
        var (seconds, processor) = await MeasuredAsync(async () => outputs = await bench.RunAsync(
            new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(texts), method),
            ("model", trained.Model), ("rows", trained.Rows)));
        var metrics = ((Metrics)outputs!["metrics"]).Values;
        Console.WriteLine(FormattableString.Invariant(
            $"integrated gradients, {texts} texts, {Points} to {method.MaxSteps} points: {seconds:F2} s, processor {processor:F2} s, ")
            + FormattableString.Invariant($"{metrics["unconverged_texts"]} incomplete"));
        return (seconds, processor);
    }

    private static void TellRatio(JsonNode peer, string what, (double Seconds, double Processor) ours)
    {
        var (theirs, theirProcessor) = ((double)peer["seconds"]!, (double)peer["cpu_seconds"]!);
        Console.WriteLine(FormattableString.Invariant($"peer: {theirs:F2} s, processor {theirProcessor:F2} s; {what}: ")
            + FormattableString.Invariant($"ratio {theirs / ours.Seconds:F2}, of processor time {theirProcessor / ours.Processor:F2}"));
    }

    /// <summary>Explains one text, a second time for the clock.</summary>
    private static void One(RealExperiments.Trained trained, ExplanationMethod method, string text)
    {
        using var predictor = Predictor.Load((Model)trained.Model, new("cpu", Environment.ProcessorCount));
        var explainer = method.Of(predictor, new(Threads: Environment.ProcessorCount));
        LabelledInput row = new("test", text, "", predictor.Encode(text), []);
        explainer.Explain([row], _ => { }, default);
        var (seconds, processor) = MeasuredAsync(() => Task.FromResult(explainer.Explain([row], _ => { }, default))).Result;
        Console.WriteLine(FormattableString.Invariant(
            $"{trained.Name}: {method.Name}, {text.Split(' ').Length} words: {seconds:F2} s, processor {processor:F2} s"));
    }

    private static async Task<(double Seconds, double Processor)> MeasuredAsync(Func<Task> work)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        return (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
