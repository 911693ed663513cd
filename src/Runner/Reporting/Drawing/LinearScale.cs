namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>From values to places on the paper.</summary>
internal readonly record struct LinearScale(double FromLow, double FromHigh, double ToLow, double ToHigh)
{
    public double this[double value] =>
        FromHigh == FromLow ? (ToLow + ToHigh) / 2 : ToLow + ((value - FromLow) / (FromHigh - FromLow) * (ToHigh - ToLow));
}
