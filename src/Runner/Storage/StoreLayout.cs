using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Where things are under <c>.pipelines/v1</c>; another layout gets another number, so that old and new runners live side by side.
/// <c>objects</c>: artifacts by content · <c>actions</c>: results by fingerprint · <c>tmp</c>: what is being made · <c>work</c>: what a
/// long
/// stage resumes from · <c>locks</c> · <c>runs</c> · <c>cluster</c>: what jobs run and say.
/// </summary>
internal sealed class StoreLayout
{
    private readonly string _folder;

    /// <exception cref="StorageException">A folder of the store is a link.</exception>
    public StoreLayout(string projectRoot)
    {
        _folder = StorePlace.Of(projectRoot);
        Root = Path.Combine(_folder, StorePlace.Version);
        Objects = Path.Combine(Root, "objects");
        Actions = Path.Combine(Root, "actions");
        var locks = Path.GetDirectoryName(Gate)!;
        foreach (var folder in new[] { _folder, Root, Objects, Actions, Temporary, WorkFolders, locks, Runs, Last, InputIndex, Cluster })
            StoreFolder.Refuse(folder);
    }

    public string Root { get; }

    public string Objects { get; }

    public string Actions { get; }

    public string Temporary => Path.Combine(Root, "tmp");

    public string WorkFolders => Path.Combine(Root, "work");

    public string Runs => Path.Combine(Root, "runs");

    /// <summary>Of jobs that stages were handed to.</summary>
    public string Cluster => Path.Combine(Root, "cluster");

    public string InputIndex => Path.Combine(Root, "input-files.txt");

    public string Object(ContentHash id) =>
        $"{Objects}{Path.DirectorySeparatorChar}{id.Hex.AsSpan(0, 2)}{Path.DirectorySeparatorChar}{id.Hex}";

    public string Action(ContentHash fingerprint) =>
        $"{Actions}{Path.DirectorySeparatorChar}{fingerprint.Hex.AsSpan(0, 2)}{Path.DirectorySeparatorChar}{fingerprint.Hex}.json";

    /// <summary>See <see cref="StoreGate"/>.</summary>
    public string Gate => Path.Combine(Root, "locks", "store");

    public string Last => Path.Combine(Runs, "last");

    /// <summary>In any project, whether its own list of ignored files knows the store or not.</summary>
    public void KeepOutOfGit()
    {
        var list = Path.Combine(_folder, ".gitignore");
        // Several processes may begin at once, and none may find another one's file open.
        if (!File.Exists(list))
            ReplacedFile.Write(list, "*\n"u8.ToArray());
    }

    public string Work(ContentHash fingerprint) => Path.Combine(WorkFolders, fingerprint.Hex);

    public string Lock(ContentHash fingerprint) => Path.Combine(Root, "locks", fingerprint.Hex[..2], fingerprint.Hex);
}
