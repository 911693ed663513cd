using System.Text;

namespace Pipelines.Stages.Tables.Files;

/// <summary>
/// Notes the first bytes that are no character of an encoding. A decoder that threw instead would lose what it decoded before them, and
/// with it how far a file is good; so a mark that no text has stands in their place. (A decoder takes NUL for the end of what stands
/// there.)
/// </summary>
internal sealed class UnknownBytes : DecoderFallback
{
    public const string Mark = "\uFFFF\uFFFE\uFFFF";

    public override int MaxCharCount => Mark.Length;

    /// <summary>The bytes; null while there are none.</summary>
    public byte[]? First { get; private set; }

    /// <summary>Of the first bytes in what was then decoded; below 0 where they began in what was decoded before.</summary>
    public int Index { get; private set; }

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(UnknownBytes owner) : DecoderFallbackBuffer
    {
        private int _next = Mark.Length;

        public override int Remaining => Mark.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            if (owner.First is null)
                (owner.First, owner.Index) = ([.. bytesUnknown], index);
            _next = 0;
            return true;
        }

        public override char GetNextChar() => _next < Mark.Length ? Mark[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
                return false;
            _next--;
            return true;
        }

        public override void Reset() => _next = Mark.Length;
    }
}
