using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Compares a file with the SHA-256 its source publishes.</summary>
internal static class Checksum
{
    private const int MinPrefix = 8;

    /// <returns>The digits themselves, for the constructors of parameters.</returns>
    /// <exception cref="StageException">They are none.</exception>
    public static string Checked(string expected) => expected.Length is < MinPrefix or > 64 || !expected.All(char.IsAsciiHexDigit)
        ? throw new StageException($"'{expected}' is not a SHA-256") { Parameter = "checksum", Help = "give 8 to 64 hexadecimal digits" }
        : expected;

    /// <param name="expected">Lower or upper case; its first eight digits or more.</param>
    public static void Verify(InputFile file, string expected)
    {
        using var stream = File.OpenRead(file.Path);
        var actual = ContentHash.Of(stream).Hex;
        if (!actual.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
            throw new StageException($"{Path.GetFileName(file.Path)}: the file has SHA-256 {actual}, expected {expected}")
            {
                Parameter = "checksum",
                Help = "the file is not the one this pipeline was written for; get it again, or correct the checksum",
            };
    }
}
