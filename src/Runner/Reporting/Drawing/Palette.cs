namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Colours of series by number; colours.css has them, after Okabe and Ito, for light and dark.</summary>
internal static class Palette
{
    public const int Colours = 7;

    private static readonly string[] Splits = ["train", "validation", "test"];

    /// <summary>Splits look the same in every figure; other series go by their place.</summary>
    public static int Of(string series, int index) => Array.IndexOf(Splits, series) is >= 0 and var split ? split : index % Colours;

    public static int Of(int index) => index % Colours;
}
