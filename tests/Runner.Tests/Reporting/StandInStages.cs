using System.Reflection;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>The kinds of the project; a kind that a build lacks is stood in for, so that plans of sample runs do not depend on it.</summary>
internal static class StandInStages
{
    public static IEnumerable<Type> WithRealOnes()
    {
        var real = typeof(IStage).Assembly.GetTypes().Where(type => type.GetCustomAttribute<StageAttribute>(inherit: false) is not null).ToList();
        var kinds = real.Select(KindOf).ToHashSet(StringComparer.Ordinal);
        return real.Concat(new[] { typeof(TrainSeq2seq), typeof(EvaluateSequence), typeof(PredictExamples), typeof(ExplainIntegratedGradients) }
            .Where(type => !kinds.Contains(KindOf(type))));
    }

    private static string KindOf(Type type) => type.GetCustomAttribute<StageAttribute>()!.Kind;

    [Stage("train/seq2seq")]
    internal sealed class TrainSeq2seq : Stage<TrainSeq2seq.Inputs, TrainSeq2seq.Params, TrainSeq2seq.Outputs>
    {
        public sealed record Inputs(Table Rows);

        public sealed record Params(int Embedding = 200, int Units = 150, int Batch = 512, int Epochs = 10, double Dropout = 0, double LearningRate = 1e-3);

        public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

        protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) => throw new NotSupportedException();
    }

    [Stage("evaluate/sequence")]
    internal sealed class EvaluateSequence : Stage<EvaluateSequence.Inputs, EvaluateSequence.Params, EvaluateSequence.Outputs>
    {
        public sealed record Inputs(Model Model, Table Rows);

        public sealed record Params(int Examples = 12);

        public sealed record Outputs(Metrics Metrics, Card Card);

        protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) => throw new NotSupportedException();
    }

    [Stage("predict/examples")]
    internal sealed class PredictExamples : Stage<PredictExamples.Inputs, PredictExamples.Params, PredictExamples.Outputs>
    {
        public sealed record Inputs(Model Model, Table Rows);

        public sealed record Params(int Count = 8);

        public sealed record Outputs(Card Card);

        protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) => throw new NotSupportedException();
    }

    [Stage("explain/integrated-gradients")]
    internal sealed class ExplainIntegratedGradients : Stage<ExplainIntegratedGradients.Inputs, ExplainIntegratedGradients.Params, ExplainIntegratedGradients.Outputs>
    {
        public sealed record Inputs(Model Model, Table Rows);

        public sealed record Params(int Texts = 12);

        public sealed record Outputs(Metrics Metrics, Card Card);

        protected override Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
