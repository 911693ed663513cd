using System.Globalization;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>A pipeline of small sums whose stages often give equal content, so that cutoffs and shared fingerprints happen.</summary>
internal sealed class RandomPipeline
{
    private readonly List<(string Id, string From, int Add, int Divide)> _stages = [];

    public static RandomPipeline New(Random random)
    {
        var pipeline = new RandomPipeline();
        for (var i = random.Next(4, 9); i > 0; i--)
            pipeline.AddOne(random);
        return pipeline;
    }

    public FakePipeline Build()
    {
        var pipeline = new FakePipeline();
        foreach (var (id, from, add, divide) in _stages)
            pipeline.Add(id, from, with: [("add", Text(add)), ("divide", Text(divide))]).Policy(new(IsHeavy: add == 2));
        return pipeline;
    }

    public string SomeId(Random random) => _stages[random.Next(_stages.Count)].Id;

    public void Edit(Random random)
    {
        var index = random.Next(_stages.Count);
        var stage = _stages[index];
        switch (random.Next(4))
        {
            case 0:
                AddOne(random);
                break;
            case 1:
                _stages[index] = stage with { Divide = random.Next(1, 4) };
                break;
            default:
                _stages[index] = stage with { Add = random.Next(3) };
                break;
        }
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

    private void AddOne(Random random)
    {
        var from = _stages.Where(_ => random.Next(3) == 0).Select(stage => stage.Id).Take(3);
        _stages.Add(($"s{_stages.Count}", string.Join(' ', from), random.Next(3), random.Next(1, 4)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
