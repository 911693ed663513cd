using System.Globalization;

namespace Pipelines.Stages.Models.Layers;

/// <summary>How many numbers weights hold, before the data are known.</summary>
/// <param name="Known">Whatever the data.</param>
/// <param name="PerWord">For each word of the vocabulary.</param>
/// <param name="PerClass">For each class.</param>
internal readonly record struct WeightCount(long Known, long PerWord = 0, long PerClass = 0)
{
    public long With(int words, int classes) => Known + (PerWord * words) + (PerClass * classes);

    public static WeightCount operator +(WeightCount a, WeightCount b) =>
        new(a.Known + b.Known, a.PerWord + b.PerWord, a.PerClass + b.PerClass);

    public override string ToString()
    {
        List<string> parts = [];
        if (PerWord > 0)
            parts.Add($"{Number(PerWord)} x words");
        if (PerClass > 0)
            parts.Add($"{Number(PerClass)} x classes");
        if (Known > 0 || parts.Count == 0)
            parts.Add(Number(Known));
        return string.Join(" + ", parts);
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
