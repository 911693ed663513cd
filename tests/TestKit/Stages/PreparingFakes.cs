using Pipelines.Stages.Contracts;

namespace Pipelines.TestKit.Stages;

public enum Delimiter
{
    Comma,
    Tab,
    VerticalBar,
}

[Stage("load/fake", Version = 3)]
public sealed class LoadFake : Stage<NoInputs, LoadFake.Params, LoadFake.Outputs>
{
    /// <param name="Types">Of columns by name.</param>
    public sealed record Params(
        InputFile Train, string Text, InputFile? Test = null, string? Label = null, bool Header = true,
        Delimiter Delimiter = Delimiter.Comma,
        Delimiter? Inner = Delimiter.Tab, IReadOnlyList<string>? Columns = null, IReadOnlyDictionary<string, string>? Types = null,
        long Limit = 9_000_000_000);

    public sealed record Outputs(Table Rows, Card Card);

    protected override Task<Outputs> RunAsync(NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}

[Stage("split/fake")]
public sealed class SplitFake : Stage<SplitFake.Inputs, SplitFake.Params, SplitFake.Outputs>
{
    public sealed record Inputs(Table Rows);

    public sealed record Params(double Test = 0.2);

    public sealed record Outputs(Table Train, Table Test);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}

[Stage("tokenize/fake")]
public sealed class TokenizeFake : Stage<TokenizeFake.Inputs, TokenizeFake.Params, TokenizeFake.Outputs>
{
    public sealed record Inputs([Reads("{text}", "label?")] Table Rows);

    public sealed record Params(string Text = "text", string Unknown = "<unk>", int? Length = null, [NotInFingerprint] int Threads = 1);

    public sealed record Outputs(Table Rows, Card Card);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}

/// <summary>Takes nothing and has nothing to set.</summary>
[Stage("note")]
public sealed class Note : Stage<NoInputs, Note.Params, Note.Outputs>
{
    public sealed record Params;

    public sealed record Outputs(Card Card);

    protected override Task<Outputs> RunAsync(NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}
