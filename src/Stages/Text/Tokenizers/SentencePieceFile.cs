using System.Text;
using Google.Protobuf;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>
/// What a SentencePiece <c>.model</c> file says beside its lattice: the fields of sentencepiece_model.proto that this project reads
/// itself.
/// </summary>
internal sealed class SentencePieceFile
{
    /// <summary>SentencePiece's trainer makes no longer ones; a trie is built by recursion on the length.</summary>
    private const int MaxPieceBytes = 512 * 4;

    private const int UnigramModel = 1, NormalPiece = 1, UserDefinedPiece = 4, BytePiece = 6;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<byte[]> _userDefined = [];
    private readonly List<string> _pieces = [];
    private readonly Dictionary<int, string> _special = new() { [UnknownName] = "<unk>", [StartName] = "<s>", [EndName] = "</s>" };

    // The fields of the trainer's settings that hold them.
    private const int UnknownName = 45, StartName = 46, EndName = 47;

    private int _modelType = UnigramModel;
    private int _unknownId;
    private int _startId = 1;
    private int _endId = 2;
    private bool _hasBytes;

    /// <exception cref="StageException">It is of a kind that is not supported here.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is no such file.</exception>
    public SentencePieceFile(byte[] model)
    {
        Read(model, (field, input) =>
        {
            switch (field)
            {
                case 1: ReadPiece(input.ReadBytes().ToByteArray()); return true;
                case 2: ReadTrainer(input.ReadBytes().ToByteArray()); return true;
                case 3: ReadNormalizer(input.ReadBytes().ToByteArray()); return true;
                default: return false;
            }
        });
        Check();
    }

    /// <summary>Texts that stay as they are, e.g. <c>&lt;mask&gt;</c>, in UTF-8.</summary>
    public IReadOnlyList<byte[]> UserDefined => _userDefined;

    /// <summary>The compiled rules of a normalization such as <c>nmt_nfkc</c>; empty for none.</summary>
    public byte[] CharacterMap { get; private set; } = [];

    public bool AddsDummyPrefix { get; private set; } = true;

    public bool RemovesExtraSpaces { get; private set; } = true;

    public bool EscapesSpaces { get; private set; } = true;

    public bool HasSpaceAsSuffix { get; private set; }

    private void ReadPiece(byte[] piece)
    {
        var text = Array.Empty<byte>();
        var type = NormalPiece;
        var score = 0f;
        Read(piece, (field, input) => field switch
        {
            1 => Set(ref text, input.ReadBytes().ToByteArray()),
            2 => Set(ref score, input.ReadFloat()),
            3 => Set(ref type, input.ReadEnum()),
            _ => false,
        });
        if (text.Length > MaxPieceBytes)
            throw new StageException(
                $"A piece of the model is {text.Length} bytes long; no trainer makes one of more than {MaxPieceBytes}.");
        _pieces.Add(Utf8.GetString(text));
        if (text.Length == 0 || !float.IsFinite(score))
            throw new StageException($"The {_pieces.Count}. piece of the model {(text.Length == 0 ? "is empty" : "has no finite score")}.");
        // The library's search tree ends words with it.
        if (text.Contains((byte)0))
            throw new StageException($"The {_pieces.Count}. piece of the model has the sign NUL in it: the file is damaged.");
        if (type is < NormalPiece or > BytePiece)
            throw new StageException(
                $"The {_pieces.Count}. piece of the model is of a kind that there is not ({type}): the file is damaged.");
        if (type == UserDefinedPiece)
            _userDefined.Add(text);
        _hasBytes |= type == BytePiece;
    }

    private void ReadTrainer(byte[] trainer) => Read(trainer, (field, input) => field switch
    {
        3 => Set(ref _modelType, input.ReadEnum()),
        24 => (HasSpaceAsSuffix = input.ReadBool()) || true,
        35 => (_hasBytes |= input.ReadBool()) || true,
        40 => Set(ref _unknownId, input.ReadInt32()),
        41 => Set(ref _startId, input.ReadInt32()),
        42 => Set(ref _endId, input.ReadInt32()),
        UnknownName or StartName or EndName => (_special[field] = input.ReadString()).Length >= 0,
        _ => false,
    });

    private void ReadNormalizer(byte[] normalizer) => Read(normalizer, (field, input) =>
    {
        switch (field)
        {
            case 2: CharacterMap = input.ReadBytes().ToByteArray(); return true;
            case 3: AddsDummyPrefix = input.ReadBool(); return true;
            case 4: RemovesExtraSpaces = input.ReadBool(); return true;
            case 5: EscapesSpaces = input.ReadBool(); return true;
            default: return false;
        }
    });

    private void Check()
    {
        if (_modelType != UnigramModel)
            throw new StageException("The model is not of SentencePiece's type unigram.");
        if (_hasBytes)
            throw new StageException("The model spells unknown characters in bytes (byte_fallback), which is not supported.");
        if (_unknownId < 0 || _startId < 0 || _endId < 0)
            throw new StageException(
                "The model lacks a sign for unknown pieces, for the start or for the end (unk_id, bos_id, eos_id), which models of " +
                    "texts read.");
        foreach (var (name, id) in new[] { (UnknownName, _unknownId), (StartName, _startId), (EndName, _endId) })
            if (id >= _pieces.Count || _pieces[id] != _special[name])
                throw new StageException($"The model's piece {id} is not '{_special[name]}', as its settings say: the file is damaged.");
        if (_pieces.GroupBy(piece => piece, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw new StageException($"The model has the piece '{twice.Key}' twice: the file is damaged.");
    }

    /// <param name="read">Reads a field by its number; false leaves it out.</param>
    private static void Read(byte[] message, Func<int, CodedInputStream, bool> read)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and > 0)
            if (!read(WireFormat.GetTagFieldNumber(tag), input))
                input.SkipLastField();
    }

    private static bool Set<T>(ref T target, T value)
    {
        target = value;
        return true;
    }
}
