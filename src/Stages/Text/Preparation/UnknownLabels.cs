using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>What becomes of a label that the fitted rows do not have.</summary>
public enum UnknownLabels
{
    /// <summary>The stage stops and names the rows.</summary>
    Error,

    /// <summary>It belongs to one further class.</summary>
    Class,
}

internal static class UnknownClass
{
    /// <summary>The name of the further class; null where there is none.</summary>
    /// <exception cref="StageException">A label is called so: nobody could tell a right answer from none.</exception>
    public static string? NameOf(UnknownLabels unknown, string name, ClassCounts counts)
    {
        if (unknown != UnknownLabels.Class)
            return null;
        if (counts.Splits.Any(split => split.Value.ContainsKey(name)))
            throw new StageException($"A label is called '{name}', which is the name of the class of unknown labels.")
            {
                Help = "Give that class another name with unknown_name.",
                Parameter = "unknown_name",
            };
        return name;
    }
}
