using System.Globalization;

namespace Scriban.Runtime;

public class TextWriterOutput : IScriptOutput
{
    public TextWriterOutput()
        : this(new StringWriter(CultureInfo.InvariantCulture))
    {
    }

    public TextWriterOutput(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Writer = writer;
    }

    public TextWriter Writer { get; }

    public void Write(string text, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        Writer.Write(text.AsSpan(offset, count));
    }

    public async ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        await Writer.WriteAsync(text.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
    }

    public override string ToString() => Writer.ToString() ?? string.Empty;
}
