using Pipelines.Runner.Reporting.Answers;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>All that the template prints: texts in the language of the report, not yet escaped; members named <c>…Svg</c> and <c>…Html</c>
/// are markup.</summary>
/// <param name="Verdict">Sentences of one paragraph.</param>
/// <param name="Problems">Failed stages and missed expectations.</param>
/// <param name="Badge">Null when nothing is expected.</param>
/// <param name="Text">Phrases of the language file, by name.</param>
internal sealed record ReportModel(
    string Language, string Title, IReadOnlyList<string> Authors, string? Course, string? Date, IReadOnlyList<string> Verdict,
    IReadOnlyList<KeyNumber> KeyNumbers, IReadOnlyList<string> Problems, IReadOnlyList<ExpectationView> Expectations, BadgeView? Badge,
    IReadOnlyList<SectionView> Sections, IReadOnlyDictionary<string, string> Text)
{
    public string? University { get; init; }

    /// <summary>What <c>verify</c> reads: file, fingerprints, numbers, as JSON.</summary>
    public string Record { get; init; } = "";

    /// <summary>Who the report is handed to.</summary>
    public string? Attention { get; init; }

    /// <summary>What the experiment is about, where the heading is its question.</summary>
    public string? Subject { get; init; }

    /// <summary>Null where nothing was evaluated and nothing asked.</summary>
    public HeadlineView? Headline { get; init; }

    public IReadOnlyList<FindingView> Findings { get; init; } = [];

    /// <summary>Of which training they are where the score is the mean of several; null: there is one.</summary>
    public string? FindingsNote { get; init; }

    /// <summary>What keeps the numbers from saying more than they do.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>What the command line changed in the file; null: nothing.</summary>
    public string? Overrides { get; init; }

    /// <summary>That stages failed; null: none did.</summary>
    public string? Incomplete { get; init; }

    /// <summary>Null where all results are up to date.</summary>
    public StaleView? Stale { get; init; }
}

/// <summary>The answer, on one line with its baseline.</summary>
/// <param name="Lead">The share in words; null where it has none.</param>
/// <param name="Answer">Null where nothing was evaluated.</param>
/// <param name="Baseline">What is had without a model; null where it was not measured.</param>
/// <param name="But">What has to be added.</param>
/// <param name="Svg">The score on a line; null where it is no share.</param>
internal sealed record HeadlineView(
    string? Lead, string? Answer, string? Baseline, string? But, string? Svg, HypothesisView? Hypothesis);

/// <param name="Outcome">Null where only a reader can decide.</param>
/// <param name="Measured">The numbers that contradict it; null: none does.</param>
internal sealed record HypothesisView(string Text, string? Outcome, string? Measured);

/// <summary>Something that was found.</summary>
/// <param name="Svg">Its figure; null where it has a table.</param>
/// <param name="See">Where the report says more.</param>
/// <param name="Try">What to write behind the command to try something else.</param>
internal sealed record FindingView(string Id, string Title, string Text, string? Svg, TableView? Table, SeeView? See, string? Try);

/// <summary>A link to a place of the report.</summary>
internal sealed record SeeView(string Href, string Text);

/// <summary>A number large enough to be seen from afar, with its confidence interval where there is one.</summary>
internal sealed record KeyNumber(string Label, string Value, string? Interval, string Svg, string Origin);

internal sealed record ExpectationView(string Metric, string Value, string Bound, bool Met);

/// <summary>Whether all expectations are met, to be seen first.</summary>
internal sealed record BadgeView(bool Met, string Text);

/// <summary>A chapter.</summary>
/// <param name="Template">The file that prints it, from the folder of the templates.</param>
internal abstract record SectionView(string Id, string Title, string Template)
{
    /// <summary>What the authors say to it; null: nothing.</summary>
    public AnswerSlot? Answer { get; init; }

    /// <summary>Whether it is for looking up and not for reading: numbered A.1, A.2 …</summary>
    public bool IsAnnex { get; init; }
}

/// <summary>A chapter about one question, told by the stages that answer it.</summary>
internal sealed record StagesSectionView(string Id, string Title, IReadOnlyList<StageBlock> Blocks)
    : SectionView(Id, Title, "sections/stages");

/// <summary>The questions with the authors' answers, and text of their own.</summary>
/// <param name="Free">Null where all that they wrote stands elsewhere.</param>
/// <param name="Open">How many questions have no answer; null: none.</param>
internal sealed record AnswersView(string Id, string Title, AnswerSlot? Free, IReadOnlyList<QuestionView> Questions, string? Open)
    : SectionView(Id, Title, "sections/answers");

/// <param name="Answer">Null: there is none yet.</param>
internal sealed record QuestionView(string Id, string Text, AnswerSlot? Answer);

/// <summary>Every stage as it was set up.</summary>
internal sealed record SettingsView(string Id, string Title, IReadOnlyList<StageView> Stages) : SectionView(Id, Title, "sections/settings");

/// <summary>What differs from run to run and from machine to machine; the only part of a report that does.</summary>
/// <param name="Timeline">Null when nothing was executed.</param>
internal sealed record RunSectionView(
    string Id, string Title, FigureView Graph, FigureView? Timeline, IReadOnlyList<StageTime> Stages, string Summary,
    IReadOnlyList<FactView> Environment)
    : SectionView(Id, Title, "sections/run");

