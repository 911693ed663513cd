using System.Text;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Terminal;

/// <summary>
/// A terminal that obeys nobody: labels, tokens and names of a stranger's data may hold signs that colour it, retitle it, or turn lines
/// around. Only line ends and tabs go through.
/// </summary>
internal sealed class SafeWriter(TextWriter terminal) : TextWriter(terminal.FormatProvider)
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => terminal.Write(Safe(value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        foreach (var character in buffer)
            if (Safe(character) != character)
            {
                terminal.Write(string.Concat(buffer.ToString().Select(Safe)));
                return;
            }
        terminal.Write(buffer);
    }

    public override void Flush() => terminal.Flush();

    private static char Safe(char value) => value is '\n' or '\r' or '\t' || !Quoted.IsUnsafe(value) ? value : '\uFFFD';
}
