using System.Diagnostics;
using Pipelines.Runner.Reporting.Answers;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Card items → what the template prints: facts in one list, curves in pairs, figures drawn and numbered.</summary>
/// <param name="isAnnex">Whether curves and intervals are drawn once, small on every screen.</param>
internal sealed class BlockBuilder(Language language, Numbering numbering, AnswerTexts? answers = null, bool isAnnex = false)
{
    private const int MaxBarsBeside = 16;
    private const double FaintestToken = 0.05;

    // The rest of a long text is in the CSV file.
    private const int MaxTokens = 2_000;
    private const int MaxSlim = 16_000;
    private const int FewBars = 6;
    private const int ShortName = 12;
    private const int MaxAbout = 90;

    public IReadOnlyList<ItemView> Items(string stageId, IReadOnlyList<CardItem> card)
    {
        List<CardItem> items = [.. card.Select(item => Named(item.Rename(PageText.Short)))];
        List<ItemView> views = [];
        for (var i = 0; i < items.Count; i++)
        {
            var run = items.Skip(i).TakeWhile(item => item.GetType() == items[i].GetType()).ToList();
            switch (items[i])
            {
                case Fact:
                    views.AddRange(FactsOf([.. run.Cast<Fact>()]));
                    i += run.Count - 1;
                    break;
                case Figure first when IsSmall(first) && i + 1 < items.Count && items[i + 1] is Figure second && IsSmall(second):
                    views.Add(
                        new FiguresView([FigureOf(stageId, first, narrow: true), FigureOf(stageId, second, narrow: true)], IsPair: true));
                    i++;
                    break;
                case Grid { Rows.Count: 0 } empty:
                    views.Add(new SentenceView(language.Phrase("empty_table", ("table", Caption(stageId, empty)))));
                    break;
                case Grid grid:
                    views.Add(GridOf(stageId, grid));
                    break;
                case Warning warning:
                    views.Add(new WarningView(WarningText(warning, language)));
                    break;
                case Formula formula:
                    views.Add(FormulaOf(formula));
                    break;
                case TokensFigure tokens:
                    views.Add(TokensOf(stageId, tokens));
                    break;
                case Figure figure:
                    views.Add(new FiguresView([FigureOf(stageId, figure, IsSmallAlone(figure))], IsPair: false));
                    break;
                default:
                    throw new UnreachableException($"A card holds a {items[i].GetType().Name}.");
            }
        }
        return views;
    }

    // Several counts of nothing are one sentence.
    private IEnumerable<ItemView> FactsOf(IReadOnlyList<Fact> facts)
    {
        List<Fact> zeros = [.. facts.Where(fact => fact.Value is 0 or 0L or 0.0)];
        var told = zeros.Count > 1 || zeros.Count < facts.Count ? facts.Except(zeros).ToList() : facts;
        if (told.Count > 0)
            yield return new FactsView([.. told.Select(FactOf)]);
        if (told.Count < facts.Count)
            yield return new SentenceView(language.Phrase("zero_facts",
                ("names", string.Join(", ", zeros.Select(fact => language.Word(fact.Name))))));
    }

    /// <summary>The sentence of the manifest or the language file with the values in it; without one, the words one after the
    /// other.</summary>
    public static string WarningText(Warning warning, Language language)
    {
        var values = warning.Values.OrderBy(value => value.Key, StringComparer.Ordinal)
            .ToDictionary(value => value.Key, value => ValueText(value, language));
        var isOne = warning.Values.GetValueOrDefault("count") is 1 or 1L or 1.0;
        return (isOne && language.Warnings.TryGetValue(warning.Name + "_one", out var sentence))
            || language.Warnings.TryGetValue(warning.Name, out sentence)
            ? Language.Fill(sentence, values)
            : Language.Capitalized(language.Word(warning.Name)) + ": "
                + string.Join(", ", values.Select(value => $"{language.Word(value.Key)} {value.Value}"));
    }

    private static string ValueText(KeyValuePair<string, object> value, Language language) => value switch
    {
        { Key: "share", Value: double share } => language.Numbers.Percent(share),
        { Key: "split", Value: string split } => language.Word(split),
        _ => PageText.Short(language.Numbers.Of(value.Value)),
    };

    private bool IsSmallAlone(Figure item) => IsFewBars(item) || item is NetworkFigure || (isAnnex && item is LineFigure or IntervalFigure);

    /// <summary>Curves, and few bars: they do not gain by being wide.</summary>
    private static bool IsSmall(Figure item) => item is LineFigure || IsFewBars(item);

    private static bool IsFewBars(Figure item) => item is BarFigure bars && bars.Categories.Count * bars.Series.Count <= FewBars
        && bars.Categories.All(name => name.Length <= ShortName);

    private GridView GridOf(string stageId, Grid grid)
    {
        var (told, zeros, constants) = ConstantColumns.Without(grid);
        var table = TableView.Of(told, language);
        if (zeros.Count > 0)
            table = table.With(language.Phrase("zero_columns", ("columns", string.Join(", ", zeros.Select(WithinSentence)))));
        if (constants.Count > 0)
            table = table.With(language.Phrase("constant_columns", ("columns", string.Join(", ", constants.Select(constant =>
                $"{WithinSentence(constant.Column)}\u00A0=\u00A0{language.Numbers.Of(constant.Value, constant.Column.Format)}")))));
        var id = numbering.Id($"table-{stageId}", grid.Name);
        var begun = numbering.Beginning(stageId, grid.Name);
        GridView view = new(id, begun?.Number ?? numbering.NextTable(), Caption(stageId, grid, begun), table.Folded(), table.Note)
        {
            Answer = answers?.Find($"{stageId}.{grid.Name}"),
        };
        numbering.Place(stageId, grid.Name, new(id, IsFigure: false, view.Number, view.Caption));
        return view;
    }

