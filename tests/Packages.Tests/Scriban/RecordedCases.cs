namespace Pipelines.Tests.Packages.Scriban;

/// <summary>Templates with what the real engine made of them, and the models they were rendered with.</summary>
public static class RecordedCases
{
    /// <summary>Cases that do not hold everywhere, with the reason.</summary>
    private static readonly Dictionary<string, string> s_leftOut = new()
    {
        ["second 39"] = "%s counts from the local time zone",
        ["second 141"] = "recorded without b, which the model of the other cases has",
    };

    /// <summary>Part and number, template, expected outcome.</summary>
    public static TheoryData<string, string, string> All()
    {
        var data = new TheoryData<string, string, string>();
        var part = string.Empty;
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scriban", "cases.txt")))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                part = line[3..];
                number = 0;
            }
            else if (!line.StartsWith('#'))
            {
                var (template, expected) = Split(line);
                var name = $"{part} {++number}";
                if (!s_leftOut.ContainsKey(name))
                {
                    data.Add(name, template, expected);
                }
            }
        }

        return data;
    }

    public static object FirstModel() => new
    {
        Name = "World",
        Items = new[] { new Item("b", 2.5, true), new Item("a", 1, false), new Item("c", 3, true) },
        Empty = Array.Empty<int>(),
        D = 1234.5678,
        F = 0.1f,
        Dec = 1.10m,
        L = 10L,
        Nul = (string?)null,
        Map = new Dictionary<string, object> { ["KeyOne"] = 1, ["two"] = "x" },
        When = new DateTime(2024, 3, 5, 14, 7, 9),
        Nested = new[] { new[] { 1, 2 }, new[] { 3 } },
        B = true,
        HtmlText = "<a href='x'>&\"</a>",
        MyURLValue = "u",
        E = DayOfWeek.Monday,
    };

    public static object SecondModel() => new
    {
        Name = "World",
        Items = new List<int> { 1, 2 },
        D = 1234.5678,
        F = 0.1f,
        Dec = 1.10m,
        L = 10L,
        Nul = (string?)null,
        Map = new Dictionary<string, object> { ["KeyOne"] = 1 },
        Ts = new DateTime(2024, 3, 5, 14, 7, 9),
        Dto = new DateTimeOffset(2024, 3, 5, 14, 7, 9, TimeSpan.FromHours(2)),
        B = true,
        Big = 123456789012345L,
        Small = 1e-7,
        Nan = double.NaN,
        G = Guid.Empty,
        Ch = 'c',
        Arr2 = new[] { 0.5, 1 },
        Rec = new Rec(1, "q"),
    };

    private static (string Template, string Expected) Split(string line)
    {
        var separator = line.StartsWith('[') ? "  =>  " : " => ";
        var end = line.IndexOf(separator, StringComparison.Ordinal);
        var start = line.StartsWith('[') ? line.IndexOf("] ", StringComparison.Ordinal) + 2 : 0;
        var expected = line[(end + separator.Length)..];
        expected = expected.StartsWith('«') ? expected[1..^1] : expected;
        return (LineBreaks(line[start..end]), LineBreaks(expected));
    }

    private static string LineBreaks(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal);

    public sealed record Item(string Name, double Score, bool IsOk)
    {
        public override string ToString() => "Item";
    }

    public sealed record Rec(int Id, string Name);
}
