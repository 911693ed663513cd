using System.Diagnostics;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Stages.Shell;

/// <summary>Gives a command its inputs as read-only copies: what it does to them never reaches the store.</summary>
internal sealed class CommandInputs(CommandFiles files, ArtifactSet inputs, IReadOnlyList<CommandPlace> places)
{
    public async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var (port, artifacts) in inputs.ByPort)
            for (var i = 0; i < artifacts.Count; i++)
            {
                await CopyAsync(artifacts[i], files.Input(port, i, artifacts, isCsv: false), cancellation).ConfigureAwait(false);
                if (artifacts[i] is Table table && places.Any(place => place is { IsInput: true, IsCsv: true } && place.Port == port))
                    await ExportedCsv.WriteAsync(table, files.Input(port, i, artifacts, isCsv: true), cancellation).ConfigureAwait(false);
            }
    }

    private static async Task CopyAsync(Artifact artifact, string target, CancellationToken cancellation)
    {
        if (artifact is not Table { Carried.Count: > 0 } table)
        {
            Copy(artifact, target);
            return;
        }
        await TableWriter.CopyAsync(table, target, cancellation).ConfigureAwait(false);
        File.SetAttributes(target, FileAttributes.ReadOnly);
    }

    private static void Copy(Artifact artifact, string target)
    {
        if (artifact is not Model)
        {
            CopyFile(artifact, artifact switch
            {
                Table => Table.FileName,
                Metrics => Metrics.FileName,
                Card => Card.FileName,
                _ => throw new UnreachableException()
            }, target);
            return;
        }
        foreach (var file in Directory.EnumerateFiles(artifact.Directory, "*", SearchOption.AllDirectories))
            CopyFile(artifact, Path.GetRelativePath(artifact.Directory, file),
                Path.Combine(target, Path.GetRelativePath(artifact.Directory, file)));
    }

    // A copy shares its blocks where the file system can do that.
    private static void CopyFile(Artifact artifact, string name, string target)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(artifact.Directory, name), target);
            File.SetAttributes(target, FileAttributes.ReadOnly);
        }
        catch (FileNotFoundException missing)
        {
            throw new DamagedArtifactException(artifact, missing);
        }
    }
}
