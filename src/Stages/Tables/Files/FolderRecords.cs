using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Files;

/// <summary>The text files of a folder that has a folder for each class, classes and files in order of their names.</summary>
internal sealed class FolderRecords : IRecords
{
    public const string Text = "text", Class = "class", FileName = "file";

    private const string Hidden = ".";
    private const int MaxNamesListed = 8;

    private static readonly string[] Fields = [Text, Class, FileName];

    private readonly SourceFile _source;
    private readonly Encoding _encoding;
    private readonly IReadOnlyList<FileInfo> _files;
    private string _text = "";

    private FolderRecords(SourceFile source, Encoding encoding, IReadOnlyList<FileInfo> files) =>
        (_source, _encoding, _files) = (source, encoding, files);

    public long Row { get; private set; }

    private FileInfo Current => _files[(int)Row - 1];

    /// <param name="classes">Only these folders; null: all, and nothing else may be there.</param>
    /// <exception cref="StageException">The folder has not a folder of files for each of several classes.</exception>
    public static FolderRecords Open(SourceFile source, IReadOnlyList<string>? classes, string encoding)
    {
        if (!Directory.Exists(source.Path))
            throw source.Wrong(null, "this is a file, not a folder with a folder for each class", "load/csv and others read files");
        var folders = Visible(new DirectoryInfo(source.Path).EnumerateDirectories()).ToList();
        if (classes is null)
            CheckNoFiles(source, new(source.Path));
        else if (classes.FirstOrDefault(name => folders.All(folder => folder.Name != name)) is { } missing)
            throw source.Wrong(null, $"there is no folder '{missing}'", $"there are {Listed(folders)}", "classes");
        else
            folders = [.. folders.Where(folder => classes.Contains(folder.Name))];
        if (folders.Count < 2)
            throw source.Wrong(
                null, folders is [var only] ? $"there is a single class, '{only.Name}'" : "there is no folder in it",
                "a classifier needs the texts of two classes or more, each in a folder of its name");
        return new(source, TextEncoding.Find(encoding), [.. folders.SelectMany(folder => FilesOf(source, folder))]);
    }

    public string this[int column] => Fields[column] switch
    {
        Text => _text,
        Class => Current.Directory!.Name,
        _ => Current.Name,
    };

    public int IndexOf(string column, string parameter) => Array.IndexOf(Fields, column) is >= 0 and var index
        ? index
        : throw _source.Wrong(null, $"there is no '{column}'", $"of a text in a folder can be kept: '{FileName}'", parameter);

    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        if (Row == _files.Count)
            return false;
        Row++;
        try
        {
            // An empty file is an empty text.
            using StreamReader reader = new(Current.Length == 0
                ? new MemoryStream()
                : new Utf8Text(DataFile.OpenText(Current.FullName), _encoding));
            _text = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (UnreadableFileException error)
        {
            throw _source.Wrong($"{Current.Directory!.Name}/{Current.Name}", error);
        }
    }

    public StageException Wrong(string what, string? help, string? parameter = null) =>
        _source.Wrong($"{Current.Directory!.Name}/{Current.Name}", what, help, parameter);

    public void Dispose()
    {
    }

    private static List<FileInfo> FilesOf(SourceFile source, DirectoryInfo folder)
    {
        if (Visible(folder.EnumerateDirectories()).FirstOrDefault() is { } inner)
            throw source.Wrong(
                null, $"in the class '{folder.Name}' there is a folder, '{inner.Name}'", "put all texts of a class into its folder");
        var files = Visible(folder.EnumerateFiles()).ToList();
        return files.Count > 0
            ? files
            : throw source.Wrong(null, $"the class '{folder.Name}' has no texts", "remove the folder, or fill it");
    }

    private static void CheckNoFiles(SourceFile source, DirectoryInfo folder)
    {
        var files = Visible(folder.EnumerateFiles()).ToList();
        if (files.Count > 0)
            throw source.Wrong(
                null, $"beside the folders of classes there {(files.Count == 1 ? "is a file" : "are files")}: {Listed(files)}",
                "name the folders that are classes: classes: [pos, neg]", "classes");
    }

    private static IEnumerable<T> Visible<T>(IEnumerable<T> entries)
        where T : FileSystemInfo => entries.Where(entry => !entry.Name.StartsWith(Hidden, StringComparison.Ordinal))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static string Listed(IReadOnlyCollection<FileSystemInfo> entries) =>
        string.Join(", ", entries.Take(MaxNamesListed).Select(entry => $"'{entry.Name}'"))
        + (entries.Count > MaxNamesListed ? ", …" : "");
}
