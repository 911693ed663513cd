using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Train;
using TorchSharp;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Runs with nothing beside it: torch counts the tensors of the whole process.</summary>
[CollectionDefinition(nameof(TensorLifetimeTests), DisableParallelization = true)]
[Collection(nameof(TensorLifetimeTests))]
public sealed class TensorLifetimeTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task No_tensor_outlives_a_sequence_model()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var parameters = new TrainSeq2seq.Params(EncodedRows.Training(2, 0.001), Embedding: 8, Units: 9, Dropout: 0.1);
        await CheckAsync(async work =>
        {
            var trained = await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, work);
            await _run.RunAsync(new EvaluateSequence(), new EvaluateSequence.Params(), ("model", trained["model"]), ("rows", rows));
            await ExplainAsync(trained, rows);
        });
    }

    [Fact]
    public async Task No_tensor_outlives_a_classifier()
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var parameters = new TrainClassifier.Params(TrainClassifierTests.Deep, EncodedRows.Training(2, 0.001));
        await CheckAsync(async work =>
        {
            var trained = await _run.TrainAsync(new TrainClassifier(), parameters, rows, work);
            await _run.RunAsync(new EvaluateClasses(), new EvaluateClasses.Params(), ("model", trained["model"]), ("rows", rows));
            await ExplainAsync(trained, rows);
        });
    }

    private Task<ArtifactSet> ExplainAsync(ArtifactSet trained, Table rows) =>
        _run.RunAsync(new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(2), new()), ("model", trained["model"]),
            ("rows", rows));

    private static async Task CheckAsync(Func<string, Task> work)
    {
        await work("warm");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = torch.Tensor.TotalCount;
        await work("counted");
        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
