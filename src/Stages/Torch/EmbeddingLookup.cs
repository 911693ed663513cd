using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>Rows of a table that take part in a batch: the leaf that gets their gradient.</summary>
internal sealed record EmbeddingLookup(Parameter Table, Tensor Index, Tensor Rows);
