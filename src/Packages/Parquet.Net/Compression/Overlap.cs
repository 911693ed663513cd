namespace Parquet.Compression;

/// <summary>Copies within a buffer where source and target may overlap, so that short patterns repeat.</summary>
internal static class Overlap
{
    /// <summary>Copies to <paramref name="at"/> from <paramref name="offset"/> bytes before it; bounds are the caller's.</summary>
    public static void Copy(Span<byte> buffer, int at, int offset, int length)
    {
        if (offset >= length)
        {
            buffer.Slice(at - offset, length).CopyTo(buffer[at..]);
            return;
        }

        if (offset == 1)
        {
            buffer.Slice(at, length).Fill(buffer[at - 1]);
            return;
        }

        // What was copied lengthens the pattern, so each step may copy twice as much.
        var start = at - offset;
        var end = at + length;
        while (at < end)
        {
            var step = Math.Min(at - start, end - at);
            buffer.Slice(start, step).CopyTo(buffer[at..]);
            at += step;
        }
    }
}
