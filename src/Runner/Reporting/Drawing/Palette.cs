using System.Globalization;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Colours: eight of Okabe and Ito by number (theme.css gives them for light and dark), and viridis for amounts.</summary>
internal static class Palette
{
    public const int Colours = 7;

    private static readonly string[] Splits = ["train", "validation", "test"];

    // Nine samples of matplotlib's viridis, between which the eye sees no bend.
    private static readonly (int R, int G, int B)[] Viridis =
        [(68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141), (39, 173, 129), (92, 200, 99), (170, 220, 50), (253, 231, 37)];

    /// <summary>Splits look the same in every figure; other series go by their place.</summary>
    public static int Of(string series, int index) => Array.IndexOf(Splits, series) is >= 0 and var split ? split : index % Colours;

    public static int Of(int index) => index % Colours;

    /// <param name="share">0 to 1.</param>
    public static string Amount(double share)
    {
        var (r, g, b) = At(share);
        return string.Create(CultureInfo.InvariantCulture, $"#{r:x2}{g:x2}{b:x2}");
    }

    /// <summary>Whether dark text reads better on this amount.</summary>
    public static bool IsBright(double share)
    {
        var (r, g, b) = At(share);
        return (0.299 * r) + (0.587 * g) + (0.114 * b) > 128;
    }

    private static (int R, int G, int B) At(double share)
    {
        var place = Math.Clamp(double.IsFinite(share) ? share : 0, 0, 1) * (Viridis.Length - 1);
        var below = Math.Min((int)place, Viridis.Length - 2);
        var (from, to, part) = (Viridis[below], Viridis[below + 1], place - below);
        return (Mix(from.R, to.R, part), Mix(from.G, to.G, part), Mix(from.B, to.B, part));
    }

    private static int Mix(int from, int to, double part) => (int)Math.Round(from + ((to - from) * part));
}
