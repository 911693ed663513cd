using System.Text;

namespace Pipelines.Runner.Documents;

/// <summary>The grammar of a pipeline file: which keys may stand where.</summary>
internal sealed class DocumentReader(SourceFile source, ICollection<Diagnostic> diagnostics)
{
    public static readonly string[] RootKeys =
        ["pipeline", "title", "question", "hypothesis", "seed", "vars", "extends", "stages", "expect", "reference", "report", "plugins"];

    private static readonly HashSet<string> StageKeys = new(
        ["uses", "from", "with", "matrix", "seed", "if", "cost", "timeout", "retries", "resources", "on", "run", "outputs", "title",
            "section"], StringComparer.Ordinal);

    private const string RunKey = "run";

    // Names of files have 255 bytes; reports, their parts and what is written beside them until it is whole add to this one.
    private const int MaxNameBytes = 160;

    private static readonly HashSet<string> ReservedIds = new(["all", "none", "matrix", "vars", "latest"], StringComparer.Ordinal);

    // Keys whose values may differ between the cells of a matrix.
    private static readonly HashSet<string> PerCell = new(
        ["with", "seed", "run", "from", "if", "cost", "timeout", "retries", "resources"], StringComparer.Ordinal);

    private readonly SpreadLimit _spread = new();

    /// <param name="written">All that was written, before variables are replaced.</param>
    public PipelineDocument Read(YamlMap written)
    {
        Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
        var root = WithoutVariables(written, values);
        Dictionary<string, YamlEntry> found = Keys(root, "A pipeline", RootKeys);
        var name = Name(root, found.GetValueOrDefault("pipeline")?.Value);
        var stages = Stages(root, found.GetValueOrDefault("stages"));
        return new(source, name, Value(found, "title"), Value(found, "seed"), stages, Value(found, "expect"), Value(found, "report"), root)
        {
            Variables = values,
            Spread = _spread,
            Plugins = Plugins(Value(found, "plugins")),
            Question = Value(found, "question"),
            Hypothesis = Value(found, "hypothesis"),
            Reference = Value(found, "reference"),
        };
    }

    private List<YamlScalar> Plugins(YamlNode? plugins)
    {
        List<YamlScalar> paths = [];
        foreach (var item in plugins is YamlList list ? list.Items : plugins is null ? [] : [plugins])
            if (item is YamlScalar { IsNull: false, Text.Length: > 0 } path)
                paths.Add(path);
            else
                diagnostics.Add(Diagnostics.NoText(item, "A plugin"));
        return paths;
    }

    private YamlMap WithoutVariables(YamlMap written, Dictionary<string, YamlNode> values)
    {
        var vars = written.Find("vars");
        if (vars?.Value is YamlMap map)
        {
            foreach (var entry in map.Entries)
            {
                if (!IsName(entry.Key.Text, max: 64))
                    diagnostics.Add(Diagnostics.BadVariableName(entry.Key));
                if (entry.Key.Text == Variables.Matrix)
                    diagnostics.Add(Diagnostics.ReservedVariable(entry.Key));
                values.Add(entry.Key.Text, entry.Value);
            }
        }
        else if (vars is not null && vars.Value is not YamlScalar { IsNull: true })
            diagnostics.Add(Diagnostics.NoMap(vars.Value, "'vars'"));

        Variables variables = new(values, _spread, diagnostics);
        var before = diagnostics.Count;
        var root = written with
        {
            Entries = [.. written.Entries.Where(entry => entry != vars).Select(entry => entry with
            {
                Value = entry.Key.Text == "stages" ? variables.BeforeCells(entry.Value) : variables.In(entry.Value),
            })],
        };
        variables.CheckUnused();
        // Replacing stops at an error, so which variables are used is known only when there was none.
        foreach (var entry in diagnostics.Count > before ? [] : (vars?.Value as YamlMap)?.Entries ?? [])
            if (entry.Key.Text != Variables.Matrix && !variables.IsUsed(entry.Key.Text) && OwnPlace(entry) is { } place)
                diagnostics.Add(Diagnostics.UnusedVariable(entry.Key.Text, place));
        return root;
    }

    // Of a variable of an extended file that is not used here nothing is said, unless the file or the command line sets it.
    private static SourceSpan? OwnPlace(YamlEntry variable) => variable.Key.Through.Count == 0 ? variable.Key.At
        : variable.Value.Through.Count == 0 ? variable.Value.At : null;

    private YamlScalar? Name(YamlMap root, YamlNode? name)
    {
        // A name that came through 'extends' belongs to the other file: two pipelines of one name would share a lock file.
        if (name is null || root.Find("pipeline")!.Key.Through.Count > 0)
            diagnostics.Add(Diagnostics.MissingKey(source.Start, "pipeline", "The file",
                "start it with 'pipeline: <name>'; runs and reports are named after it",
                name is null ? null : [new("the extended file has its own", name.At)]));
        else if (name is not YamlScalar { IsNull: false, Text.Length: <= 100 } scalar || !IsFileName(scalar.Text)
            || Encoding.UTF8.GetByteCount(scalar.Text) > MaxNameBytes)
            diagnostics.Add(Diagnostics.BadPipelineName(name));
        else
            return scalar;
        return null;
    }

    private List<StageEntry> Stages(YamlMap root, YamlEntry? stages)
    {
        List<StageEntry> entries = [];
        if (stages is null or { Value: YamlScalar { IsNull: true } or YamlMap { Entries.Count: 0 } })
            diagnostics.Add(Diagnostics.NoStages(stages?.Key.At ?? root.At with { Length = 1 }));
        else if (stages.Value is not YamlMap map)
            diagnostics.Add(Diagnostics.NoMap(stages.Value, "'stages'"));
        else
        {
            NameOptions ids = new(
                map.Entries.Where(entry => entry.Value is not YamlScalar { IsNull: true }).Select(entry => entry.Key.Text));
            foreach (var (id, value) in map.Entries)
                if (Stage(id, value, ids) is { } stage)
                    entries.Add(stage);
        }
        return entries;
    }

