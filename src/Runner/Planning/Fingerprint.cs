using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Every reason a stage's result could differ, by name: <c>kind</c>, <c>version</c>, <c>code</c> (of a plugin), <c>with.dropout</c>, <c>from.rows.text</c> (content of a
/// column read), <c>from.rows.@encoding</c>, <c>from.model</c>, <c>seed</c>, <c>engine</c>, <c>device</c>. The same object gives the hash and the
/// explanation. Never in it: stage ids, paths, time, git commit, host.
/// </summary>
public sealed record Fingerprint(IReadOnlyList<KeyValuePair<string, string>> Reasons)
{
    /// <summary>Raise it when the meaning of the reasons themselves changes.</summary>
    private const string Format = "pipelines fingerprint 1";

    private ContentHash? _hash;

    public ContentHash Hash => _hash ??= ComputeHash();

    public static Fingerprint Of(IEnumerable<KeyValuePair<string, string>> reasons)
    {
        var byName = new Dictionary<string, string>(reasons, StringComparer.Ordinal);
        var names = byName.Keys.ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        var sorted = new KeyValuePair<string, string>[names.Length];
        for (var i = 0; i < names.Length; i++)
            sorted[i] = new(names[i], byName[names[i]]);
        return new(sorted);
    }

    /// <summary>Compares the reasons themselves, which is cheaper than two hashes.</summary>
    public bool SameAs(Fingerprint other)
    {
        if (Reasons.Count != other.Reasons.Count)
            return false;
        for (var i = 0; i < Reasons.Count; i++)
            if (Reasons[i].Key != other.Reasons[i].Key || Reasons[i].Value != other.Reasons[i].Value)
                return false;
        return true;
    }

    /// <summary>What changed since <paramref name="previous"/>, by name; null stands for absent.</summary>
    public IReadOnlyList<FingerprintChange> ChangesSince(Fingerprint previous)
    {
        var before = previous.Reasons.ToDictionary(StringComparer.Ordinal);
        var after = Reasons.ToDictionary(StringComparer.Ordinal);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new FingerprintChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Old != change.New)];
    }

    // Lengths before texts, so that no two different lists of reasons give the same bytes.
    private ContentHash ComputeHash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(sha, Format);
        foreach (var (name, value) in Reasons)
        {
            Append(sha, name);
            Append(sha, value);
        }
        return new(Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    private static void Append(IncrementalHash sha, string text)
    {
        Span<byte> length = stackalloc byte[4];
        var bytes = Encoding.UTF8.GetBytes(text.Normalize());
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        sha.AppendData(length);
        sha.AppendData(bytes);
    }
}

public sealed record FingerprintChange(string Name, string? Old, string? New);
