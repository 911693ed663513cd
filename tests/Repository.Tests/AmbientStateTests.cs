using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

/// <summary>Clock, randomness, working folder and console come in as arguments, or a run could not be repeated or tested.</summary>
public sealed class AmbientStateTests
{
    /// <summary>What is not used, the only places that may, and what to use instead.</summary>
    public static TheoryData<string, string[], string> Symbols => new()
    {
        { @"DateTime(Offset)?\.(Now|UtcNow|Today)\b", [], "a TimeProvider" },
        { @"\bRandom\.Shared\b|\bnew Random\(\)", [], "SeededRandom" },
        { @"\bEnvironment\.CurrentDirectory\b|\bDirectory\.GetCurrentDirectory\b", ["src/Runner/Commands/"], "the project root" },
        { @"(?<![\w.])(System\.)?Console\.", ["src/Runner/Terminal/", "src/Runner/Program.cs"], "the Screen" },
    };

    [Theory]
    [MemberData(nameof(Symbols))]
    public void Ambient_state_is_used_in_its_place_only(string symbol, string[] places, string instead)
    {
        Regex used = new(symbol);

        var strangers = RepositoryFiles.In("src/Runner", ".cs").Concat(RepositoryFiles.In("src/Stages", ".cs"))
            .Where(path => !places.Any(place => path.StartsWith(place, StringComparison.Ordinal)) && used.IsMatch(SourceCode.Masked(RepositoryFiles.Read(path))))
            .ToArray();

        Assert.True(strangers.Length == 0, $"use {instead}: {string.Join(", ", strangers)}");
    }
}
