namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Which ids a model gets for the pieces of a SentencePiece file.</summary>
public enum SentencePieceLayout
{
    /// <summary>Those of the file.</summary>
    Plain,

    /// <summary>Those of CamemBERT: four tokens in front, so <c>&lt;pad&gt;</c> 1, <c>&lt;unk&gt;</c> 3, <c>&lt;s&gt;</c> 5,
    /// <c>&lt;/s&gt;</c> 6.</summary>
    Camembert,
}
