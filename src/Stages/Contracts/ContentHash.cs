using System.Security.Cryptography;

namespace Pipelines.Stages.Contracts;

/// <summary>The SHA-256 of some content, in lower-case hexadecimal.</summary>
public readonly record struct ContentHash(string Hex)
{
    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Hex[..12];

    /// <summary>Null unless the text is 64 small hexadecimal digits: hashes become paths, so what a file says is one must be one.</summary>
    public static ContentHash? Find(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower) ? new(text) : null;

    public static ContentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public static ContentHash Of(Stream content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public override string ToString() => Short;
}
