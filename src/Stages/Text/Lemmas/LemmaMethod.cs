namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Where base forms come from.</summary>
public enum LemmaMethod
{
    /// <summary>A dictionary with affix rules: real words, unknown ones stay as they are.</summary>
    Hunspell,

    /// <summary>Rules alone: stems, for every word.</summary>
    Snowball,
}

public enum LemmaLanguage
{
    Fr,
    En,
}
