using System.CommandLine;
using System.Text.Json.Nodes;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting.Verification;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>verify</c>: which stages and numbers of a report are what the repository gives.</summary>
internal static class VerifyCommand
{
    public static Command Create(Screen screen)
    {
        var file = new Argument<string>("report") { Description = "A report, or the archive that was handed in." };
        var pipeline = new Option<string?>("--pipeline") { Description = "The pipeline file; without it, the one that the report names." };
        var json = JsonOption.Create();
        var plugins = PluginOption.Create();
        var noPlugins = PluginOption.None();
        var command = new Command("verify", "Says which stages and numbers of a report are those that this repository gives.")
        {
            file, pipeline, json, plugins, noPlugins,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            ReportVerification verification = new(Overrides.None with
            {
                Plugins = arguments.GetValue(plugins) ?? [],
                LeavesPluginsOut = arguments.GetValue(noPlugins),
            });
            var found = await verification.OfAsync(arguments.GetValue(file)!, arguments.GetValue(pipeline), cancellation)
                .ConfigureAwait(false);
            if (arguments.GetValue(json))
                JsonOption.Write(screen, Json(found));
            else
                Say(screen, found);
            return found.Holds ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static void Say(Screen screen, Verification found)
    {
        // Stages each, of numbers and files those that are not as the repository has them.
        Verified[] told = [.. found.Stages, .. found.Numbers.Concat(found.Files).Where(claim =>
            claim.Confirmation is Confirmation.Different or Confirmation.Unknown || claim.Name == Reporting.HandIn.Page)];
        var width = told.Select(claim => Quoted.Visible(claim.Name).Length).DefaultIfEmpty().Max();
        foreach (var claim in told)
            screen.Out.WriteLine($"{Quoted.Visible(claim.Name).PadRight(width)}  {Word(claim.Confirmation)}"
                + (claim.Why is { Length: > 0 } why ? $": {Quoted.Visible(why)}" : ""));
        screen.Out.WriteLine(string.Join(" · ", new[]
        {
            Summary(found.Stages, "stage"), Summary(found.Numbers, "number"), Summary(found.Files, "file"),
        }.OfType<string>()));
    }

    private static string? Summary(IReadOnlyList<Verified> claims, string one) => claims.Count == 0 ? null
        : $"{Format.Count(claims.Count, one)}: " + string.Join(", ", claims.GroupBy(claim => claim.Confirmation)
            .OrderBy(claim => claim.Key).Select(claim => $"{Format.Count(claim.Count())} {Word(claim.Key)}"));

    private static JsonObject Json(Verification found)
    {
        return new()
        {
            ["holds"] = found.Holds,
            ["stages"] = JsonOption.List(found.Stages, Of),
            ["numbers"] = JsonOption.List(found.Numbers, Of),
            ["files"] = JsonOption.List(found.Files, Of),
        };

        static JsonNode Of(Verified claim) => new JsonObject
        {
            ["name"] = claim.Name,
            ["stated"] = claim.Stated is { } stated ? JsonOption.Number(stated) : null,
            ["confirmation"] = claim.Confirmation.ToString().ToLowerInvariant(),
            ["why"] = claim.Why,
        };
    }

    private static string Word(Confirmation confirmation) => confirmation switch
    {
        Confirmation.Confirmed => "confirmed",
        Confirmation.Locked => "as in the lock file",
        Confirmation.Unknown => "not known",
        Confirmation.Different => "different",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
