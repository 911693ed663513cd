using System.Buffers.Binary;
using System.Text;

namespace Pipelines.Tests.Packages.Tokenizers;

/// <summary>Writes a small unigram model as SentencePiece does (sentencepiece_model.proto).</summary>
internal sealed class SentencePieceModel
{
    private readonly List<byte> _bytes = [];

    public SentencePieceModel Piece(string text, float score, int type = 1)
    {
        var piece = new SentencePieceModel();
        piece.Bytes(1, Encoding.UTF8.GetBytes(text));
        var bits = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bits, score);
        piece.Varint((2 << 3) | 5);
        piece._bytes.AddRange(bits);
        piece.Number(3, type);
        return Bytes(1, piece._bytes.ToArray());
    }

    public Stream Build(byte[]? characterMap = null)
    {
        var trainer = new SentencePieceModel().Number(3, 1).Number(40, 0).Number(41, 1).Number(42, 2).Number(43, -1);
        Bytes(2, trainer._bytes.ToArray());
        var normalizer = new SentencePieceModel();
        if (characterMap is not null)
            normalizer.Bytes(2, characterMap);
        Bytes(3, normalizer._bytes.ToArray());
        return new MemoryStream([.. _bytes]);
    }

    /// <summary>A character map with one entry: a double-array trie whose nodes each have a block of their own.</summary>
    public static byte[] Map(string from, string to)
    {
        const int Block = 256;
        var key = Encoding.UTF8.GetBytes(from);
        var units = new uint[Block * (key.Length + 2)];
        units[0] = (uint)Block << 10;
        var node = (uint)Block;
        for (var i = 0; i < key.Length; i++)
        {
            var unit = node ^ key[i];
            var next = (uint)(Block * (i + 2)) | (unit & 0xFF);
            units[unit] = key[i] | ((unit ^ next) << 10) | (i == key.Length - 1 ? 1u << 8 : 0);
            node = next;
        }
        units[node] = 1u << 31;
        var size = units.Length * 4;
        var blob = new byte[4 + size];
        BinaryPrimitives.WriteUInt32LittleEndian(blob, (uint)size);
        for (var i = 0; i < units.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(4 + (4 * i)), units[i]);
        return [.. blob, .. Encoding.UTF8.GetBytes(to), 0];
    }

    private SentencePieceModel Number(int field, long value)
    {
        Varint((ulong)(field << 3));
        Varint((ulong)value);
        return this;
    }

    private SentencePieceModel Bytes(int field, byte[] bytes)
    {
        Varint((ulong)((field << 3) | 2));
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
