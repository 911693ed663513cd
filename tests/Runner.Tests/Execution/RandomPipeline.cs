using System.Globalization;
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

    private readonly List<RandomStage> _stages = [];
    private readonly TempWorkspace _workspace;

    private RandomPipeline(TempWorkspace workspace) => _workspace = workspace;

    public static RandomPipeline New(Random random, TempWorkspace workspace)
    {
        var pipeline = new RandomPipeline(workspace);
        for (var i = 0; i < Files; i++)
            pipeline.WriteFile(i, random);
        for (var i = random.Next(4, 12); i > 0; i--)
            pipeline.AddOne(random);
        return pipeline;
    }

    public FakePipeline Build()
    {
        var pipeline = new FakePipeline();
        foreach (var stage in _stages)
        {
            (string, string)[] with = [("add", Text(stage.Add)), ("divide", Text(stage.Divide)), ("extra", Text(stage.Extra)), ("threads", Text(stage.Threads))];
            var from = string.Join(' ', stage.From.Order());
            if (stage.File is { } file)
                pipeline.Add(stage.Id, from, SumWithFile, [.. with, ("file", Name(file))]);
            else
                pipeline.Add(stage.Id, from, with: with);
            pipeline.Policy(new(IsHeavy: stage.Add == 2));
        }
        return pipeline;
    }

    /// <summary>Some ids, none half of the time.</summary>
    public IReadOnlySet<string> SomeIds(Random random) => random.Next(2) == 0
        ? new HashSet<string>()
        : _stages.Where(_ => random.Next(4) == 0).Select(stage => stage.Id).ToHashSet(StringComparer.Ordinal);

    public void Edit(Random random)
    {
        for (var edits = random.Next(0, 3); edits > 0; edits--)
            EditOnce(random);
    }

    /// <summary>Deletes or truncates a file of the store.</summary>
    public static void LoseSomething(string store, Random random)
    {
        var files = new[] { "actions", "objects" }.SelectMany(folder => Directory.Exists(Path.Combine(store, folder))
            ? Directory.EnumerateFiles(Path.Combine(store, folder), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".files", StringComparison.Ordinal))
            : []).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            return;
        var file = files[random.Next(files.Count)];
        File.SetAttributes(file, FileAttributes.Normal);
        if (random.Next(2) == 0)
            File.Delete(file);
        else
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
    }

    private void EditOnce(Random random)
    {
        var index = random.Next(_stages.Count);
        var stage = _stages[index];
        switch (random.Next(9))
        {
            case 0:
                AddOne(random);
                break;
            case 1:
                _stages[index] = stage with { Divide = random.Next(1, 4) };
                break;
            case 2:
                _stages[index] = stage with { Extra = random.Next(3) };
                break;
            case 3:
                _stages[index] = stage with { From = SomeBefore(index, random) };
                break;
            case 4:
                WriteFile(random.Next(Files), random);
                break;
            case 5:
                _stages[index] = stage with { File = random.Next(2) == 0 ? null : random.Next(Files) };
                break;
            case 6:
                _stages[index] = stage with { Threads = random.Next(1, 9) };
                break;
            default:
                _stages[index] = stage with { Add = random.Next(3) };
                break;
        }
    }

    private void AddOne(Random random) => _stages.Add(new(
        $"s{_stages.Count}", SomeBefore(_stages.Count, random), random.Next(3), random.Next(1, 4), 0, 1, random.Next(4) == 0 ? random.Next(Files) : null));

    private List<string> SomeBefore(int index, Random random) => [.. _stages.Take(index).Where(_ => random.Next(3) == 0).Select(stage => stage.Id).Take(3)];

    private void WriteFile(int file, Random random) => _workspace.Write(Name(file), Text(random.Next(3)));

    private static string Name(int file) => $"file{Text(file)}.txt";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record RandomStage(string Id, List<string> From, int Add, int Divide, int Extra, int Threads, int? File);
}
