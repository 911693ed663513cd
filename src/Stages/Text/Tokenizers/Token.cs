namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>One token of a text as a reader sees it, and the number a model sees.</summary>
/// <param name="Known">False where <paramref name="Id"/> only says "a token outside the vocabulary".</param>
public readonly record struct Token(string Text, int Id, bool Known = true);
