using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scriban.Functions;

public partial class StringFunctions
{
    /// <summary>Backslash escapes for quotes, backslashes and control characters.</summary>
    public static string? Escape(string? text)
    {
        if (text is null || !text.Any(NeedsEscape))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = NeedsEscape(c) ? escaped.Append('\\').Append(EscapeOf(c)) : escaped.Append(c);
        }

        return escaped.ToString();
    }

    public static string Base64Encode(string? text) => Convert.ToBase64String(Bytes(text));

    public static string Base64Decode(string? text) => Encoding.UTF8.GetString(Convert.FromBase64String(text ?? string.Empty));

    public static string Md5(string? text) => Hexadecimal(MD5.HashData(Bytes(text)));

    public static string Sha1(string? text) => Hexadecimal(SHA1.HashData(Bytes(text)));

    public static string Sha256(string? text) => Hexadecimal(SHA256.HashData(Bytes(text)));

    public static string Sha512(string? text) => Hexadecimal(SHA512.HashData(Bytes(text)));

    public static string HmacSha1(string? text, string? secretKey) => Hexadecimal(HMACSHA1.HashData(Bytes(secretKey), Bytes(text)));

    public static string HmacSha256(string? text, string? secretKey) => Hexadecimal(HMACSHA256.HashData(Bytes(secretKey), Bytes(text)));

    public static string HmacSha512(string? text, string? secretKey) => Hexadecimal(HMACSHA512.HashData(Bytes(secretKey), Bytes(text)));

    private static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? string.Empty);

    private static string Hexadecimal(byte[] hash) => Convert.ToHexStringLower(hash);

    private static bool NeedsEscape(char c) => c is < ' ' or '"' or '\\';

    private static string EscapeOf(char c) => c switch
    {
        '"' or '\\' => c.ToString(),
        '\a' => "a",
        '\b' => "b",
        '\t' => "t",
        '\n' => "n",
        '\v' => "v",
        '\f' => "f",
        '\r' => "r",
        _ => string.Create(CultureInfo.InvariantCulture, $"x{(int)c:x2}"),
    };
}
