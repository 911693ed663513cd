using Pipelines.Stages.Contracts;

namespace Pipelines.TestKit.Stages;

public abstract record Layer
{
    public sealed record Embedding(int Size = 100, bool Trainable = true) : Layer;

    public sealed record Dropout(double Rate) : Layer;

    public sealed record Lstm(int Units, bool Bidirectional = false) : Layer;

    public sealed record AveragePool : Layer;
}

public sealed record Schedule(double Rate, int? Warmup = null)
{
    public double Rate { get; } = Rate <= 1
        ? Rate
        : throw new StageException("A rate above 1 never converges.") { Parameter = "rate", Help = "try 0.001" };
}

[Stage("train/fake", Uses = Uses.Seed | Uses.Torch)]
public sealed class TrainFake : Stage<TrainFake.Inputs, TrainFake.Params, TrainFake.Outputs>
{
    public sealed record Inputs(Table Rows, Table? Extra);

    public sealed record Params(
        int Epochs, double Dropout = 0.1, float Rate = 0.001f, IReadOnlyList<Layer>? Layers = null, Schedule? Schedule = null,
        IReadOnlyList<double>? Weights = null, string Device = "cpu", Layer? Head = null, [NotInFingerprint] Schedule? Logging = null,
        int? StopAfter = null)
    {
        public int? StopAfter { get; init; } = StopAfter is null || StopAfter < Epochs
            ? StopAfter
            : throw new StageException("It has ended by then.") { Parameter = "stop_after" };
    }

    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}

[Stage("evaluate/fake")]
public sealed class EvaluateFake : Stage<EvaluateFake.Inputs, EvaluateFake.Params, EvaluateFake.Outputs>
{
    public sealed record Inputs(Model Model, Table Rows);

    public sealed record Params(IReadOnlyList<Delimiter?>? Splits = null);

    public sealed record Outputs(Metrics Metrics, Card Card);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}

[Stage("select/best")]
public sealed class SelectBest : Stage<SelectBest.Inputs, SelectBest.Params, SelectBest.Outputs>
{
    public sealed record Inputs(IReadOnlyList<Model> Models, [PairedWith("models")] IReadOnlyList<Metrics> Metrics);

    public sealed record Params(string Metric, [RepetitionsOf("models")] IReadOnlyList<int>? Repetitions = null);

    public sealed record Outputs(Model Model);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}

[Stage("compare/fake")]
public sealed class CompareFake : Stage<CompareFake.Inputs, CompareFake.Params, CompareFake.Outputs>
{
    public sealed record Inputs(IReadOnlyList<Metrics> Runs, IReadOnlyList<Table>? Rows);

    public sealed record Params;

    public sealed record Outputs(Card Card);

    protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
        throw FakeStages.NotRun;
}
