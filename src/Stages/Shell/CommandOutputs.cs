using System.Diagnostics;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Stages.Shell;

/// <summary>Reads what a command left, checks it, and makes artifacts of it.</summary>
internal sealed class CommandOutputs(CommandFiles files, StageSpec spec, ArtifactSet inputs, IArtifactWriter write)
{
    private readonly IReadOnlyList<Table> _tables = [.. inputs.ByPort.Values.SelectMany(port => port).OfType<Table>()];

    public async Task<ArtifactSet> ReadAsync(CancellationToken cancellation)
    {
        SortedDictionary<string, IReadOnlyList<Artifact>> artifacts = new(StringComparer.Ordinal);
        foreach (var port in spec.Outputs.Where(port => port.Name != RunCommand.SummaryPort))
            artifacts[port.Name] = [await ReadAsync(port, cancellation).ConfigureAwait(false)];
        artifacts[RunCommand.SummaryPort] = [await write.CardAsync(CommandSummary.Of(artifacts), cancellation).ConfigureAwait(false)];
        return new(artifacts);
    }

    private async Task<Artifact> ReadAsync(OutputPort port, CancellationToken cancellation)
    {
        switch (port.Artifact)
        {
            case ArtifactKind.Table:
                return await TableAsync(port, cancellation).ConfigureAwait(false);
            case ArtifactKind.Metrics:
                return await write.MetricsAsync(MetricsFile.Read(Existing(port, isCsv: false), port.Name), cancellation)
                    .ConfigureAwait(false);
            case ArtifactKind.Card:
                return await write.CardAsync(CardFile.Read(Existing(port, isCsv: false), port.Name), cancellation).ConfigureAwait(false);
            case ArtifactKind.Model:
            default:
                throw new UnreachableException("A command makes no model.");
        }
    }

    private async Task<Table> TableAsync(OutputPort port, CancellationToken cancellation)
    {
        var expected = ExpectedTypes.Of(_tables);
        var isCsv = IsCsv(port);
        var path = Existing(port, isCsv);
        IImportedTable imported = isCsv
            ? ImportedCsv.Open(path, port.Name, expected)
            : await ImportedParquet.OpenAsync(
                path, $"the Parquet file for '{port.Name}'", expected, "run", null, cancellation).ConfigureAwait(false);
        var encoding = _tables is [var only]
            ? await KeptEncoding.OfAsync(only, imported, cancellation).ConfigureAwait(false)
            : EncodingChain.Empty;
        var table = await write.TableAsync(encoding, imported.ReadAsync(cancellation), cancellation).ConfigureAwait(false);
        return table.Rows > 0 ? table : throw Wrong(
            $"the table '{port.Name}' has no rows", "a command that finds nothing to write should end with an exit code other than 0");
    }

    private bool IsCsv(OutputPort port)
    {
        var (parquet, csv) = (File.Exists(files.Output(port, isCsv: false)), File.Exists(files.Output(port, isCsv: true)));
        return parquet && csv ? throw Wrong($"the command wrote '{port.Name}' as Parquet and as CSV", "write one of them") : csv;
    }

    private string Existing(OutputPort port, bool isCsv)
    {
        var path = files.Output(port, isCsv);
        if (!File.Exists(path))
            throw Wrong(
                Directory.Exists(path)
                    ? $"the command made a folder for '{port.Name}', not a file"
                    : $"the command ended well but wrote no '{port.Name}'",
                port.Artifact == ArtifactKind.Table
                    ? $"write Parquet to {{out.{port.Name}}} or CSV to {{out.{port.Name}.csv}}"
                    : $"write JSON to {{out.{port.Name}}}");
        if (new FileInfo(path).Length == 0)
            throw Wrong($"the command left the file for '{port.Name}' empty", null);
        return path;
    }

    private static StageException Wrong(string message, string? help) => new(message) { Help = help, Parameter = "run" };
}
