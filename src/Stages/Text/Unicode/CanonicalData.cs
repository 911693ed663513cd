using System.Globalization;

namespace Pipelines.Stages.Text.Unicode;

/// <summary>Combining classes, canonical decompositions and compositions by code point, Hangul aside, from <c>canonical.txt</c>.</summary>
internal sealed class CanonicalData
{
    // Beyond it no code point has a combining class.
    private const int ClassesEnd = 0x20000;

    private static readonly Lazy<CanonicalData> Read = new(() => new());

    private readonly byte[] _classes = new byte[ClassesEnd];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private CanonicalData()
    {
        using var file = typeof(CanonicalData).Assembly.GetManifestResourceStream("canonical.txt")!;
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
            if (line[0] != '#')
                Add(line.Split(' '));
        foreach (var code in _decompositions.Keys.ToArray())
            _decompositions[code] = [.. Full(code)];
    }

    public static CanonicalData Shared => Read.Value;

    /// <summary>Code points that Form D changes.</summary>
    public IEnumerable<int> Decomposed => _decompositions.Keys;

    /// <summary>Code points that Form C may change, by themselves or through what stands before them.</summary>
    public IEnumerable<int> UncertainInC
    {
        get
        {
            var composed = _compositions.Values.ToHashSet();
            return Enumerable.Range(0, ClassesEnd).Where(code => _classes[code] > 0)
                .Concat(_decompositions.Keys.Where(code => !composed.Contains(code)))
                .Concat(_compositions.Keys.Select(pair => pair.Second));
        }
    }

    /// <summary>0 for a starter.</summary>
    public int Class(int code) => code < ClassesEnd ? _classes[code] : 0;

    /// <summary>In full; null where the code point stays itself.</summary>
    public int[]? Decomposition(int code) => _decompositions.GetValueOrDefault(code);

    public int? Composition(int first, int second) => _compositions.TryGetValue((first, second), out var composed) ? composed : null;

    // Either `class first..last` or `code[!] mapping…`; classes come first.
    private void Add(string[] fields)
    {
        if (fields[1].Contains('.', StringComparison.Ordinal))
        {
            var range = fields[1].Split("..");
            _classes.AsSpan(Hex(range[0])..(Hex(range[1]) + 1)).Fill(byte.Parse(fields[0], CultureInfo.InvariantCulture));
            return;
        }
        var isExcluded = fields[0].EndsWith('!');
        var code = Hex(fields[0].TrimEnd('!'));
        int[] mapping = [.. fields[1..].Select(Hex)];
        _decompositions[code] = mapping;
        // UAX #15 excludes singletons and what does not start with a starter by rule, the others by list.
        if (!isExcluded && mapping.Length == 2 && Class(code) == 0 && Class(mapping[0]) == 0)
            _compositions[(mapping[0], mapping[1])] = code;
    }

    // Mappings are at most four deep.
    private IEnumerable<int> Full(int code) => _decompositions.TryGetValue(code, out var mapping) ? mapping.SelectMany(Full) : [code];

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
