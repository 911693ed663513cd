using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>An axis of which values are drawn, uniformly on its scale.</summary>
/// <param name="IsWhole">Both ends are written as whole numbers, so only these are drawn.</param>
internal sealed record ValueRange(double From, double To, bool IsLog, bool IsWhole, YamlNode Written)
{
    /// <summary>A drawn number has as many digits as tell a thousand places of its range apart, so that it can name a cell.</summary>
    private const int Digits = 3;

    public SourceSpan At => Written.At;

    public AxisValue Draw(SeededRandom random)
    {
        var share = random.NextDouble();
        // The last whole number gets as much room as any other.
        var end = IsWhole ? To + 1 : To;
        var value = IsLog ? From * Math.Pow(end / From, share) : From + (share * (end - From));
        return Named(Canonical.Number(Math.Clamp(IsWhole ? Math.Floor(value) : Rounded(value), From, To)), At);
    }

    public static AxisValue Named(string text, SourceSpan at) => new(text, new YamlScalar(text, IsPlain: true, at));

    private double Rounded(double value)
    {
        var unit = IsLog ? Math.Min(Magnitude(To - From), Magnitude(value)) : Magnitude(To - From);
        var decimals = Digits - 1 - unit;
        // Through its text, so that the number is the nearest one to what names it.
        return decimals <= 0
            ? Math.Round(value / Math.Pow(10, -decimals)) * Math.Pow(10, -decimals)
            : double.Parse(value.ToString($"F{decimals}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static double Magnitude(double value) => Math.Floor(Math.Log10(Math.Abs(value)));
}
