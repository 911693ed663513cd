using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>What every drawing needs to know.</summary>
/// <param name="Id">Unique in the document.</param>
/// <param name="Description">Empty: another drawing of the same has it.</param>
/// <param name="Narrow">Drawn beside another one.</param>
internal sealed record DrawingFrame(string Id, string Title, string Description, Language Language, bool Narrow = false)
{
    public const double FontSize = 12;

    /// <summary>That the theme expects of a drawing that says none.</summary>
    public const double FullWidth = 760;

    /// <summary>Half as high as wide: in a column of a printed page a higher one would be made smaller, and its words with it.</summary>
    public const double NarrowHeight = 210;

    /// <summary>A glance beside a sentence: lower, and without what the sentence says.</summary>
    public bool IsGlance { get; init; }

    /// <summary>Whether elements say more under a pointer: narrow screens are touched.</summary>
    public bool HasHints { get; init; } = true;

    public double Width => Narrow ? 410 : FullWidth;

    public NumberText Numbers => Language.Numbers;
}
