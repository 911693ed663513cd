using CsvHelper;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>A row whose quotes break the rules of RFC 4180, in words: what is wrong, and on which line the quote was opened.</summary>
/// <param name="reader">On the row.</param>
internal sealed class MalformedRow(CsvReader reader, CsvMalformedRecord malformed)
{
    private const string Ordinary = "where quotes are ordinary signs, write quoted: false";

    /// <param name="row">E.g. <c>row 2</c>.</param>
    public StageException In(CsvSource source, string row)
    {
        var problem = (int)(malformed.ByteOffset - reader.ByteOffset);
        var opened = LineAt(FieldOf(problem));
        return malformed.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => source.Wrong(
                $"{row} (line {opened})", "a quote that is never closed", $"close it, or double it if it belongs to the text; {Ordinary}"),
            CsvMalformedReason.TextAfterClosingQuote => source.Wrong(
                $"{row} (line {LineAt(problem)})", $"text after a closing quote; the quote was opened on line {opened}",
                $"double the quotes inside a quoted text; {Ordinary}"),
            _ => source.Wrong(
                $"{row} (line {LineAt(problem)})", "a quote inside a field that does not begin with one",
                $"put the whole field in quotes and double those inside it; {Ordinary}"),
        };
    }

    private long LineAt(int offset)
    {
        var before = reader.RawRecord[..Math.Clamp(offset, 0, reader.RawRecord.Length)];
        return reader.LineNumber + before.Count((byte)'\n') + before.Count((byte)'\r') - before.Count("\r\n"u8);
    }

    // The start of the field that holds the place.
    private int FieldOf(int offset)
    {
        var start = 0;
        for (var field = 0; field < reader.FieldCount; field++)
        {
            var end = start + reader.GetRawSpan(field).Length;
            if (offset <= end)
                break;
            start = end + 1;
        }
        return start;
    }
}
