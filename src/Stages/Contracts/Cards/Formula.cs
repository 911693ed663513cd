namespace Pipelines.Stages.Contracts.Cards;

/// <summary>A formula with what it says in words.</summary>
/// <param name="Lines">In signs that every language reads: <c>L = −(1/n) Σᵢ log pᵢ(yᵢ)</c>.</param>
/// <param name="Sentences">Keys of sentences, in their order.</param>
/// <param name="Values">What stands in the sentences, by its name in braces.</param>
public sealed record Formula(
    string Name, IReadOnlyList<string> Lines, IReadOnlyList<string> Sentences, IReadOnlyDictionary<string, double> Values) : CardItem(Name)
{
    public override IEnumerable<string> Keys() => [Name, .. Sentences];

    public override CardItem Rename(Func<string, string> rename) => this with { Lines = [.. Lines.Select(rename)] };
}
