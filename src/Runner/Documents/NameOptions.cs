namespace Pipelines.Runner.Documents;

/// <summary>Names to suggest for an unknown one. A file full of unknown names gets suggestions for the first ones only: each costs a look at all names.</summary>
internal sealed class NameOptions(IEnumerable<string> names)
{
    private const int MostSuggestions = 50;

    private List<string>? _names;
    private int _asked;

    /// <summary>All names, or none when enough has been suggested.</summary>
    public IReadOnlyCollection<string> Next() => ++_asked <= MostSuggestions ? _names ??= [.. names] : [];
}
