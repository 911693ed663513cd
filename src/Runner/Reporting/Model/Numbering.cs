namespace Pipelines.Runner.Reporting.Model;

/// <summary>Numbers of figures and tables and the ids of a document, each given once.</summary>
/// <param name="shared">Names of items that several stages tell; null: none is known.</param>
internal sealed class Numbering(IReadOnlySet<string>? shared = null)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Stage, string Item), PlacedItem> _items = [];
    private readonly Dictionary<string, string> _stages = new(StringComparer.Ordinal);
    private readonly HashSet<(string Stage, string Item)> _cut = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private int _figures;
    private int _tables;

    /// <summary>Whether other stages have an item of this name, so that a caption has to say whose it is.</summary>
    public bool IsShared(string item) => shared?.Contains(item) == true;

    public int NextFigure() => ++_figures;

    public int NextTable() => ++_tables;

    /// <summary>Whether what is said once in a document is said for the first time.</summary>
    public bool IsFirst(string said) => _said.Add(said);

    /// <summary>Notes where an item of a stage's card stands; the first of a name counts.</summary>
    public void Place(string stageId, string item, PlacedItem at) => _items.TryAdd((stageId, item), at);

    /// <summary>Where an item of a stage's card stands; null: nowhere.</summary>
    public PlacedItem? Find(string stageId, string item) => _items.GetValueOrDefault((stageId, item));

    /// <summary>Notes that an item of a stage's card goes on at another place.</summary>
    public void Cut(string stageId, string item) => _cut.Add((stageId, item));

    /// <summary>Where an item begins that goes on here; null: it is whole, or begins here.</summary>
    public PlacedItem? Beginning(string stageId, string item) => _cut.Contains((stageId, item)) ? Find(stageId, item) : null;

    /// <summary>Notes where a stage tells its part.</summary>
    public void PlaceStage(string stageId, string id) => _stages.TryAdd(stageId, id);

    /// <summary>The anchor of a stage's part; of the page where it has none.</summary>
    public string AnchorOf(string stageId) => "#" + _stages.GetValueOrDefault(stageId, "text");

    /// <summary>Every item that stands in the report, by the stage that tells it and its name.</summary>
    public IEnumerable<KeyValuePair<(string Stage, string Item), PlacedItem>> Items => _items;

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

/// <summary>A numbered figure or table of the report.</summary>
/// <param name="Id">Its anchor.</param>
internal sealed record PlacedItem(string Id, bool IsFigure, int Number, string Caption);
