using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>All metrics of a run in one file, for other programs: stage → metric → value.</summary>
internal static class RunMetrics
{
    public static byte[] ToBytes(RunRecord record) => JsonWriting.ToBytes(json =>
    {
        foreach (var stage in record.Stages)
        {
            var all = (stage.Outcome.Results?.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>().ToList();
            if (all.Count == 0)
                continue;
            json.WriteStartObject(stage.Id);
            foreach (var name in all.SelectMany(metrics => metrics.Values.Keys).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal))
                json.WriteNumberOrWord(name, all.First(metrics => metrics.Values.ContainsKey(name)).Values[name]);
            json.WriteEndObject();
        }
    });
}
