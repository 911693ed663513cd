using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables;
using Pipelines.TestKit;
using Pipelines.TestKit.Contract;

namespace Pipelines.Tests.Runner.Plugins;

public sealed class PluginTests : IDisposable
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "SamplePlugin.dll");

    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_kind_of_a_plugin_stands_beside_those_of_the_runner()
    {
        var all = Of(Copied("my.dll", bytes => bytes));

        var kind = all.Value!.Find("sample/copy")!;
        Assert.Equal("my.dll", kind.Plugin!.Path);
        Assert.Equal("Copies rows.", kind.Manifest.Summary.En);
        Assert.Empty(kind.Diagnostics);
        Assert.Contains("sample/copy", all.Value.Kinds);
        Assert.Contains("load/csv", all.Value.Kinds);
        Assert.Null(all.Value.Find("load/csv")!.Plugin);
        Assert.IsAssignableFrom<IStage>(Activator.CreateInstance(kind.Spec.Implementation));
    }

    [Fact]
    public void A_plugin_brings_the_architectures_of_its_models()
    {
        Of(Copied("my.dll", bytes => bytes));
        File.WriteAllBytes(Path.Combine(_workspace.Root, EncodingChain.FileName), EncodingChain.Empty.ToBytes());

        using var predictor = Predictor.Load(new(ContentHash.Of([]), _workspace.Root, "sample"), new("cpu"));

        Assert.Equal("sample text", predictor.Predict(["text"])[0].Label);
        Assert.Equal(["cpu"], predictor.Classes);
    }

    [Fact]
    public async Task A_model_of_other_code_is_another_model()
    {
        ArtifactWriter writer = new(_workspace.Root);
        async Task<ContentHash> ModelOf(byte code) => (await new PluginModels(writer, new("my.dll", ContentHash.Of([code])))
            .ModelAsync("sample", EncodingChain.Empty, _ => Task.CompletedTask, default)).Id;

        Assert.Equal(await ModelOf(1), await ModelOf(1));
        Assert.NotEqual(await ModelOf(1), await ModelOf(2));
    }

    [Fact]
    public void A_manifest_beside_the_assembly_comes_before_the_one_in_it()
    {
        _workspace.Write("stages/sample/copy.yaml", "summary: { en: Beside. }\nodd: 1\n");

        var kind = Of(Copied("my.dll", bytes => bytes)).Value!.Find("sample/copy")!;

        Assert.Equal("Beside.", kind.Manifest.Summary.En);
        Assert.Contains("stages/sample/copy.yaml:2:1", DiagnosticFormat.Render(kind.Diagnostics), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugin-stage-misnamed", "SampleMisnamed is the stage 'sample/other', whose class is named SampleOther.")]
    [InlineData("plugin-stage-broken", "SampleBroken cannot be a stage: 'Text' of Pipelines.SamplePlugin.Wrong.NoPort is System.String")]
    [InlineData("plugin-stage-broken", "SampleNone cannot be a stage: Pipelines.SamplePlugin.Wrong.SampleNone does not derive from Stage")]
    [InlineData("plugin-stage-broken", "SampleAsking cannot be a stage: it needs a public constructor")]
    [InlineData("plugin-stage-broken", "SampleLoud cannot be a stage: 'Sample Loud' names no kind")]
    [InlineData("plugin-kind-taken", "'my.dll' has the kind 'pad', and so has the runner itself.")]
    public void All_that_is_wrong_with_a_plugin_is_said_at_once(string code, string words)
    {
        var found = Of(Copied("my.dll", bytes => bytes)).Diagnostics;

        Assert.Equal(6, found.Count);
        Assert.Contains(found, finding => finding.Code == code && finding.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_of_two_plugins_is_refused_with_both()
    {
        var all = Of(Copied("one.dll", bytes => bytes), Copied("two.dll", bytes => bytes));

        Assert.Contains(all.Diagnostics, finding => finding.Message == "'two.dll' has the kind 'sample/copy', and so has 'one.dll'.");
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 7)]
    public void A_plugin_for_another_version_of_the_contract_is_refused(ushort major, ushort minor)
    {
        var found = Assert.Single(Of(Copied("my.dll", bytes => BuiltFor(bytes, major, minor))).Diagnostics);

        Assert.Equal("plugin-for-another-version", found.Code);
        Assert.Contains($"of version {major}.{minor}, but this runner has 1.0", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_finding()
    {
        var length = (int)new FileInfo(Assembly).Length;
        for (var cut = 0; cut < length; cut += length / 40)
            Assert.True(Of(Copied($"cut-{cut}.dll", bytes => bytes[..cut])).HasErrors);
    }

    [Fact]
    public void Another_content_is_other_code()
    {
        var one = Of(Copied("one.dll", bytes => bytes)).Value!.Find("sample/copy")!.Plugin!;
        var same = Of(Copied("same.dll", bytes => bytes)).Value!.Find("sample/copy")!.Plugin!;
        var other = Of(Copied("other.dll", bytes => [.. bytes, 0])).Value!.Find("sample/copy")!.Plugin!;

        Assert.Equal(one.Hash, same.Hash);
        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Fact]
    public void A_project_must_have_been_built_since_its_sources_were_changed()
    {
        var project = _workspace.Write("plugins/my/my.csproj", "<Project />");
        Assert.Equal("plugin-not-built", Assert.Single(Of("plugins/my").Diagnostics).Code);

        _workspace.Write("plugins/my/bin/Debug/my.dll", "");
        File.Copy(Assembly, Path.Combine(_workspace.Root, "plugins/my/bin/Debug/my.dll"), overwrite: true);
        File.SetLastWriteTimeUtc(
            project, File.GetLastWriteTimeUtc(Path.Combine(_workspace.Root, "plugins/my/bin/Debug/my.dll")).AddHours(-1));
        Assert.NotNull(Of("plugins/my").Value!.Find("sample/copy"));

        File.SetLastWriteTimeUtc(project, File.GetLastWriteTimeUtc(project).AddHours(2));
        var outdated = Assert.Single(Of("plugins/my").Diagnostics);
        Assert.Equal(("plugin-outdated", "dotnet build plugins/my"), (outdated.Code, outdated.Help));
    }

    /// <summary>Beside the golden pipelines, so that every finding has a shown case.</summary>
    [Fact]
    [Trait(Golden.Writes, Golden.Generated)]
    public void Findings_are_shown_with_their_places()
    {
        _workspace.Write("fresh/fresh.csproj", "<Project />");
        _workspace.Write("two/a.csproj", "<Project />");
        _workspace.Write("two/b.csproj", "<Project />");
        _workspace.Write("old/old.csproj", "<Project />");
        _workspace.Write("old/bin/old.dll", "");
        File.SetLastWriteTimeUtc(Path.Combine(_workspace.Root, "old/bin/old.dll"), DateTime.UnixEpoch.AddYears(40));
        _workspace.Write("text.dll", "no assembly");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "xunit.assert.dll"), Path.Combine(_workspace.Root, "none.dll"));
        Copied("next.dll", bytes => BuiltFor(bytes, 2, 0));

        var found = Of("freshh", "fresh", "two", "old", "text.dll", "none.dll", "next.dll", Copied("my.dll", bytes => bytes)).Diagnostics;

        Golden.Check(Path.Combine(Golden.FolderOf(), "../Golden/300-document/plugin-files.out.txt"), DiagnosticFormat.Render(found));
    }

    [Fact]
    public void Without_plugins_nothing_is_looked_at()
    {
        var catalog = StageSamples.BuiltIn();

        Assert.Same(catalog, PluginCatalog.Of(catalog, "/nowhere", []).Value);
    }

    private Checked<StageCatalog> Of(params string[] paths) =>
        PluginCatalog.Of(StageSamples.BuiltIn(), _workspace.Root, PluginCatalog.Named(paths));

    private string Copied(string name, Func<byte[], byte[]> change)
    {
        File.WriteAllBytes(Path.Combine(_workspace.Root, name), change(File.ReadAllBytes(Assembly)));
        return name;
    }

    /// <summary>The same assembly as if it had been built against another Pipelines.Stages.</summary>
    private static byte[] BuiltFor(byte[] bytes, ushort major, ushort minor)
    {
        using PEReader file = new(new MemoryStream(bytes));
        var metadata = file.GetMetadataReader();
        var reference = metadata.AssemblyReferences.Single(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name) == "Pipelines.Stages");
        var row = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + ((MetadataTokens.GetRowNumber(reference) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(row), major);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(row + 2), minor);
        return bytes;
    }
}
