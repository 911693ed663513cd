using System.Runtime.CompilerServices;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Execution;

/// <summary>The columns a stage may see of one table input, its <c>{parameter}</c> placeholders filled in; null: all.</summary>
public sealed class ReadColumns
{
    private static readonly ConditionalWeakTable<InputPort, ReadColumns> Plain = [];

    private readonly List<ReadColumn>? _columns;

    private ReadColumns(InputPort port, IReadOnlyDictionary<string, ParameterValue> values) =>
        _columns = port.Reads?.SelectMany(written => Fill(written, values)).Distinct().ToList();

    /// <summary>Without placeholders the same for all stages of a kind, of which there may be thousands.</summary>
    public static ReadColumns Of(InputPort port, IReadOnlyDictionary<string, ParameterValue> values) =>
        port.Reads?.Any(written => written.StartsWith('{')) == true
            ? new(port, values)
            : Plain.GetValue(port, static port => new(port, NoValues));

    private static IReadOnlyDictionary<string, ParameterValue> NoValues { get; } = new Dictionary<string, ParameterValue>();

    public bool All => _columns is null;

    public bool Has(string column) => _columns?.Exists(read => read.Name == column) != false;

    public Table Of(Table table) => _columns is null ? table : table.Only(_columns.Select(column => column.Name));

    public IEnumerable<Column> ColumnsOf(Table table) =>
        _columns is null ? table.Columns : table.Columns.Where(column => _columns.Exists(read => read.Name == column.Name));

    public IReadOnlyList<string> MissingIn(Table table)
    {
        List<string>? missing = null;
        foreach (var column in _columns ?? [])
            if (!column.Optional && table.Find(column.Name) is null)
                (missing ??= []).Add(column.Name);
        return missing ?? [];
    }

    private static IEnumerable<ReadColumn> Fill(string written, IReadOnlyDictionary<string, ParameterValue> values)
    {
        var optional = written.EndsWith('?');
        var name = optional ? written[..^1] : written;
        return name is ['{', .., '}'] ? Texts(name[1..^1], values).Select(text => new ReadColumn(text, optional)) : [new(name, optional)];
    }

    // A parameter left out names no column; a list of texts names a column for each text.
    private static IEnumerable<string> Texts(string parameter, IReadOnlyDictionary<string, ParameterValue> values) =>
        values.TryGetValue(parameter, out var value)
            ? value.Text is Canonical.Null or "" ? [] : [value.Text]
            : values.Where(item => IsElement(item.Key, parameter) && item.Value.Text is not Canonical.Null).Select(item => item.Value.Text);

    // `columns` names its items, `heads.*.number` a member of each item.
    private static bool IsElement(string path, string parameter)
    {
        var (list, member) = parameter.Split(".*") is [var head, var tail] ? (head, tail) : (parameter, "");
        return path.Length > list.Length + 1 + member.Length && path.StartsWith(list + ".", StringComparison.Ordinal)
            && path.EndsWith(member, StringComparison.Ordinal)
            && path.AsSpan((list.Length + 1)..^member.Length).ContainsAnyExceptInRange('0', '9') is false;
    }

    private sealed record ReadColumn(string Name, bool Optional);
}
