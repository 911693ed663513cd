using System.Globalization;
using CsCheck;
using Pipelines.TestKit;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>A pipeline of small sums whose stages often give equal content, so that cutoffs and shared fingerprints happen.</summary>
internal sealed class RandomPipeline
{
    private const int Files = 3;

    // As Sum, and adds the number in a file.
    private static readonly FakeKind SumWithFile = new("sum-with-file", async call =>
    {
        var number = int.Parse(await File.ReadAllTextAsync(call.Parameters.File!.Path, call.Cancellation), CultureInfo.InvariantCulture);
        return await call.TableAsync(
            ("n", (number + call.Tables.Sum(table => FakeArtifactWriter.Read(table, "n")[0]) + call.Int("add", 1)) / call.Int("divide", 1)),
            ("extra", call.Int("extra", 0)));
    }, Reads: ["n"]);

    private readonly List<RandomStage> _stages;
    private readonly TempWorkspace _workspace;

    public RandomPipeline(IEnumerable<RandomStage> stages, IReadOnlyList<int> files, TempWorkspace workspace)
    {
        (_stages, _workspace) = ([.. stages], workspace);
        for (var file = 0; file < Files; file++)
            WriteFile(file, files[file]);
    }

    /// <summary>Numbers in the files.</summary>
    public static Gen<int[]> Numbers { get; } = Gen.Int[0, 2].Array[Files];

    public FakePipeline Build()
    {
        var pipeline = new FakePipeline();
        foreach (var (index, stage) in _stages.Index())
        {
            (string, string)[] with =
                [("add", Text(stage.Add)), ("divide", Text(stage.Divide)), ("extra", Text(stage.Extra)), ("threads", Text(stage.Threads))];
            var from = string.Join(' ', stage.SourcesAt(index).Select(Id).Order());
            if (stage.File is { } file)
                pipeline.Add(Id(index), from, SumWithFile, [.. with, ("file", Name(file))]);
            else
                pipeline.Add(Id(index), from, with: with);
            pipeline.Policy(new(IsHeavy: stage.Add == 2));
        }
        return pipeline;
    }

    /// <param name="chosen">For each stage, chosen where it is 0; nothing more for those behind its end.</param>
    public HashSet<string> IdsOf(IEnumerable<int> chosen) =>
        [.. chosen.Take(_stages.Count).Index().Where(stage => stage.Item == 0).Select(stage => Id(stage.Index))];

    public void Apply(Edit edit)
    {
        var index = edit.Target % _stages.Count;
        var (stage, with) = (_stages[index], edit.With);
        switch (edit.Change)
        {
            case Change.NewStage:
                _stages.Add(with with { Extra = 0, Threads = 1 });
                break;
            case Change.Content:
                WriteFile(edit.Target % Files, with.Add);
                break;
            default:
                _stages[index] = edit.Change switch
                {
                    Change.Divide => stage with { Divide = with.Divide },
                    Change.Extra => stage with { Extra = with.Extra },
                    Change.Sources => stage with { From = with.From },
                    Change.File => stage with { File = with.File },
                    Change.Threads => stage with { Threads = with.Threads },
                    Change.Add => stage with { Add = with.Add },
                    _ => throw new ArgumentException($"{edit.Change}"),
                };
                break;
        }
    }

    /// <summary>Deletes or truncates a file of the store.</summary>
    public static void Lose(string store, Loss loss)
    {
        var files = new[] { "actions", "objects" }.Select(folder => Path.Combine(store, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".files", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            return;
        var lost = files[loss.File % files.Count];
        File.SetAttributes(lost, FileAttributes.Normal);
        if (loss.Whole)
            File.Delete(lost);
        else
            File.WriteAllBytes(lost, File.ReadAllBytes(lost)[..^1]);
    }

    private void WriteFile(int file, int number) => _workspace.Write(Name(file), Text(number));

    private static string Id(int stage) => $"s{Text(stage)}";

    private static string Name(int file) => $"file{Text(file)}.txt";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
