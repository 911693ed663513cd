namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Knows the base form of single words; used by one thread at a time.</summary>
internal interface ILemmaSource
{
    /// <summary>The base form, or null where the word is not known.</summary>
    string? Find(string word);
}
