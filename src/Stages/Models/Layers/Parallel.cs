using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>Several branches that read the same values; what they give is put side by side.</summary>
    public sealed record Parallel(IReadOnlyList<IReadOnlyList<Layer>> Branches) : Layer
    {
        internal override bool? ReadsSteps =>
            Branches.Select(branch => branch.Select(layer => layer.ReadsSteps).FirstOrDefault(reads => reads is not null)) is var reads
            && reads.Any(steps => steps == true) ? true : null;

        internal override LayerShape ShapeAt(LayerSite site)
        {
            if (Branches.Count == 0 || site.IsLast)
                throw site.Wrong(
                    "Branches are joined by a layer after them.", "Write `parallel: [[conv1d: …, max-pool], [lstm: …]]` before it.");
            var shapes = Branches.Select((branch, i) => ShapeOf(branch, i, site)).ToList();
            foreach (var (shape, i) in shapes.Select((shape, i) => (shape, i)).Skip(1))
                if (shape.HasSteps != shapes[0].HasSteps)
                    throw Unlike(site, i, shape.HasSteps
                        ? "gives values of every word, and others one row a text" : "gives one row a text, and others values of every word",
                        "End all branches with pooling, or none.");
                else if (shape.HasSteps && StepsLost(i) != StepsLost(0))
                    throw Unlike(site, i, "loses another number of words at the ends than the first",
                        "Write `padding: same` in the convolutions, or end all branches with pooling.");
            var size = shapes.TrueForAll(shape => shape.Size is not null) ? shapes.Sum(shape => shape.Size!.Value) : (int?)null;
            return shapes[0] with { Size = size };
        }

        internal override WeightCount? WeightsAt(LayerSite site) => Branches
            .SelectMany((branch, i) => Sites(branch, i, site)).Aggregate((WeightCount?)new WeightCount(0), (sum, inner) =>
                sum + inner.Layer.WeightsAt(inner));

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            var branches = Branches.Select((branch, i) => LayerStack.Build(Sites(branch, i, site), weights)).ToList();
            return (input, masks) =>
            {
                // The steps are spread once for all branches.
                var values = input is SequenceOutput steps ? steps.Spread() : input;
                var outputs = branches.Select(branch => branch(values, masks)).ToList();
                var joined = cat([.. outputs.Select(output => output is SequenceOutput own ? own.Spread().Values : output.Values)], 1);
                return outputs[0] is SequenceOutput first ? new SequenceOutput(joined, first.Layout) : new PooledOutput(joined);
            };
        }

        /// <summary>The sites of one branch.</summary>
        internal IEnumerable<LayerSite> SitesOf(int branch, LayerSite site) => Sites(Branches[branch], branch, site);

        private static LayerShape ShapeOf(IReadOnlyList<Layer> branch, int number, LayerSite site)
        {
            var shape = site.Input;
            foreach (var inner in Sites(branch, number, site))
                shape = LayerStack.ShapeAt(inner);
            return shape;
        }

        // Steps are lost by whole windows alone, whatever the length of a text.
        private int StepsLost(int branch) => Branches[branch].OfType<Conv1d>()
            .Where(convolution => convolution.Padding == ConvolutionPadding.Valid).Sum(convolution => convolution.Kernel - 1);

        private static IEnumerable<LayerSite> Sites(IReadOnlyList<Layer> branch, int number, LayerSite site) =>
            LayerStack.InBranch(branch, $"{site.Path}.{site.Index}.parallel.branches.{number}", $"{site.Name}.{number}.", site);

        private static Contracts.StageException Unlike(LayerSite site, int branch, string what, string help) =>
            new($"Branch {branch + 1} {what}.")
            {
                Help = help,
                Parameter = $"{site.Path}.{site.Index}.parallel.branches.{branch}",
            };
    }
}
