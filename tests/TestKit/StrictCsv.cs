using System.Text;

namespace Pipelines.TestKit;

/// <summary>A plain reader of RFC 4180, one character after the other, to compare others with. Empty lines are no rows.</summary>
public static class StrictCsv
{
    private enum State
    {
        FieldStart,
        Unquoted,
        Quoted,
        AfterQuote,
    }

    /// <param name="quote">Null: no field is quoted.</param>
    /// <returns>Null where the text breaks a rule: a quote in an unquoted field, text after a closing quote, a quote left open.</returns>
    public static List<List<string>>? Read(string text, string separator = ",", char? quote = '"')
    {
        List<List<string>> rows = [];
        List<string> row = [];
        StringBuilder field = new();
        var state = State.FieldStart;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (state == State.Quoted)
            {
                if (sign != quote)
                    field.Append(sign);
                else if (i + 1 < text.Length && text[i + 1] == quote)
                    field.Append(text[++i]);
                else
                    state = State.AfterQuote;
            }
            else if (string.CompareOrdinal(text, i, separator, 0, separator.Length) == 0)
            {
                EndField();
                i += separator.Length - 1;
            }
            else if (sign is '\r' or '\n')
            {
                if (sign == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                EndRow();
            }
            else if (state == State.AfterQuote || (sign == quote && state == State.Unquoted))
                return null;
            else if (sign == quote)
                state = State.Quoted;
            else
            {
                field.Append(sign);
                state = State.Unquoted;
            }
        }
        if (state == State.Quoted)
            return null;
        EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
            state = State.FieldStart;
        }

        void EndRow()
        {
            if (row.Count == 0 && state == State.FieldStart)
                return;
            EndField();
            rows.Add(row);
            row = [];
        }
    }
}
