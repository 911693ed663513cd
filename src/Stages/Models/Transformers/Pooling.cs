namespace Pipelines.Stages.Models.Transformers;

/// <summary>How the hidden states of a text become one row.</summary>
public enum Pooling
{
    /// <summary>That of the first token.</summary>
    First,

    /// <summary>The mean of all real tokens.</summary>
    Mean,

    /// <summary>The first token through the network's own pooling layer.</summary>
    Pooler,
}
