using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.TestKit.Engine;

/// <summary>Plans built by hand from <see cref="FakeKind"/>s. The file a stage reads is the parameter <c>file</c>.</summary>
public sealed class FakePipeline(string name = "test", ulong seed = 7)
{
    private readonly SourceFile _file = new($"{name}.yaml", "");
    private readonly List<PlannedStage> _stages = [];
    private readonly Dictionary<string, FakeKind> _kinds = new(StringComparer.Ordinal);

    public List<Expectation> Expect { get; } = [];

    public IReadOnlyList<PlannedStage> Stages => _stages;

    /// <param name="from">Ids of stages, separated by spaces.</param>
    public FakePipeline Add(string id, string from = "", FakeKind? kind = null, params (string Name, string Value)[] with)
    {
        kind ??= FakeKind.Sum;
        _kinds[kind.Name] = kind;
        var line = (_stages.Count * 10) + 1;
        var sources = from.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(source => new OutputRef(source, "rows")).ToList();
        var places = new Dictionary<string, Place>
        {
            ["uses"] = new(new(_file, line + 1, 3, 4)),
            ["from.rows"] = new(new(_file, line + 2, 3, 4)),
        };
        var values = with.Select((item, i) => KeyValuePair.Create(item.Name, Value(item, new(_file, line + 3 + i, 5, item.Value.Length))))
            .ToDictionary();
        _stages.Add(new(
            id, kind.Spec, new Dictionary<string, IReadOnlyList<OutputRef>> { ["rows"] = sources },
            new FakeParameters(with.ToDictionary(item => item.Name, item => item.Value), FileIn(with)),
            new SortedDictionary<string, ParameterValue>(values, StringComparer.Ordinal), new(_file, line, 1, id.Length), places));
        return this;
    }

    /// <summary>Says how the last stage is run.</summary>
    public FakePipeline Policy(StagePolicy policy)
    {
        var stage = _stages[^1];
        var places = new Dictionary<string, Place>(stage.Places) { ["timeout"] = new(stage.At with { Line = stage.At.Line + 9 }) };
        _stages[^1] = stage with { Policy = policy, Places = places };
        return this;
    }

    /// <param name="projectRoot">What the paths of files are relative to.</param>
    public Plan Plan(string projectRoot = "") => new(
        name, new(null, name), seed,
        [.. _stages.Select(stage => stage with { Parameters = ((FakeParameters)stage.Parameters).Below(projectRoot) })], Expect,
        new("experiment", "en", [], null, null, null), _file, new YamlMap([new(Word("pipeline"), Word(name))], _file.Start));

    public IStage Create(StageSpec spec) => new FakeStage(_kinds[spec.Kind].Body);

    private YamlScalar Word(string text) => new(text, IsPlain: true, _file.Start);

    private static ParameterValue Value((string Name, string Value) item, SourceSpan at) =>
        new(item.Value, InFingerprint: item.Name != "threads", new Place(at), item.Name == "file" ? item.Value : null);

    private static InputFile? FileIn((string Name, string Value)[] with) =>
        with.FirstOrDefault(item => item.Name == "file").Value is { } path ? new(path) : null;
}
