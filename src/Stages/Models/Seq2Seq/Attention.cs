namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>What a decoder sees of the text beside the encoder's last state.</summary>
public enum Attention
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// A mean of the encoder's outputs, read with each character and weighed by the state before it (Bahdanau, Cho, Bengio 2015).
    /// </summary>
    Bahdanau,

    /// <summary>
    /// A mean of the encoder's outputs, joined to the state after each character and weighed by it through a matrix (Luong, Pham, Manning
    /// 2015).
    /// </summary>
    LuongGeneral,

    /// <summary>The same, weighed by the bare product of state and output.</summary>
    LuongDot,
}
