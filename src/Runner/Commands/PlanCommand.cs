using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary><c>plan</c>: what <c>exec</c> would do, and with <c>--why</c> why.</summary>
internal static class PlanCommand
{
    private const int MaxNamed = 2;

    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var why = new Option<bool>("--why") { Description = "Say what changed, old → new, with its place in the file." };
        var details = new Option<bool>("--details")
        {
            Description = "Show what parameters lead to, e.g. the layers of a network with shapes and numbers of weights.",
        };
        var light = PipelineArguments.Light();
        var json = JsonOption.Create();
        var command = new Command("plan", "Shows what would run, what would be reused, and what it took before.")
        {
            why, details, light, json,
        };
        pipeline.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments, readAhead: true);
            var options = pipeline.Options(arguments, opened) with { Light = arguments.GetValue(light) };
            opened.CheckInputFiles(options);
            options = await opened.WithCommitsAsync(options, PipelineLock.PathFor(arguments.GetValue(pipeline.File)!), cancellation)
                .ConfigureAwait(false);
            if (!arguments.GetValue(json))
                return Preview(screen, opened, options, arguments.GetValue(why), arguments.GetValue(details));
            JsonOption.Write(screen, JsonOption.List(Execution.Preview.Of(opened.Plan, options, opened.Storage), JsonOption.Of));
            return ExitCode.Done;
        });
        return command;
    }

    public static int Preview(Screen screen, OpenedPipeline opened, RunOptions options, bool why, bool details = false)
    {
        var stages = Execution.Preview.Of(opened.Plan, options, opened.Storage);
        var leftOut = options.Only is null ? opened.Plan.LeftOut : [];
        var width = stages.Select(stage => stage.Id).Concat(leftOut.Select(stage => stage.Id)).Max(id => id.Length);
        // In one piece: a write for each of thousands of lines takes longer than planning them.
        var lines = new StringBuilder();
        var summaries = details
            ? opened.Plan.Stages.ToDictionary(stage => stage.Id, stage => (stage.Parameters as IParameterSummary)?.SummaryLines() ?? [])
            : [];
        var asked = opened.Plan.Stages.Where(stage => stage.Policy.Resources != StageResources.None)
            .ToDictionary(stage => stage.Id, stage => $" · asks for {stage.Policy.Resources}");
        foreach (var stage in stages)
        {
            Append(lines, stage, width, why, asked.GetValueOrDefault(stage.Id));
            foreach (var line in summaries.GetValueOrDefault(stage.Id) ?? [])
                lines.Append(' ', width + 4).AppendLine(line);
        }
        foreach (var left in leftOut)
            lines.Append(left.Id.PadRight(width)).Append("  left out: its 'if' is false (").Append(left.If.ToString()).AppendLine(")");
        screen.Out.WriteLine(lines.Append(Total(stages)));
        return ExitCode.Done;
    }

    private static void Append(StringBuilder lines, StagePreview stage, int width, bool why, string? asked)
    {
        lines.Append(stage.Id.PadRight(width)).Append("  ").Append(Text(stage.Forecast)).AppendLine(asked);
        if (why)
            foreach (var line in WhyOf(stage.Forecast))
                lines.Append(' ', width + 4).AppendLine(line);
        if (stage.Forecast is StageForecast.WillFail { Help: { } help })
            lines.Append(' ', width + 4).Append("help: ").AppendLine(help);
    }

    private static string Text(StageForecast forecast) => forecast switch
    {
        StageForecast.Reused => "reused",
        StageForecast.Shared shared => $"shared with {shared.With}",
        StageForecast.WillRun run => $"will run{Expected(run.Expected)}",
        // A stage that changed itself runs whatever its inputs turn out to be, unless an older run left that very result in the store.
        StageForecast.DependsOnUpstream { Why.Count: > 0 } changed => $"runs with what {Givers(changed.On)}{Expected(changed.Expected)}",
        StageForecast.DependsOnUpstream maybe => $"runs unless {Givers(maybe.On)} the same content again{Expected(maybe.Expected)}",
        StageForecast.Stale { Unless.Count: 0 } stale => $"stale: {stale.BecauseOf} is heavy",
        StageForecast.Stale stale => $"stale: {stale.BecauseOf} is heavy, unless {Givers(stale.Unless)} the same content again",
        StageForecast.WillFail fail => $"will fail: {fail.Message}",
        _ => throw new ArgumentOutOfRangeException(nameof(forecast)),
    };

    /// <summary>Cells of one stage together, where they would be a list.</summary>
    private static string Named(IReadOnlyList<string> ids) => string.Join(", ", ids
        .GroupBy(id => id.Split('@')[0], StringComparer.Ordinal)
        .SelectMany(cells => cells.Count() <= MaxNamed
            ? (IEnumerable<string>)cells
            : [$"{Format.Count(cells.Count(), "cell")} of {cells.Key}"]));

    private static string Givers(IReadOnlyList<string> ids) => $"{Named(ids)} {(ids.Count == 1 ? "gives" : "give")}";

    private static IReadOnlyList<string> WhyOf(StageForecast forecast) => forecast switch
    {
        StageForecast.WillRun run => run.Why,
        StageForecast.DependsOnUpstream maybe => maybe.Why,
        StageForecast.Stale stale => stale.Why,
        StageForecast.Reused or StageForecast.Shared or StageForecast.WillFail => [],
        _ => throw new UnreachableException(),
    };

    private static string Expected(StageCost? expected) => expected is { } cost ? $" (took {Text(cost)})" : "";

    private static string Text(StageCost cost) =>
        cost.Bytes is { } bytes ? $"{Format.Duration(cost.Took)}, {Format.Bytes(bytes)}" : Format.Duration(cost.Took);

    private static string Total(IReadOnlyList<StagePreview> stages)
    {
        var reused = stages.Count(stage => stage.Forecast is StageForecast.Reused or StageForecast.Shared);
        var will = stages.Count(stage => stage.Forecast is StageForecast.WillRun);
        var maybe = stages.Count(stage => stage.Forecast is StageForecast.DependsOnUpstream);
        var text = $"{Format.Count(stages.Count, "stage")}: {reused} reused, {will} to run";
        var stale = stages.Count(stage => stage.Forecast is StageForecast.Stale);
        return $"{text}{(maybe == 0 ? "" : $", {maybe} depending on those")}{(stale == 0 ? "" : $", {stale} stale")}{Cost(stages)}";
    }

    /// <summary>Of all that may run; what never ran is not in it.</summary>
    private static string Cost(IReadOnlyList<StagePreview> stages)
    {
        List<StageCost?> costs = [.. stages.Where(stage => stage.Forecast is StageForecast.WillRun or StageForecast.DependsOnUpstream)
            .Select(stage => (stage.Forecast as StageForecast.WillRun)?.Expected
                ?? (stage.Forecast as StageForecast.DependsOnUpstream)?.Expected)];
        var known = costs.OfType<StageCost>().ToList();
        if (known.Count == 0)
            return "";
        var disk = known.Exists(cost => cost.Bytes is not null) ? known.Sum(cost => cost.Bytes ?? 0) : (long?)null;
        var unknown = costs.Count - known.Count;
        var text = $" · about {Text(new StageCost(new(known.Sum(cost => cost.Took.Ticks)), disk))}";
        return unknown == 0 ? text : $"{text}, without {Format.Count(unknown)} that never ran";
    }
}