    /// <summary>The words of rows and columns that are keys.</summary>
    private CardItem Named(CardItem item)
    {
        return item is HeatmapFigure map
            ? map with { Rows = In(map.RowAxis, map.Rows), Columns = In(map.ColumnAxis, map.Columns) } : item;

        IReadOnlyList<string> In(string axis, IReadOnlyList<string> names) =>
            language.Keys.Contains(axis) ? [.. names.Select(name => Language.Capitalized(language.Word(name)))] : names;
    }

    private string WithinSentence(GridColumn column) => column.IsData ? column.Name : language.Word(column.Name);

    private FormulaView FormulaOf(Formula formula)
    {
        var values = formula.Values.ToDictionary(value => value.Key, value => language.Numbers.Of(value.Value));
        return new(Language.Capitalized(language.Word(formula.Name)), formula.Lines, string.Join(' ', formula.Sentences.Select(
            sentence => Language.Fill(Language.Capitalized(language.Word(sentence)), values))));
    }

    private FactView FactOf(Fact fact) => new(
        Language.Capitalized(language.Word(fact.Name)), language.Numbers.Of(fact.Value, fact.Format),
        fact.Format == ValueFormat.Code);

    private string Caption(string stageId, CardItem item, PlacedItem? begun = null)
    {
        var caption = Language.Capitalized(language.Word(item.Name));
        return begun is not null ? language.Phrase("continued", ("caption", begun.Caption))
            : numbering.IsShared(item.Name) ? language.Phrase("caption_of_stage", ("caption", caption), ("stage", stageId))
            : caption;
    }

    private FigureView FigureOf(string stageId, Figure figure, bool narrow)
    {
        var id = numbering.Id($"figure-{stageId}", figure.Name);
        var grid = figure.ToGrid();
        var data = TableView.Of(grid, language);
        var description = language.Phrase("figure_description", ("rows", language.Numbers.Of(grid.Rows.Count)),
            ("columns", string.Join(", ", data.Columns.Select(column => column.Text))));
        var (caption, about) = (Caption(stageId, figure), AboutOf(figure));
        var frame = new DrawingFrame(
            id, about is null ? caption : caption + language.Phrase("colon") + about, description, language, narrow);
        var slimFrame = frame with { Id = $"{id}-slim", Description = "", Narrow = true };
        var slim = narrow || !IsRedrawn(figure) ? null : Slim(figure, slimFrame);
        FigureView view = new(id, numbering.NextFigure(), caption, Drawings.Of(figure, frame), data)
        {
            About = about,
            Answer = answers?.Find($"{stageId}.{figure.Name}"),
            SlimSvg = slim,
            IsTallWhenSlim = figure is BarFigure bars && BarDrawing.LiesDown(bars, slimFrame)
                && bars.Categories.Count * bars.Series.Count > MaxBarsBeside,
            // A network is as wide as its layers.
            MayScroll = slim is null && (!narrow || figure is NetworkFigure),
        };
        numbering.Place(stageId, figure.Name, new(id, IsFigure: true, view.Number, view.Caption));
        return view;
    }

    private static string? AboutOf(Figure figure) =>
        figure is HeatmapFigure { About: { } text } ? PageText.Cut(text.ReplaceLineEndings(" "), MaxAbout) : null;

    // A heatmap has the width of its cells; what is large is not sent twice.
    private static bool IsRedrawn(Figure figure) => figure is not HeatmapFigure;

    private static string? Slim(Figure figure, DrawingFrame frame) =>
        Drawings.Of(figure, frame with { HasHints = false }) is var drawing && drawing.Length <= MaxSlim ? drawing : null;

    private TokensView TokensOf(string stageId, TokensFigure figure)
    {
        var begun = numbering.Beginning(stageId, figure.Name);
        TokensView view = new(
            numbering.Id($"figure-{stageId}", figure.Name), begun?.Number ?? numbering.NextFigure(), Caption(stageId, figure, begun),
            [.. figure.Rows.Select(RowOf)])
        {
            HasLead = numbering.IsFirst(nameof(TokensView)),
            Answer = answers?.Find($"{stageId}.{figure.Name}"),
        };
        numbering.Place(stageId, figure.Name, new(view.Id, IsFigure: true, view.Number, view.Caption));
        return view;
    }

    /// <summary>A text with its words coloured.</summary>
    public TokensRowView RowOf(TokensRow row)
    {
        var most = row.Scores.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return new(
            PageText.Short(row.Text), row.Expected is { } expected ? PageText.Short(expected) : null, PageText.Short(row.Predicted),
            language.Numbers.Percent(row.Confidence),
            row.Expected is null ? null : row.Expected == row.Predicted, row.Explained is { } explained ? PageText.Short(explained) : null,
            row.Delta is { } delta ? language.Numbers.Of(delta) : null,
            row.Method is { } method ? Language.Capitalized(language.Word(method)) : null,
            [.. row.Tokens.Zip(row.Scores, (token, score) => TokenOf(PageText.Short(token), score, most)).Take(MaxTokens)]);
    }

    private TokenView TokenOf(string token, double score, double most)
    {
        var strength = most > 0 && double.IsFinite(score) ? Math.Abs(score) / most : 0;
        var sign = strength < FaintestToken ? "none" : score > 0 ? "for" : "against";
        return new(token, sign, (int)Math.Round(strength * 100), double.IsFinite(score) ? language.Numbers.Signed(score) : "–");
    }
}
