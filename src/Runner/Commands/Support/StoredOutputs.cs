using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Commands;

/// <summary>Committed outputs of stages of a pipeline, found without running anything.</summary>
internal static class StoredOutputs
{
    /// <exception cref="UsageException">There is no such stage, or it has no result yet.</exception>
    public static ArtifactSet Of(OpenedPipeline opened, RunOptions options, string id)
    {
        id = One(opened.Plan, id).Id;
        var forecast = Preview.Of(opened.Plan, options with { Only = new HashSet<string> { id } }, opened.Storage)
            .First(stage => stage.Id == id).Forecast;
        return forecast is StageForecast.Reused reused
            ? reused.Outputs
            : throw new UsageException(
                $"stage '{id}' has no result that is up to date", $"run it first: ./runner exec {opened.Plan.Source.Path} --only {id}");
    }

    /// <summary>The loaded model of a stage.</summary>
    /// <param name="model">Null: of the last one of the pipeline that makes one for labels.</param>
    public static Predictor Predictor(OpenedPipeline opened, RunOptions options, string? model)
    {
        var stage = StageWithModel(opened, model);
        var artifact = Of(opened, options, stage.Id).ByPort.Values.SelectMany(artifacts => artifacts).OfType<Model>().First();
        StoredArtifacts.Check(opened.Storage.Artifacts, [artifact]);
        return Stages.Models.Prediction.Predictor.Load(artifact, new(options.Device, options.Threads));
    }

    private static PlannedStage One(Plan plan, string name) => new StageNames(plan).Find(name).ToArray() switch
    {
        [var only] => only,
        var cells => throw new UsageException(
            $"stage '{name}' has {cells.Length} cells", $"name one: {string.Join(", ", cells.Take(10).Select(cell => cell.Id))}"),
    };

    /// <summary>The stage whose model to use: the one named, or the last of the pipeline that makes one for labels.</summary>
    public static PlannedStage StageWithModel(OpenedPipeline opened, string? id)
    {
        var stages = opened.Plan.Stages.Where(stage => stage.Spec.Outputs.Any(port => port.PredictsLabels)).ToArray();
        if (stages.Length == 0)
            throw new UsageException("no stage of the pipeline makes a model that predicts labels");
        return id is null
            ? stages[^1]
            : stages.FirstOrDefault(stage => stage.Id == id || stage.Base == id)
                ?? throw new UsageException(
                    $"no stage '{id}' makes a model that predicts labels",
                    Nearest.Help(id, [.. stages.Select(stage => stage.Id)], "stages with such a model"));
    }
}
