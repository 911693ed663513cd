using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>Rows of an embedding that take part in a batch: the leaf that gets their gradient.</summary>
internal sealed record EmbeddingLookup(Parameter Weights, Tensor Index, Tensor Rows);
