using System.Globalization;

namespace Pipelines.Runner.Storage;

/// <summary>Names of runs that people can say: the day, an adjective, an animal.</summary>
internal static class RunNames
{
    private static readonly string[] Adjectives =
    [
        "agile", "amber", "brave", "bright", "brisk", "calm", "clever", "cosy", "curious", "eager", "early", "fair", "fleet", "fond",
        "frank", "gentle", "glad", "golden", "grand", "happy", "hardy", "honest", "jolly", "keen", "kind", "lively", "loyal", "lucky",
        "merry", "mild", "modest", "neat", "nimble", "noble", "patient", "plucky", "polite", "proud", "quick", "quiet", "ready", "rosy",
        "sage", "shy", "silver", "smart", "snug", "solid", "spry", "steady", "stout", "sunny", "swift", "tidy", "true", "vivid", "warm",
        "wise", "witty", "young",
    ];

    private static readonly string[] Animals =
    [
        "badger", "bear", "beaver", "bison", "boar", "camel", "cat", "crane", "crow", "deer", "dove", "duck", "eagle", "egret",
        "falcon", "ferret", "finch", "fox", "frog", "gecko", "goat", "goose", "gull", "hare", "hawk", "hedgehog", "heron", "horse",
        "ibex", "ibis", "jay", "kite", "lark", "linnet", "llama", "lynx", "magpie", "marten", "mole", "moose", "mouse", "newt", "otter",
        "owl", "panda", "pony", "puffin", "quail", "rabbit", "raven", "robin", "seal", "snail", "sparrow", "stork", "swan", "tern",
        "tiger", "toad", "trout", "turtle", "vole", "wolf", "wren",
    ];

    /// <summary>All names of a day, from one that the time picks on; when they are used up, the same with a number.</summary>
    public static IEnumerable<string> For(DateTimeOffset started)
    {
        var all = Adjectives.Length * Animals.Length;
        // A multiplier prime to their number spreads runs of the same minute over the names.
        var first = (int)((ulong)started.UtcTicks / TimeSpan.TicksPerMillisecond * 1_000_003 % (ulong)all);
        for (var i = 0L; ; i++)
        {
            var index = (int)((first + i) % all);
            var again = i < all ? "" : string.Create(CultureInfo.InvariantCulture, $"-{(i / all) + 1}");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{started:yyyy-MM-dd}-{Adjectives[index % Adjectives.Length]}-{Animals[index / Adjectives.Length]}{again}");
        }
    }
}
