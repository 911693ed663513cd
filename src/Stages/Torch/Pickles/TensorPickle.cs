using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Pipelines.Stages.Torch.Pickles;

/// <summary>
/// Reads a pickle as torch.save writes it. A pickle is a program that may call any function; here it can build dictionaries, lists and
/// tensors, and whatever else it names is refused unread.
/// </summary>
internal sealed class TensorPickle(Stream input)
{
    private const string Prefix = "torch.";

    /// <summary>Names of weights and storages are shorter.</summary>
    private const int MaxText = 1 << 16;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <summary>The next pickle of the stream.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or names something that is no tensor.</exception>
    public object? Read()
    {
        _stack.Clear();
        _memo.Clear();
        try
        {
            while (NextByte() is var code && code != '.')
                Execute((char)code);
            return Pop();
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidCastException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"it is no pickle of tensors ({error.Message})", error);
        }
    }

    private void Execute(char code)
    {
        switch (code)
        {
            case '\u0080': NextByte(); break;
            case '(': Push(Mark); break;
            case '}': Push(new Dictionary<object, object?>()); break;
            case ']': Push(new List<object?>()); break;
            case ')': Push(Array.Empty<object?>()); break;
            case 't': Push(PopToMark()); break;
            case >= '\u0085' and <= '\u0087': Push(PopMany(code - '\u0084')); break;
            case 'N': Push(null); break;
            case '\u0088' or '\u0089': Push(code == '\u0088'); break;
            case 'K': Push((long)NextByte()); break;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Next(2))); break;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Next(4))); break;
            case '\u008a': Push((long)(new BigInteger(Next(NextByte())) & long.MaxValue)); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Next(8))); break;
            case 'X' or 'T': Push(Encoding.UTF8.GetString(Next(BinaryPrimitives.ReadInt32LittleEndian(Next(4))))); break;
            case '\u008c' or 'U': Push(Encoding.UTF8.GetString(Next(NextByte()))); break;
            case 'q': _memo[NextByte()] = _stack[^1]; break;
            case 'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Next(4))] = _stack[^1]; break;
            case 'h': Push(_memo.GetValueOrDefault(NextByte())); break;
            case 'j': Push(_memo.GetValueOrDefault(BinaryPrimitives.ReadUInt32LittleEndian(Next(4)))); break;
            case 'c': Push(Named($"{Line()}.{Line()}")); break;
            case 'Q': Push(StorageReference.Of(Pop<object?[]>())); break;
            case 'R': Call(); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            case 'a': Append(PopMany(1)); break;
            case 'e': Append(PopToMark()); break;
            // The attributes of an ordered dictionary: versions of modules, of which nothing is needed.
            case 'b': Pop(); break;
            default: throw new InvalidDataException($"it is no pickle of tensors (instruction 0x{(int)code:x2})");
        }
    }

    /// <summary>The name itself, when it is one that tensors are made of.</summary>
    private static PickledName Named(string name) => name is "collections.OrderedDict" or TensorView.Maker or TensorView.ParameterMaker
        || (name.StartsWith(Prefix, StringComparison.Ordinal) && StorageReference.IsType(name[Prefix.Length..]))
        ? new(name)
        : throw new InvalidDataException($"it names '{name}', which is no tensor, and is not read: loading it could run code");

    private void Call()
    {
        var (arguments, name) = (Pop<object?[]>(), Pop<PickledName>());
        Push(name.Name switch
        {
            TensorView.Maker => TensorView.Of(arguments),
            TensorView.ParameterMaker when arguments is [var parameter, ..] => parameter,
            "collections.OrderedDict" => new Dictionary<object, object?>(),
            _ => throw new InvalidDataException($"it calls '{name.Name}', which is not read"),
        });
    }

    private void SetItems(object?[] items)
    {
        var target = Top<Dictionary<object, object?>>();
        for (var i = 0; i + 1 < items.Length; i += 2)
            target[items[i] ?? throw Unknown()] = items[i + 1];
    }

    private void Append(object?[] items) => Top<List<object?>>().AddRange(items);

    private T Top<T>()
        where T : class => _stack is [.., T top] ? top : throw Unknown();

    private T Pop<T>()
        where T : class
    {
        var top = Top<T>();
        Pop();
        return top;
    }

    private static InvalidDataException Unknown() => new("it is no pickle of tensors (one thing stands where another should)");

    private void Push(object? value) => _stack.Add(value);

    private object? Pop()
    {
        var value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = _stack[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        var values = PopMany(_stack.Count - 1 - _stack.LastIndexOf(Mark));
        Pop();
        return values;
    }

    private string Line()
    {
        var line = new StringBuilder();
        while (NextByte() is var letter && letter != '\n')
            line.Append((char)letter);
        return line.ToString();
    }

    private byte NextByte() => input.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException("it ends early");

    private byte[] Next(int count)
    {
        if (count is < 0 or > MaxText)
            throw new InvalidDataException($"it is no pickle of tensors (a text of {(uint)count} bytes)");
        var bytes = new byte[count];
        input.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>A class or function that a pickle speaks of.</summary>
internal sealed record PickledName(string Name);
