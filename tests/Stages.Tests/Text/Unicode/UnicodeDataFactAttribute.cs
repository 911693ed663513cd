using System.Diagnostics;
using System.Globalization;

namespace Pipelines.Tests.Stages.Text.Unicode;

/// <summary>A test that is skipped where Debian's package unicode-data is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnicodeDataFactAttribute : FactAttribute
{
    private const string Path = "/usr/share/unicode/NormalizationTest.txt.bz2";

    public UnicodeDataFactAttribute()
    {
        if (!File.Exists(Path))
            Skip = $"{Path} is not installed (apt-get install unicode-data)";
    }

    public static IEnumerable<string> Lines()
    {
        using var bunzip = Process.Start(new ProcessStartInfo("/bin/bzcat", Path) { RedirectStandardOutput = true })!;
        while (bunzip.StandardOutput.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>The text of <c>0065 0301</c>.</summary>
    public static string Text(string codes) =>
        string.Concat(codes.Split(' ')
            .Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
