using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.TestKit.Stages;
using GoldenFile = Pipelines.TestKit.Golden;

namespace Pipelines.Tests.Runner.Goldens;

/// <summary>
/// Every <c>Golden/&lt;nnn-topic&gt;/&lt;case&gt;.yaml</c> gives exactly the diagnostics in <c>&lt;case&gt;.out.txt</c>, or the plan there.
/// A line
/// <c># args: …</c> holds command line overrides; files in <c>&lt;topic&gt;/files/</c> can be extended.
/// </summary>
public sealed class GoldenTests
{
    private const string Refused = "files/refused.yaml";

    private static readonly string Folder = GoldenFile.FolderOf();

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/files/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [Trait(GoldenFile.Writes, GoldenFile.Generated)]
    [MemberData(nameof(Cases))]
    public void A_pipeline_gives_exactly_these_diagnostics(string name)
    {
        var path = Path.Combine(Folder, name);
        var text = File.ReadAllText(path);
        var topic = Path.GetDirectoryName(path)!;
        var plan = Plan.Read(
            new(Path.GetFileName(name), text),
            file => file == Refused ? new(file, "") { Refused = "it lies outside the project" }
                : File.Exists(Path.Combine(topic, file)) ? new(file, File.ReadAllText(Path.Combine(topic, file)))
                : null,
            OverridesIn(text), FakeStages.Catalog);
        var rendered = DiagnosticFormat.Render(plan.Diagnostics);
        GoldenFile.Check(Path.ChangeExtension(path, ".out.txt"), plan.Value is null ? rendered : rendered + PlanText.Of(plan.Value));
    }

    // # args: -p epochs=3 | --set stages.model.with.epochs=3
    private static Overrides OverridesIn(string text)
    {
        const string Marker = "# args: ";
        if (!text.StartsWith(Marker, StringComparison.Ordinal))
            return Overrides.None;
        var arguments = text[Marker.Length..text.IndexOf('\n', StringComparison.Ordinal)].Split(" | ");
        string[] Of(string option) => [.. arguments.Where(argument => argument.StartsWith(option, StringComparison.Ordinal))
            .Select(argument => argument[option.Length..])];
        return new(Of("-p "), Of("--set "));
    }
}