/// <summary>How to run it again, what words mean, and the pipeline file.</summary>
internal sealed record AnnexView(string Id, string Title, string Rerun, IReadOnlyList<GlossaryEntry> Glossary, string Yaml)
    : SectionView(Id, Title, "sections/annex");

/// <param name="Lead">What a stage of this kind does, in one sentence.</param>
internal sealed record StageBlock(string Slug, string Title, string StageId, string? Lead, IReadOnlyList<ItemView> Items)
{
    /// <summary>Another cell of a stage that is told in full: shown when asked for.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Whether something of it is wider than a column of the printed page: then all of it stands across both.</summary>
    public bool IsAcross => Items.Any(item =>
        item is GridView { IsAcross: true } or FiguresView { Figures: [{ IsTallWhenSlim: true, SlimSvg: not null }, ..] });

    /// <summary>Set where the results are those of an earlier run.</summary>
    public string? Stale { get; init; }

    /// <summary>The place of the annex where it goes on; null: this is all.</summary>
    public string? More { get; init; }
}

/// <summary>That results are not up to date: in two words, and in a sentence.</summary>
internal sealed record StaleView(string Badge, string Text);

/// <param name="Kind">What the template makes of it: <c>facts</c>, <c>table</c>, <c>figures</c>, <c>tokens</c>, <c>warning</c>.</param>
internal abstract record ItemView(string Kind);

internal sealed record FactsView(IReadOnlyList<FactView> Facts) : ItemView("facts");

internal sealed record FactView(string Name, string Value, bool IsCode);

/// <param name="Tables">The one table, or its parts side by side.</param>
internal sealed record GridView(string Id, int Number, string Caption, IReadOnlyList<TableView> Tables, string? Note) : ItemView("table")
{
    /// <summary>Whether it is wider than a column of the printed page: then it stands across both.</summary>
    public bool IsAcross { get; } = TableView.AreWide(Tables);

    public AnswerSlot? Answer { get; init; }
}

/// <summary>One figure, or two small ones side by side.</summary>
internal sealed record FiguresView(IReadOnlyList<FigureView> Figures, bool IsPair) : ItemView("figures");

internal sealed record FigureView(string Id, int Number, string Caption, string Svg, TableView Data)
{
    /// <summary>The beginning of the one text that it is drawn of, which stands behind the caption; null: it is of no single one.</summary>
    public string? About { get; init; }

    /// <summary>Drawn again for narrow screens; null: there is only one drawing.</summary>
    public string? SlimSvg { get; init; }

    /// <summary>Whether that one is taller than wide, its bars being under one another.</summary>
    public bool IsTallWhenSlim { get; init; }

    /// <summary>Whether it is wider than a screen on which it is shown: then it is moved sideways, and a keyboard must reach it.</summary>
    public bool MayScroll { get; init; } = true;

    public AnswerSlot? Answer { get; init; }
}

internal sealed record TokensView(string Id, int Number, string Caption, IReadOnlyList<TokensRowView> Rows)
    : ItemView("tokens")
{
    /// <summary>Whether it says how its colours are read: the first one does.</summary>
    public bool HasLead { get; init; }

    public AnswerSlot? Answer { get; init; }
}

internal sealed record TokensRowView(
    string Text, string? Expected, string Predicted, string Confidence, bool? IsRight, string? Explained, string? Delta,
    string? Method, IReadOnlyList<TokenView> Tokens);

/// <param name="Weight">0 to 100: how strong the colour is.</param>
/// <param name="Spoken">For screen readers: the score with its sign.</param>
internal sealed record TokenView(string Text, string Sign, int Weight, string Spoken);

/// <summary>What is said in the place of a table with nothing in it.</summary>
internal sealed record SentenceView(string Text) : ItemView("sentence");

/// <param name="Text">What it says in words.</param>
internal sealed record FormulaView(string Name, IReadOnlyList<string> Lines, string Text) : ItemView("formula");

/// <summary>All warnings of a report, before anything is read that they weaken.</summary>
internal sealed record AlertsView(IReadOnlyList<AlertView> Alerts) : ItemView("alerts");

/// <param name="Title">The part of the report that has more to say.</param>
internal sealed record AlertView(string Title, string Text, Func<string> Anchor)
{
    /// <summary>Known once all chapters are made.</summary>
    public string Href => Anchor();
}

internal sealed record WarningView(string Text) : ItemView("warning");

/// <summary>A stage of the pipeline with all that was chosen for it.</summary>
internal sealed record StageView(
    string Slug, string Id, string Kind, string Title, string Fingerprint, IReadOnlyList<string> From, IReadOnlyList<ParameterView> Changed,
    IReadOnlyList<ParameterView> Kept, IReadOnlyList<string> Warnings);

internal sealed record ParameterView(string Name, string Value, string? Default, string? Meaning);

internal sealed record GlossaryEntry(string Term, string Meaning);

/// <param name="Share">0 to 100 of the longest stage.</param>
/// <param name="Memory">The most the process held, and how much that was more than before.</param>
internal sealed record StageTime(
    string Id, string State, string StateWord, string Time, string Memory, int Share, string? Message);
