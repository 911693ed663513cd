namespace Pipelines.Tests.EndToEnd;

/// <summary>A matrix with real trainings: cells, the choice among them, and what is reused of them.</summary>
public sealed class SweepTests : IDisposable
{
    private const string Yaml = SmallProject.Preparing + """
          model:
            uses: train/seq2seq
            from: padded
            matrix: { units: [4, 8], seed: [1, 2] }
            seed: "${matrix.seed}"
            with: { embedding: 8, units: "${matrix.units}", batch: 16, epochs: 1 }
          scores: { uses: evaluate/sequence, from: { model: model, rows: padded } }
          comparison: { uses: compare/models, from: scores, with: { resamples: 100 } }
          best: { uses: select/best, from: model, with: { metric: validation.loss } }
          examples: { uses: predict/examples, from: { model: best, rows: padded }, with: { count: 2 } }
        """;

    private readonly SmallProject _project = new();

    public SweepTests() => _project.Write("sweep.yaml", Yaml.Replace("pipeline: small", "pipeline: sweep", StringComparison.Ordinal));

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Cells_share_what_is_before_them_and_another_value_runs_only_its_own()
    {
        var first = _project.Run("exec", "sweep.yaml");
        Assert.Equal(0, first.Code);
        Assert.StartsWith("15 stages: 15 ran", first.LastLine, StringComparison.Ordinal);
        Assert.Contains("units  validation.loss", first.Output, StringComparison.Ordinal);
        Assert.Contains("← chosen", first.Output, StringComparison.Ordinal);

        var wider = _project.Run("exec", "sweep.yaml", "--set", "stages.model.matrix.units=[4, 8, 16]");
        Assert.Equal(0, wider.Code);
        Assert.Matches("model@units=16,seed=1 +runs: never ran", wider.Output);
        Assert.Matches("model@units=4,seed=2 +reused", wider.Output);
        Assert.Matches("comparison +runs: ", wider.Output);

        Assert.StartsWith("15 stages: 15 reused", _project.Run("exec", "sweep.yaml").LastLine, StringComparison.Ordinal);
        Assert.Contains("Sweep", _project.Read("reports/sweep.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_can_be_run_shown_and_asked_for_by_name()
    {
        var run = _project.Run("exec", "sweep.yaml", "--only", "model@units=4,seed=2");
        Assert.Equal(0, run.Code);
        Assert.StartsWith("5 stages: 5 ran", run.LastLine, StringComparison.Ordinal);

        var shown = _project.Run("show", "sweep.yaml", "model@units=4,seed=2", "--port", "metrics");
        Assert.Contains("validation.loss", shown.Output, StringComparison.Ordinal);

        var unclear = _project.Run("show", "sweep.yaml", "model");
        Assert.Equal(2, unclear.Code);
        Assert.Contains("stage 'model' has 4 cells", unclear.Error, StringComparison.Ordinal);
        Assert.Contains("model@units=4,seed=1", unclear.Error, StringComparison.Ordinal);
    }
}
