using System.Globalization;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Word vectors as text; beside it lines that are cut at spaces.</summary>
internal sealed class VectorFiles() : FuzzedFormat("vectors")
{
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. new[] { "the 0.5 -1 2e-3\nof 1 2 3 \n. . . 4 5 6\n", "2 2\nun 0.25 1\ndeux -3 4\n", "é 1\r\n表 2\r\n" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    public override IReadOnlyList<string> Pieces { get; } =
        [" ", "  ", "\n", "\r\n", "\r", "\t", "NaN", "1e999", "-", "0x1", "1,5", "\0", "\u00A0"];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        var expected = Expected(bytes);
        List<string> read;
        try
        {
            read = [.. new VectorFile(new(path), "utf-8").Read().Select(vector => $"{vector.Word}: {string.Join(' ', vector.Values)}")];
        }
        catch (StageException)
        {
            Assert.True(expected is null, "refused");
            return false;
        }
        Assert.NotNull(expected);
        Assert.Equal(expected, read);
        return true;
    }

    private static List<string>? Expected(byte[] bytes)
    {
        if (StrictText.LinesOf(bytes) is not { } lines)
            return null;
        int? words = null, width = null;
        if (lines is [var first, ..] && first.Split(' ') is [var count, var size] && count.Length > 0 && size.Length > 0
            && (count + size).All(char.IsAsciiDigit))
        {
            if (!int.TryParse(count, CultureInfo.InvariantCulture, out var number)
                || !int.TryParse(size, CultureInfo.InvariantCulture, out var numbers))
                return null;
            (words, width) = (number, numbers);
            lines.RemoveAt(0);
        }
        if (lines.Count == 0 || (words ?? lines.Count) != lines.Count)
            return null;
        List<string> read = [];
        foreach (var line in lines.Select(line => line.EndsWith(' ') ? line[..^1] : line))
        {
            var fields = line.Split(' ');
            width ??= fields.Length - 1;
            if (width < 1 || fields.Length <= width || (fields.Length > width + 1 && Number(fields[1]) is not null))
                return null;
            var numbers = fields[^width.Value..].Select(Number).ToList();
            if (numbers.Contains(null))
                return null;
            read.Add($"{string.Join(' ', fields[..^width.Value]).Normalize()}: {string.Join(' ', numbers)}");
        }
        return read;
    }

    private static float? Number(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;
}
