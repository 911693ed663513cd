namespace Pipelines.Stages.Contracts;

/// <summary>
/// First words of the streams of <see cref="SeededRandom"/>, one a purpose, so that what one purpose draws never changes what another does.
/// A number that was given once is not given again: the same seed must go on giving the same results.
/// </summary>
internal static class RandomStreams
{
    public const ulong Weights = 1;
    public const ulong Dropout = 2;
    public const ulong BatchOrder = 3;
    public const ulong LimeSamples = 20;
    public const ulong ShapSamples = 21;
    public const ulong RandomAttributions = 22;
    public const ulong PredictedExamples = 4;
    public const ulong ExplainedTexts = 5;
    public const ulong CoordinateOrder = 0xC0;
    public const ulong WordMap = 6;
    public const ulong AugmentedTexts = 7;
    public const ulong SampledCharacters = 11;
    public const ulong MaskedTokens = 12;
    public const ulong BootstrapSamples = 0xB007;
}
