using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Where the data come from, as facts and a table of their files.</summary>
internal static class OriginItems
{
    public const string Stage = "origin";

    private const int HashDigits = 16;

    public static IReadOnlyList<CardItem> Of(DataOrigin origin, Language language)
    {
        List<CardItem> items = [];
        if (origin.Source is { } source && language.Text(source) is { Length: > 0 } said)
            items.Add(new Fact("data_source", said));
        items.Add(new Fact("licence", origin.Licence is { } licence && language.Text(licence) is { Length: > 0 } named
            ? named : language.Phrase("licence_unknown")));
        if (origin.Url is { } url)
            items.Add(new Fact("address", url));
        items.Add(new Grid(
            "data_files", [new("file", ValueFormat.Code), new("bytes", ValueFormat.Integer), new("sha256", ValueFormat.Code)],
            [.. origin.Files.Select(file => (IReadOnlyList<object?>)
                [file.Path, file.Bytes, file.Hash is { } hash ? hash[..HashDigits] : null])]));
        return items;
    }
}
