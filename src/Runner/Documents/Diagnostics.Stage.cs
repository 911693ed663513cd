namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic BadRetries(YamlNode found, int most) =>
        Error("bad-retries", $"'retries' is a whole number from 0 to {most}, but this is {found.Described}.", found);

    public static Diagnostic BadTimeout(YamlNode found) =>
        Error("bad-timeout", $"'timeout' is a length of time of at most 30 days, but this is {found.Described}.", found, "write a number with a unit: 90s, 10m, 1.5h, 2d");
}
