using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text;

/// <summary>Gives all id lists one length, as Keras' <c>pad_sequences</c>; special tokens at the ends survive truncation.</summary>
/// <param name="Side">Where padding goes.</param>
/// <param name="Truncating">Which end of a long text is cut off.</param>
public sealed record Padding(int Length, PaddingSide Side = PaddingSide.Post, PaddingSide Truncating = PaddingSide.Post, int Value = 0)
{
    public const string Kind = "pad";

    public static Padding From(JsonObject settings) => settings.Deserialize<Padding>(Json.Plain)!;

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(this, Json.Plain)!.AsObject();

    /// <summary>Fills <paramref name="padded"/> and says where in it the kept ids start and how many they are.</summary>
    public (int Start, int Kept) Apply(ReadOnlySpan<int> ids, Span<int> padded, (int Before, int After) specials = default)
    {
        padded.Fill(Value);
        var cut = Cut(ids.Length, specials);
        var kept = ids.Length - cut.Length;
        var start = Side == PaddingSide.Pre ? Length - kept : 0;
        ids[..cut.Start].CopyTo(padded[start..]);
        ids[(cut.Start + cut.Length)..].CopyTo(padded[(start + cut.Start)..]);
        return (start, kept);
    }

    /// <summary>The run of tokens that does not fit.</summary>
    public (int Start, int Length) Cut(int count, (int Before, int After) specials = default)
    {
        var excess = Math.Max(0, count - Length);
        if (excess == 0)
            return (0, 0);
        var (before, after) = specials.Before + specials.After <= Length ? specials : (0, 0);
        return (Truncating == PaddingSide.Pre ? before : count - after - excess, excess);
    }
}

/// <summary>The front (<c>pre</c>) or the end (<c>post</c>) of a text.</summary>
public enum PaddingSide
{
    Pre,
    Post,
}
