using System.Runtime.InteropServices;
using Parquet;
using Parquet.Schema;

namespace Pipelines.Stages.Tables;

/// <summary>The values of one column of a row group that are there, and the levels that say where: as Parquet holds them.</summary>
/// <param name="Defined">Texts, numbers or bools; nothing stands for a value that is missing.</param>
/// <param name="DefinitionLevels">The highest one where there is a value; null for a column in which none can be missing.</param>
/// <param name="RepetitionLevels">0 where a row begins; null for a column without lists.</param>
internal sealed record ParquetColumn(DataField Field, Array Defined, int[]? DefinitionLevels, int[]? RepetitionLevels)
{
    // When so many texts are all different, the column has no dictionary, and looking for equal ones is given up.
    private const int Sample = 1_000;

    public static Task<ParquetColumn> ReadAsync(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation) =>
        Type.GetTypeCode(field.ClrType) switch
        {
            _ when IsText(field) => TextsAsync(rows, field, cancellation),
            TypeCode.Boolean => ReadAsync<bool>(rows, field, cancellation),
            TypeCode.SByte => ReadAsync<sbyte>(rows, field, cancellation),
            TypeCode.Byte => ReadAsync<byte>(rows, field, cancellation),
            TypeCode.Int16 => ReadAsync<short>(rows, field, cancellation),
            TypeCode.UInt16 => ReadAsync<ushort>(rows, field, cancellation),
            TypeCode.Int32 => ReadAsync<int>(rows, field, cancellation),
            TypeCode.UInt32 => ReadAsync<uint>(rows, field, cancellation),
            TypeCode.Int64 => ReadAsync<long>(rows, field, cancellation),
            TypeCode.Single => ReadAsync<float>(rows, field, cancellation),
            TypeCode.Double => ReadAsync<double>(rows, field, cancellation),
            _ => throw new NotSupportedException($"Column '{field.Name}' holds values of type {field.ClrType.Name}."),
        };

    /// <summary>The package gives texts it reads as pieces of memory.</summary>
    public static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    public Task WriteAsync(ParquetRowGroupWriter rows, CancellationToken cancellation) => Defined switch
    {
        string[] texts => WriteAsync(rows, Array.ConvertAll(texts, text => text.AsMemory()), cancellation),
        int[] items => WriteAsync(rows, items, cancellation),
        long[] items => WriteAsync(rows, items, cancellation),
        float[] items => WriteAsync(rows, items, cancellation),
        double[] items => WriteAsync(rows, items, cancellation),
        bool[] items => WriteAsync(rows, items, cancellation),
        _ => throw new NotSupportedException($"Column '{Field.Name}' holds values of type {Field.ClrType.Name}."),
    };

    /// <summary>Whether every place has a value.</summary>
    public bool IsFull => DefinitionLevels is null || Defined.Length == DefinitionLevels.Length;

    /// <summary>One value a place.</summary>
    /// <param name="missing">What stands where there is none.</param>
    public T[] Spread<T>(T missing)
    {
        if (IsFull)
            return (T[])Defined;
        var (defined, next) = ((T[])Defined, 0);
        return Array.ConvertAll(DefinitionLevels!, level => level == Field.MaxDefinitionLevel ? defined[next++] : missing);
    }

    private Task WriteAsync<T>(ParquetRowGroupWriter rows, T[] items, CancellationToken cancellation)
        where T : struct => rows.WriteAllPartsAsync<T>(Field, items, Memory(DefinitionLevels), Memory(RepetitionLevels), cancellation);

    private static async Task<ParquetColumn> ReadAsync<T>(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation)
        where T : struct
    {
        var places = Places(rows, field);
        var values = new T[places];
        var definition = field.MaxDefinitionLevel > 0 ? new int[places] : null;
        var repetition = field.MaxRepetitionLevel > 0 ? new int[places] : null;
        await rows.ReadRawAsync<T>(field, values, Memory(definition), Memory(repetition), cancellation).ConfigureAwait(false);
        var defined = definition.AsSpan().Count(field.MaxDefinitionLevel);
        return new(field, definition is null || defined == places ? values : values[..defined], definition, repetition);
    }

    private static async Task<ParquetColumn> TextsAsync(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation)
    {
        var raw = await ReadAsync<ReadOnlyMemory<char>>(rows, field, cancellation).ConfigureAwait(false);
        return raw with { Defined = Texts((ReadOnlyMemory<char>[])raw.Defined) };
    }

    // Equal texts of a dictionary are the same piece of memory, and become the same string.
    private static string[] Texts(ReadOnlyMemory<char>[] pieces)
    {
        var texts = new string[pieces.Length];
        Dictionary<ReadOnlyMemory<char>, string> known = [];
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i == Sample && known.Count == Sample)
                return Array.ConvertAll(pieces, piece => piece.ToString());
            ref var text = ref CollectionsMarshal.GetValueRefOrAddDefault(known, pieces[i], out _);
            texts[i] = text ??= pieces[i].ToString();
        }
        return texts;
    }

    // Written out, because null converts implicitly to memory of length 0.
    private static Memory<int>? Memory(int[]? levels) => levels is null ? default(Memory<int>?) : new Memory<int>(levels);

    private static int Places(ParquetRowGroupReader rows, DataField field) =>
        (int)(rows.GetMetadata(field)?.MetaData?.NumValues ?? throw new InvalidDataException($"there is no column '{field.Name}'"));
}
