using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>How numbers that are read beside each other are written.</summary>
/// <param name="More">Decimals beyond those of the format.</param>
internal readonly record struct NumberStyle(ValueFormat Format, int More);
