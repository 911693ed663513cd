using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>How right the model of the report is on parts of the rows, each with its interval.</summary>
internal static class SliceItems
{
    public const string Stage = "slices";
    private const string Table = "slices";

    /// <summary>Where a finding about a part of the rows leads to.</summary>
    public static FindingSource Source { get; } = new(Stage, Table, FindingSections.Results);

    /// <summary>Empty where no part of the answers is known.</summary>
    public static IReadOnlyList<CardItem> Of(FindingData data, Language language)
    {
        List<IReadOnlyList<object?>> rows = [];
        Add(data.Slices.ByLearning);
        Add(data.Slices.ByLabel);
        Add(data.Slices.ByUnknownWords);
        if (data.Slices.ByLength is var (few, many, most, least))
        {
            rows.Add(Row(few, $" (≤ {language.Numbers.Of(most)})"));
            rows.Add(Row(many, $" (≥ {language.Numbers.Of(least)})"));
        }
        Add(data.Slices.ByCapitals);
        Add(data.Slices.ByNumbers);
        return rows.Count == 0 ? [] :
        [
            new Grid(
                Table,
                [
                    new("part"), new("rows", ValueFormat.Integer), new("right_answers", ValueFormat.Percent),
                    new("interval_low", ValueFormat.Percent), new("interval_high", ValueFormat.Percent),
                ], rows),
        ];

        // A part that holds all rows or none cuts nothing.
        void Add((Slice First, Slice Second)? parts)
        {
            if (parts is ({ Rows: > 0 } first, { Rows: > 0 } second))
                rows.AddRange([Row(first, ""), Row(second, "")]);
        }

        IReadOnlyList<object?> Row(Slice slice, string bound) =>
        [
            Language.Capitalized(language.Word(slice.Name)) + bound, slice.Rows, slice.Share, slice.Interval.Low, slice.Interval.High,
        ];
    }
}