    private StageEntry? Stage(YamlScalar id, YamlNode value, NameOptions ids)
    {
        if (!IsName(id.Text, max: 64))
            diagnostics.Add(Diagnostics.BadStageId(id));
        else if (ReservedIds.Contains(id.Text))
            diagnostics.Add(Diagnostics.ReservedStageId(id));
        if (value is YamlScalar { IsNull: true })
        {
            diagnostics.Add(Diagnostics.NothingToRemove(id, ids.Next()));
            return null;
        }
        if (value is not YamlMap map)
        {
            diagnostics.Add(Diagnostics.NoMap(value, $"The stage '{id.Text}'"));
            return new(id, null, [], null);
        }
        var found = Keys(map, "A stage", StageKeys);
        foreach (var entry in map.Entries)
            if (!PerCell.Contains(entry.Key.Text) && entry.Value.FirstThatWaits() is { } waiting)
            {
                diagnostics.Add(Diagnostics.MatrixNotHere(waiting, entry.Key.Text));
                found[entry.Key.Text] = entry with { Value = entry.Value with { IsUnresolved = true } };
            }
        var run = CommandOf(found);
        return new(id, run is null ? Uses(id, found) : run.Key with { Text = RunKey },
            FromReader.Read(found.GetValueOrDefault("from")?.Value, diagnostics), With(found, run))
        {
            Run = run?.Value as YamlScalar,
            Outputs = Value(found, "outputs"),
            Matrix = Value(found, "matrix"),
            Seed = Value(found, "seed"),
            If = Value(found, "if"),
            Cost = Value(found, "cost"),
            Retries = Value(found, "retries"),
            Timeout = Value(found, "timeout"),
            Title = Value(found, "title"),
            Section = Value(found, "section"),
            Resources = Value(found, "resources"),
            On = Value(found, "on"),
        };
    }

    private YamlScalar? Uses(YamlScalar id, Dictionary<string, YamlEntry> found)
    {
        var uses = found.GetValueOrDefault("uses")?.Value;
        if (uses is YamlScalar { IsNull: false } kind)
            return kind;
        if (uses is not null and not YamlScalar)
            diagnostics.Add(Diagnostics.NoText(uses, "'uses'"));
        else if (found.TryGetValue(RunKey, out var run))
        {
            if (run.Value is YamlScalar { IsNull: true })
                diagnostics.Add(Diagnostics.NoText(run.Value, "'run'"));
        }
        else
            diagnostics.Add(Diagnostics.MissingKey(
                id.At, "uses", $"The stage '{id.Text}'", "name a stage kind: 'uses: verb/what'; './runner stages' lists them", id.Through));
        return null;
    }

    /// <summary>Null where there is no command, or none that can be run.</summary>
    private YamlEntry? CommandOf(Dictionary<string, YamlEntry> found)
    {
        if (!found.TryGetValue(RunKey, out var run) || run.Value is YamlScalar { IsNull: true })
        {
            if (Value(found, "outputs") is not null)
                diagnostics.Add(Diagnostics.OutputsWithoutRun(found["outputs"].Key));
            return null;
        }
        if (found.TryGetValue("uses", out var uses))
            diagnostics.Add(Diagnostics.RunAndUses(run.Key, uses.Key));
        if (run.Value is YamlScalar { IsUnresolved: false } command && !string.IsNullOrWhiteSpace(command.Text))
            return run;
        if (!run.Value.IsUnresolved)
            diagnostics.Add(Diagnostics.NoText(run.Value, "'run'"));
        return null;
    }

    // The command is a parameter like others: bound, explained and shown as they are.
    private YamlMap? With(Dictionary<string, YamlEntry> found, YamlEntry? run)
    {
        var with = With(found);
        if (run is null)
            return with;
        if (with?.Find(RunKey) is { } twice)
            diagnostics.Add(Diagnostics.UnknownParameter(twice.Key, RunKey, ["files", "env"]));
        return new([run, .. (with?.Entries ?? []).Where(entry => entry.Key.Text != RunKey)], with?.At ?? run.Key.At);
    }

    private YamlMap? With(Dictionary<string, YamlEntry> found)
    {
        var with = found.GetValueOrDefault("with")?.Value;
        if (with is not null and not YamlMap and not YamlScalar { IsNull: true })
            diagnostics.Add(Diagnostics.NoMap(with, "'with'"));
        return with as YamlMap;
    }

    /// <summary>The entries by key; unknown ones are reported.</summary>
    private Dictionary<string, YamlEntry> Keys(YamlMap map, string where, IReadOnlyCollection<string> known)
    {
        Dictionary<string, YamlEntry> found = new(map.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!known.Contains(entry.Key.Text))
                diagnostics.Add(
                    known == StageKeys ? Diagnostics.UnknownStageKey(entry.Key, known) : Diagnostics.UnknownKey(entry.Key, where, known));
            found[entry.Key.Text] = entry;
        }
        return found;
    }

    private static YamlNode? Value(Dictionary<string, YamlEntry> found, string key) =>
        found.GetValueOrDefault(key)?.Value is { } node and not YamlScalar { IsNull: true } ? node : null;

    internal static bool IsName(string text, int max) =>
        text.Length > 0 && text.Length <= max && char.IsAsciiLetter(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsFileName(string text) =>
        text.Length > 0 && char.IsLetterOrDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
}
