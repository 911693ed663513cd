namespace Pipelines.Runner.Reporting.Model;

/// <summary>Numbers of figures and tables and the ids of a document, each given once.</summary>
internal sealed class Numbering
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _figures;
    private int _tables;

    public int NextFigure() => ++_figures;

    public int NextTable() => ++_tables;

    /// <summary>An id made of a prefix and a name, with a number when it is taken.</summary>
    public string Id(string prefix, string name)
    {
        var slug = prefix + "-" + string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : '-'));
        var id = slug;
        for (var i = 2; !_ids.Add(id); i++)
            id = $"{slug}-{i}";
        return id;
    }
}
