using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Every reason a stage's result could differ, by name: <c>kind</c>, <c>version</c>, <c>code</c> (of a plugin), <c>with.dropout</c>,
/// <c>from.rows.text</c> (content of a column read), <c>from.rows.@encoding</c>, <c>from.model</c>, <c>seed</c>, <c>engine</c>,
/// <c>device</c>. The same object gives the hash and the explanation. Never in it: stage ids, paths, time, git commit, host.
/// </summary>
public sealed record Fingerprint(IReadOnlyList<KeyValuePair<string, string>> Reasons)
{
    /// <summary>Raise it when the meaning of the reasons themselves changes.</summary>
    private const string Format = "pipelines fingerprint 1";

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _bytes;

    private ContentHash? _hash;

    public ContentHash Hash => _hash ??= ComputeHash();

    /// <exception cref="ArgumentException">A reason is given twice.</exception>
    public static Fingerprint Of(IEnumerable<KeyValuePair<string, string>> reasons)
    {
        KeyValuePair<string, string>[] sorted = [.. reasons];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i].Key == sorted[i - 1].Key)
                throw new ArgumentException($"The reason '{sorted[i].Key}' is given twice.", nameof(reasons));
        return new(sorted);
    }

    /// <summary>
    /// What changed since <paramref name="previous"/>, by name; null stands for absent. An item of a list that only moved did not change.
    /// </summary>
    public IReadOnlyList<FingerprintChange> ChangesSince(Fingerprint previous)
    {
        var before = previous.Reasons.ToDictionary(StringComparer.Ordinal);
        var after = Reasons.ToDictionary(StringComparer.Ordinal);
        var gone = ListAlignment.Apply(before, after);
        return [.. before.Keys.Union(after.Keys)
            .Select(name => new FingerprintChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Old != change.New).Concat(gone).OrderBy(change => change.Name, StringComparer.Ordinal)];
    }

    // Lengths before texts, so that no two different lists of reasons give the same bytes.
    private ContentHash ComputeHash()
    {
        var bytes = _bytes ??= new(1 << 12);
        bytes.ResetWrittenCount();
        Append(bytes, Format);
        foreach (var (name, value) in Reasons)
        {
            Append(bytes, name);
            Append(bytes, value);
        }
        return ContentHash.Of(bytes.WrittenSpan);
    }

    // Texts count as they are written: é as one character is another text than e with an accent behind it.
    private static void Append(ArrayBufferWriter<byte> bytes, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(4), length);
        bytes.Advance(4);
        bytes.Advance(Encoding.UTF8.GetBytes(text, bytes.GetSpan(length)));
    }
}

public sealed record FingerprintChange(string Name, string? Old, string? New);
