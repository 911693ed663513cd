using Pipelines.Runner.Execution;
using Pipelines.Runner.Terminal;

namespace Pipelines.Tests.Runner.Terminal;

/// <summary>Which files grow while a training goes on; what is in them is read by the tests of export/tensorboard.</summary>
public sealed class TensorBoardViewTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curves-").FullName;
    private readonly StringWriter _shown = new();
    private readonly SetTime _time = new();

    public void Dispose()
    {
        _shown.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_training_has_a_folder_of_its_own_that_grows_with_every_epoch()
    {
        using TensorBoardView view = new(new PlainRunView(_shown), _folder, _time);
        view.Report(new RunEvent.RunStarted("p", ["a", "model@dropout=0.1"]) { Run = "today" });
        view.Report(new RunEvent.StageAdvanced("a", new(1, 2, "rows")));
        view.Report(Epoch(10, 0.5));
        var file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        var before = new FileInfo(file).Length;
        view.Report(Epoch(20, 0.25));

        Assert.StartsWith("model_dropout_0.1-", Path.GetFileName(Path.GetDirectoryName(file))!, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_folder, "today"), Path.GetDirectoryName(Path.GetDirectoryName(file)));
        // Two measures: a record each, with a header of 12 bytes and 4 behind it.
        Assert.InRange(new FileInfo(file).Length - before, 2 * 16, 200);
    }

    [Fact]
    public void Batches_that_come_fast_are_thinned_out()
    {
        using TensorBoardView view = new(new PlainRunView(_shown), _folder, _time);
        for (var step = 1; step <= 1000; step++)
            view.Report(Batch(step));
        var held = Bytes();
        _time.Now = TimeSpan.FromSeconds(1);
        view.Report(Batch(1001));

        Assert.InRange(held, 1, 200);
        Assert.InRange(Bytes() - held, 1, 200);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_the_curves_and_not_the_run()
    {
        using TensorBoardView view = new(new PlainRunView(_shown), "/dev/null/curves", _time);
        view.Report(Epoch(1, 1));
        view.Report(new RunEvent.StageFinished("a", new StageOutcome.Skipped(null), null));

        Assert.StartsWith("TensorBoard sees nothing of this run any further: ", view.Lost, StringComparison.Ordinal);
        Assert.Contains("a  skipped", _shown.ToString(), StringComparison.Ordinal);
    }

    private long Bytes() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private static RunEvent.StageAdvanced Batch(long step) => new RunEvent.StageAdvanced(
        "m", new(step, 2000, "rows", new Dictionary<string, double> { ["loss"] = 1 }) { Step = step });

    private static RunEvent.StageAdvanced Epoch(long step, double loss) => new RunEvent.StageAdvanced("model@dropout=0.1", new(1, 2, "rows")
    {
        Step = step,
        Measured = new Dictionary<string, double> { ["train.loss"] = loss, ["validation.loss"] = loss },
    });

    private sealed class SetTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
