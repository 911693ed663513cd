using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>All metrics of a run in one file, for other programs: stage → metric → value.</summary>
internal static class RunMetrics
{
    public static byte[] ToBytes(RunRecord record) => JsonText.Of(json =>
    {
        foreach (var stage in record.Stages)
        {
            var values = (stage.Outcome.Results?.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>().SelectMany(metrics => metrics.Values)
                .DistinctBy(item => item.Key).OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
            if (values.Count == 0)
                continue;
            json.WriteStartObject(stage.Id);
            foreach (var (name, value) in values)
                json.WriteNumberOrWord(name, value);
            json.WriteEndObject();
        }
    });
}
