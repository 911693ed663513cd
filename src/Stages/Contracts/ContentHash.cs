using System.Security.Cryptography;

namespace Pipelines.Stages.Contracts;

/// <summary>The SHA-256 of some content, in lower-case hexadecimal.</summary>
public readonly record struct ContentHash(string Hex)
{
    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Hex[..12];

    public static ContentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public static ContentHash Of(Stream content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public override string ToString() => Short;
}
