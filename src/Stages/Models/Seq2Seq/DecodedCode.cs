namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>A code as it was written.</summary>
/// <param name="Characters">Ids, without start and end.</param>
/// <param name="Ended">False: the longest length was reached first.</param>
/// <param name="Confidence">Product of the probabilities of its characters, the end included.</param>
internal sealed record DecodedCode(int[] Characters, bool Ended, double Confidence);
