using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>
/// What the length of a row is: of a text its words or characters, of a list its items, of a whole number the number itself.
/// </summary>
internal static class RowLengths
{
    /// <summary>What is counted, as a key of the report's words.</summary>
    /// <exception cref="StageException">What the column holds has no length.</exception>
    public static string UnitOf(Column column, LengthUnit unit) => column.Type switch
    {
        { IsList: true } => "tokens",
        { Element: ElementType.String } => unit == LengthUnit.Words ? "words" : "characters",
        { Element: ElementType.Int or ElementType.Long } => "tokens",
        _ => throw new StageException($"the column '{column.Name}' holds {column.Type}, which has no length")
        {
            Help = "texts, lists and whole numbers have one",
            Parameter = "column",
        },
    };

    /// <summary>The length of each row of a batch.</summary>
    public static Func<int, int> Of(ColumnData column, LengthUnit unit) => column switch
    {
        Values<string> texts => row => OfText(texts[row] ?? "", unit),
        Values<int> numbers => row => Checked(column, numbers[row]),
        Values<long> numbers => row => Checked(column, numbers[row]),
        Lists<string> lists => row => lists[row].Length,
        Lists<int> lists => row => lists[row].Length,
        Lists<long> lists => row => lists[row].Length,
        Lists<float> lists => row => lists[row].Length,
        Lists<double> lists => row => lists[row].Length,
        Lists<bool> lists => row => lists[row].Length,
        _ => throw new InvalidOperationException($"'{column.Name}' holds {column.Type}."),
    };

    private static int OfText(string text, LengthUnit unit)
    {
        if (unit == LengthUnit.Characters)
            return text.Length;
        var words = 0;
        for (var i = 0; i < text.Length; i++)
            if (!char.IsWhiteSpace(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1])))
                words++;
        return words;
    }

    private static int Checked(ColumnData column, long number) => number is >= 0 and <= int.MaxValue
        ? (int)number
        : throw new StageException($"{number} in the column '{column.Name}' is no length") { Parameter = "column" };
}
