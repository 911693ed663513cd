namespace Pipelines.Stages.Contracts.Cards;

/// <summary>One value. <paramref name="Value"/> is a string, bool, int, long or double.</summary>
public sealed record Fact(string Name, object Value, ValueFormat Format = ValueFormat.Auto) : CardItem(Name)
{
    public override IEnumerable<string> Keys() => [Name];

    public override CardItem Rename(Func<string, string> rename) => Value is string text ? this with { Value = rename(text) } : this;
}

/// <summary>Something the reader must know, e.g. <c>truncated_texts</c> with its numbers; the manifest has the sentence.</summary>
public sealed record Warning(string Name, IReadOnlyDictionary<string, object> Values) : CardItem(Name)
{
    public override IEnumerable<string> Keys() => [];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Values = Values.ToDictionary(value => value.Key, value => value.Value is string text ? rename(text) : value.Value) };
}
