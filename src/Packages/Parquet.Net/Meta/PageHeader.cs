using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>What precedes a page; the fields of the three kinds of page that hold values lie side by side.</summary>
internal sealed class PageHeader
{
    public PageType Type { get; set; }

    public int UncompressedSize { get; set; }

    public int CompressedSize { get; set; }

    /// <summary>Entries of a dictionary page; values, nulls included, of a data page.</summary>
    public int NumValues { get; set; }

    public Encoding Encoding { get; set; }

    public Encoding DefinitionLevelEncoding { get; set; } = Encoding.RLE;

    public Encoding RepetitionLevelEncoding { get; set; } = Encoding.RLE;

    /// <summary>Version 2 only: bytes of the definition levels, which stay uncompressed.</summary>
    public int DefinitionLevelsLength { get; set; }

    /// <summary>Version 2 only: bytes of the repetition levels, which stay uncompressed.</summary>
    public int RepetitionLevelsLength { get; set; }

    /// <summary>Version 2 only: false when the values are stored as they are.</summary>
    public bool IsCompressed { get; set; } = true;

    /// <summary>Writes a dictionary page's or a version 1 data page's header.</summary>
    public void Write(CompactWriter writer)
    {
        writer.I32(1, (int)Type);
        writer.I32(2, UncompressedSize);
        writer.I32(3, CompressedSize);
        writer.BeginStruct(Type == PageType.DictionaryPage ? 7 : 5);
        writer.I32(1, NumValues);
        writer.I32(2, (int)Encoding);
        if (Type == PageType.DataPage)
        {
            writer.I32(3, (int)DefinitionLevelEncoding);
            writer.I32(4, (int)RepetitionLevelEncoding);
        }

        writer.EndStruct();
        writer.End();
    }

    public static PageHeader Read(ref CompactReader reader)
    {
        var result = new PageHeader();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    result.Type = (PageType)reader.ReadI32();
                    break;
                case 2:
                    result.UncompressedSize = reader.ReadI32();
                    break;
                case 3:
                    result.CompressedSize = reader.ReadI32();
                    break;
                case 5 or 7:
                    result.ReadVersion1(ref reader);
                    break;
                case 8:
                    result.ReadVersion2(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }

    private void ReadVersion1(ref CompactReader reader)
    {
        reader.BeginStruct();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    NumValues = reader.ReadI32();
                    break;
                case 2:
                    Encoding = (Encoding)reader.ReadI32();
                    break;
                case 3 when Type == PageType.DataPage:
                    DefinitionLevelEncoding = (Encoding)reader.ReadI32();
                    break;
                case 4 when Type == PageType.DataPage:
                    RepetitionLevelEncoding = (Encoding)reader.ReadI32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadVersion2(ref CompactReader reader)
    {
        reader.BeginStruct();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    NumValues = reader.ReadI32();
                    break;
                case 4:
                    Encoding = (Encoding)reader.ReadI32();
                    break;
                case 5:
                    DefinitionLevelsLength = reader.ReadI32();
                    break;
                case 6:
                    RepetitionLevelsLength = reader.ReadI32();
                    break;
                case 7:
                    IsCompressed = reader.ReadBool();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
