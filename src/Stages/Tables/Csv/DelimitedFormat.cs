namespace Pipelines.Stages.Tables.Csv;

/// <summary>How a text file holds rows.</summary>
/// <param name="Separator">One or more characters between fields.</param>
/// <param name="Quoted">Fields may stand in double quotes, which then may hold separators and line ends.</param>
/// <param name="Header">The first row names the columns; otherwise <paramref name="Columns"/> does.</param>
/// <param name="SplitLast">A separator inside the first field belongs to the text: only the last ones separate.</param>
internal sealed record DelimitedFormat(string Separator, bool Quoted, bool Header, IReadOnlyList<string> Columns, bool SplitLast, string Encoding);
