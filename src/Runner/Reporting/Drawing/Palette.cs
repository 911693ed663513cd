using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Colours of series by number; colours.css has them, after Okabe and Ito, for light and dark.</summary>
internal static class Palette
{
    public const int Colours = 7;

    /// <summary>Splits look the same in every figure; other series go by their place.</summary>
    public static int Of(string series, int index)
    {
        for (var split = 0; split < Splits.All.Count; split++)
            if (Splits.All[split] == series)
                return split;
        return index % Colours;
    }

    public static int Of(int index) => index % Colours;
}
