using System.Text.Json.Serialization;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>One layer of a classifier, as written in a pipeline file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "layer")]
[JsonDerivedType(typeof(Embedding), "embedding")]
[JsonDerivedType(typeof(Dropout), "dropout")]
[JsonDerivedType(typeof(Lstm), "lstm")]
[JsonDerivedType(typeof(Conv1d), "conv1d")]
[JsonDerivedType(typeof(MaxPool), "max-pool")]
[JsonDerivedType(typeof(AveragePool), "average-pool")]
[JsonDerivedType(typeof(Last), "last")]
[JsonDerivedType(typeof(Dense), "dense")]
public abstract record Layer
{
    /// <summary>A vector a word.</summary>
    public sealed record Embedding(int Size, bool Trainable = true, EmbeddingInitializer Start = EmbeddingInitializer.Uniform) : Layer;

    /// <summary>Sets a share of the values to zero while training.</summary>
    public sealed record Dropout(double Rate) : Layer;

    /// <summary>Reads the words in order.</summary>
    /// <param name="ReturnSequences">Outputs of every step; null: where the next layer reads steps.</param>
    /// <param name="InputDropout">Share of the inputs set to zero while training, the same at every step of a text.</param>
    /// <param name="RecurrentDropout">Share of the state set to zero while training, the same at every step of a text.</param>
    public sealed record Lstm(
        int Units, bool Bidirectional = false, bool? ReturnSequences = null, double InputDropout = 0, double RecurrentDropout = 0) : Layer;

    /// <summary>Looks at windows of neighbouring steps.</summary>
    public sealed record Conv1d(
        int Filters, int Kernel = 3, Activation Activation = Activation.Linear, ConvolutionPadding Padding = ConvolutionPadding.Valid) : Layer;

    /// <summary>The largest value over the steps.</summary>
    public sealed record MaxPool : Layer;

    /// <summary>The mean over the steps.</summary>
    public sealed record AveragePool : Layer;

    /// <summary>The last step.</summary>
    public sealed record Last : Layer;

    /// <summary>Weighted sums of all values.</summary>
    /// <param name="Units">Null in the last layer: as many as there are classes.</param>
    public sealed record Dense(Activation Activation = Activation.Softmax, int? Units = null) : Layer;
}

public enum Activation
{
    Linear,
    Relu,
    Tanh,
    Sigmoid,
    Softmax,
}

/// <summary>What a convolution does at the ends of a text.</summary>
public enum ConvolutionPadding
{
    /// <summary>Only whole windows count; a shorter text makes one window.</summary>
    Valid,

    /// <summary>As many outputs as inputs, with zeros beyond the ends.</summary>
    Same,
}
