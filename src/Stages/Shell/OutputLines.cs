using System.Text;

namespace Pipelines.Stages.Shell;

/// <summary>
/// What a process writes, line by line while it writes. A progress bar's carriage return ends a line too; an endless line is cut.
/// </summary>
internal static class OutputLines
{
    private const int MaxLineLength = 10_000;

    public static async Task ReadAsync(TextReader reader, Action<string> line)
    {
        var buffer = new char[4096];
        StringBuilder current = new();
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            for (var i = 0; i < count; i++)
                if (buffer[i] is '\n' or '\r' || current.Length >= MaxLineLength)
                {
                    Take(buffer[i] is '\n' or '\r' ? "" : buffer[i].ToString());
                }
                else
                    current.Append(buffer[i]);
        Take("");

        void Take(string rest)
        {
            if (current.Length > 0)
                line(current.ToString());
            current.Clear().Append(rest);
        }
    }
}
