using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>What a <c>.model</c> file of SentencePiece holds (sentencepiece_model.proto), as far as encoding needs it.</summary>
internal sealed class ModelFile
{
    private const int VarintWire = 0;
    private const int Fixed64Wire = 1;
    private const int BytesWire = 2;
    private const int Fixed32Wire = 5;

    public List<Piece> Pieces { get; } = [];

    public int ModelType { get; private set; } = 1;

    public bool ByteFallback { get; private set; }

    public bool TreatWhitespaceAsSuffix { get; private set; }

    public int UnknownId { get; private set; }

    public int BeginId { get; private set; } = 1;

    public int EndId { get; private set; } = 2;

    public int PadId { get; private set; } = -1;

    public string UnknownPiece { get; private set; } = "<unk>";

    public string BeginPiece { get; private set; } = "<s>";

    public string EndPiece { get; private set; } = "</s>";

    public string PadPiece { get; private set; } = "<pad>";

    public byte[] CharacterMap { get; private set; } = [];

    public bool AddDummyPrefix { get; private set; } = true;

    public bool RemoveExtraWhitespaces { get; private set; } = true;

    public bool EscapeWhitespaces { get; private set; } = true;

    public static ModelFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var model = new ModelFile();
        ForEachField(memory.ToArray(), model.ReadField);
        return model;
    }

    private void ReadField(int field, long number, ReadOnlySpan<byte> bytes)
    {
        if (field == 1)
            Pieces.Add(Piece.Read(bytes));
        else if (field == 2)
            ForEachField(bytes, ReadTrainer);
        else if (field == 3)
            ForEachField(bytes, ReadNormalizer);
    }

    private void ReadTrainer(int field, long number, ReadOnlySpan<byte> bytes)
    {
        switch (field)
        {
            case 3: ModelType = (int)number; break;
            case 24: TreatWhitespaceAsSuffix = number != 0; break;
            case 35: ByteFallback = number != 0; break;
            case 40: UnknownId = (int)number; break;
            case 41: BeginId = (int)number; break;
            case 42: EndId = (int)number; break;
            case 43: PadId = (int)number; break;
            case 45: UnknownPiece = Encoding.UTF8.GetString(bytes); break;
            case 46: BeginPiece = Encoding.UTF8.GetString(bytes); break;
            case 47: EndPiece = Encoding.UTF8.GetString(bytes); break;
            case 48: PadPiece = Encoding.UTF8.GetString(bytes); break;
        }
    }

    private void ReadNormalizer(int field, long number, ReadOnlySpan<byte> bytes)
    {
        switch (field)
        {
            case 2: CharacterMap = bytes.ToArray(); break;
            case 3: AddDummyPrefix = number != 0; break;
            case 4: RemoveExtraWhitespaces = number != 0; break;
            case 5: EscapeWhitespaces = number != 0; break;
        }
    }

    private static void ForEachField(ReadOnlySpan<byte> message, FieldReader read)
    {
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var number = 0L;
            var length = 0;
            switch ((int)(key & 7))
            {
                case VarintWire: number = Varint(ref message); break;
                case Fixed64Wire: length = 8; break;
                case Fixed32Wire: length = 4; break;
                case BytesWire: length = (int)Varint(ref message); break;
                default: throw new InvalidDataException("This is not a SentencePiece model.");
            }
            if (length < 0 || length > message.Length)
                throw new InvalidDataException("The SentencePiece model is cut off.");
            read((int)(key >> 3), number, message[..length]);
            message = message[length..];
        }
    }

    private static long Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0L;
        for (var i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }
        throw new InvalidDataException("The SentencePiece model is cut off.");
    }

    private delegate void FieldReader(int field, long number, ReadOnlySpan<byte> bytes);

    internal enum PieceType
    {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        UserDefined = 4,
        Unused = 5,
        Byte = 6,
    }

    internal readonly record struct Piece(string Text, float Score, PieceType Type)
    {
        public static Piece Read(ReadOnlySpan<byte> message)
        {
            var text = "";
            var score = 0f;
            var type = PieceType.Normal;
            ForEachField(message, (field, number, bytes) =>
            {
                switch (field)
                {
                    case 1: text = Encoding.UTF8.GetString(bytes); break;
                    case 2: score = BinaryPrimitives.ReadSingleLittleEndian(bytes); break;
                    case 3: type = (PieceType)number; break;
                }
            });
            return new(text, score, type);
        }
    }
}
