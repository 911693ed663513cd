namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Texts whose tokens carry a signed weight, e.g. attributions of a predicted class.</summary>
public sealed record TokensFigure(string Name, IReadOnlyList<TokensRow> Rows) : Figure(Name)
{
    public override IEnumerable<string> Keys() => [Name, .. Rows.Select(row => row.Method).OfType<string>().Distinct()];

    public override CardItem Rename(Func<string, string> rename) => this;

    /// <summary>A row for each token, with the number of its text.</summary>
    public override Grid ToGrid() => new(Name, [new("text"), new("token", ValueFormat.Code), new("score", ValueFormat.Decimal)],
        [.. Rows.SelectMany(
            (row, i) => row.Tokens.Zip(row.Scores, (token, score) => (IReadOnlyList<object?>)[(long)(i + 1), token, score]))]);
}

/// <param name="Scores">One a token, positive: speaks for what is explained.</param>
/// <param name="Delta">Completeness error of the attribution, when the method has one.</param>
/// <param name="Explained">The label that the scores speak for, where it is not the predicted one.</param>
/// <param name="Method">The key of the method that found them, where several are shown.</param>
public sealed record TokensRow(
    string Text, string? Expected, string Predicted, double Confidence, IReadOnlyList<string> Tokens, IReadOnlyList<double> Scores,
    double? Delta = null, string? Explained = null, string? Method = null);
