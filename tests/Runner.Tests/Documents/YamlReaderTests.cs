using Pipelines.Runner.Documents;

namespace Pipelines.Tests.Runner.Documents;

public sealed class YamlReaderTests
{
    [Fact]
    public void Every_node_knows_its_place()
    {
        var root = (YamlMap)Read("a: 1\nbé: { c: [x, \"y z\"], d: \"\" }\n");

        Assert.Equal("f:1:4", root.Find("a")!.Value.At.ToString());
        var inner = (YamlMap)root.Find("bé")!.Value;
        Assert.Equal("f:2:5", inner.At.ToString());
        var list = (YamlList)inner.Find("c")!.Value;
        Assert.Equal("f:2:14", list.Items[1].At.ToString());
        Assert.Equal(5, list.Items[1].At.Length);
    }

    [Theory]
    [InlineData("yes", "the text 'yes'")]
    [InlineData("off", "the text 'off'")]
    [InlineData("True", "True")]
    [InlineData("~", "null")]
    [InlineData("", "nothing")]
    [InlineData("0o17", "the text '0o17'")]
    [InlineData("0x1F", "the text '0x1F'")]
    [InlineData("1e-3", "the number 1e-3")]
    [InlineData(".5", "the number .5")]
    [InlineData("1.", "the number 1.")]
    [InlineData("-12", "the number -12")]
    [InlineData("1_000", "the text '1_000'")]
    [InlineData("12:30:00", "the text '12:30:00'")]
    [InlineData("2024-01-01", "the text '2024-01-01'")]
    [InlineData(".inf", "the number .inf")]
    [InlineData("e", "the text 'e'")]
    [InlineData("\"1\"", "the text '1'")]
    public void Plain_scalars_follow_yaml_1_2(string written, string described) =>
        Assert.Equal(described, ((YamlMap)Read($"a: {written}\n")).Find("a")!.Value.Described);

    [Fact]
    public void A_file_above_five_megabytes_is_refused_unread()
    {
        List<Diagnostic> diagnostics = [];

        Assert.Null(YamlReader.Read(new("f", new string('#', 6_000_000)), diagnostics));
        Assert.Equal("file-too-large", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void A_file_of_very_many_values_is_refused_where_they_become_too_many()
    {
        List<Diagnostic> diagnostics = [];

        Assert.Null(YamlReader.Read(new("f", string.Concat(Enumerable.Repeat("- a\n", 300_000))), diagnostics));
        Assert.Equal(("too-many-nodes", 250_000), (Assert.Single(diagnostics).Code, diagnostics[0].At.Line));
    }

    [Theory]
    [InlineData("a: \"x\\ty\\u0007 \u00e9\\\\\"\n"
        + "b: ['', ' ', '1', null, ~, 'null', 'yes', '- a', 'a: b', '#', 'x #y', '@', '!t', '&a', '|', '{']\n"
        + "c: {}\nd: []\n'e: f': {g: [[1], {h: 2}]}\n")]
    [InlineData("a: |\n  first\n  second\nb: >\n  folded\n  text\nc: '---'\nd: '...'\ne: '-'\nf: '\u2028'\ng: ' x '\nh: 'x:'\n")]
    public void What_is_written_reads_back_as_the_same(string text)
    {
        var written = YamlWriter.Write(Read(text));

        Assert.Equal(Plain(Read(text)), Plain(Read(written)));
        Assert.Equal(written, YamlWriter.Write(Read(written)));
    }

    private static YamlNode Read(string text)
    {
        List<Diagnostic> diagnostics = [];
        var node = YamlReader.Read(new("f", text), diagnostics);
        Assert.Empty(diagnostics);
        return node!;
    }

    /// <summary>Content without places; a plain scalar differs from a quoted one only where that changes its meaning.</summary>
    private static string Plain(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "null",
        YamlScalar scalar => scalar.IsPlain && CoreSchema.IsTyped(scalar.Text) ? scalar.Text : $"\"{scalar.Text}\"",
        YamlList list => $"[{string.Join(",", list.Items.Select(Plain))}]",
        YamlMap map => $"{{{string.Join(",", map.Entries.Select(entry => $"{Plain(entry.Key)}:{Plain(entry.Value)}"))}}}",
        _ => throw new InvalidOperationException(),
    };
}
