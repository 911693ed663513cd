using System.Security.Cryptography;
using System.Text;

namespace Pipelines.Runner.Planning;

/// <summary>Texts as parts of file names.</summary>
internal static class FileWord
{
    /// <summary>Letters, digits and few signs stay; texts that would look the same are told apart by their hash.</summary>
    /// <param name="max">A file name has room for a few of this length.</param>
    /// <param name="signs">Further characters that stay.</param>
    public static string Of(string text, int max, string signs = "")
    {
        var word = string.Concat(text.Take(max).Select(
            c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' || signs.Contains(c, StringComparison.Ordinal) ? c : '_'));
        return word == text && text.Length > 0
            ? word
            : $"{word}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..6]}";
    }
}
