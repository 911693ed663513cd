using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Pipelines.Tests.Packages.Scriban;

public class IncludeTests
{
    [Fact]
    public void Every_line_of_an_included_template_is_indented_as_the_include_is()
        => Assert.Equal(
            "<div>\n  <p>\n    text\n  </p>\n</div>",
            Render("<div>\n  {{ include 'box' }}\n</div>", ("box", "<p>\n  text\n</p>")));

    [Fact]
    public void Indents_of_nested_includes_add_up()
        => Assert.Equal(
            "a\n  b1\n    c1\n    c2\n",
            Render("a\n  {{ include 'b' }}\n", ("b", "b1\n  {{ include 'c' }}"), ("c", "c1\nc2")));

    [Fact]
    public void Arguments_are_numbered_from_the_name_on()
        => Assert.Equal("box 1 2", Render("{{ include 'box' 1 2 }}", ("box", "{{ $0 }} {{ $1 }} {{ $2 }}")));

    [Fact]
    public void A_named_argument_is_a_member_of_the_arguments_and_a_local_variable()
        => Assert.Equal("T T []", Render("{{ include 'box' title: 'T' }} [{{ $title }}]", ("box", "{{ $.title }} {{ $title }}")));

    [Fact]
    public void An_include_sees_and_sets_global_variables()
        => Assert.Equal("1 2", Render("{{ x = 1 }}{{ include 'set' }} {{ x }}", ("set", "{{ x }}{{ x = 2 }}")));

    [Fact]
    public void An_include_sees_the_variable_of_the_loop_around_it()
        => Assert.Equal("[1][2]", Render("{{ for i in [1, 2]; include 'item'; end }}", ("item", "[{{ i }}]")));

    [Fact]
    public void The_result_of_an_include_can_go_through_a_pipe()
        => Assert.Equal("&lt;b&gt;", Render("{{ include 'tag' | html.escape }}", ("tag", "<b>")));

    [Fact]
    public void A_template_is_loaded_once_for_a_context()
    {
        var loader = new Partials(("part", "x"));
        var context = new TemplateContext { TemplateLoader = loader };

        Templates.Render("{{ include 'part' }}{{ include 'part' }}", context);

        Assert.Equal(["part"], loader.Loaded);
    }

    [Fact]
    public void A_missing_template_keeps_the_reason_of_the_loader()
    {
        var context = new TemplateContext { TemplateLoader = new Partials() };

        var exception = Templates.Failure("text\n{{ include 'nope' }}", context, "page.html");

        Assert.Equal("page.html(2,4) : error : Unexpected exception while creating template from path `nope`", exception.Message);
        Assert.IsType<FileNotFoundException>(exception.InnerException);
    }

    [Fact]
    public void Without_a_loader_an_include_is_an_error()
        => Assert.Contains("No TemplateLoader registered", Templates.Failure("{{ include 'x' }}").Message, StringComparison.Ordinal);

    [Fact]
    public void Errors_of_an_included_template_name_its_file_and_line()
    {
        var context = new TemplateContext { TemplateLoader = new Partials(("bad", "ok\n{{ 1 + }}")) };

        var exception = Assert.Throws<ScriptParserRuntimeException>(() => Templates.Render("{{ include 'bad' }}", context));

        Assert.StartsWith("bad(2,8) : error : ", exception.ParserMessages[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_includes_itself_stops_at_the_limit()
    {
        var context = new TemplateContext { TemplateLoader = new Partials(("self", "{{ include 'self' }}")), RecursiveLimit = 10 };

        var exception = Templates.Failure("{{ include 'self' }}", context);

        Assert.Contains("Exceeding number of recursive depth limit `10`", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_includes_are_joined_with_a_separator()
        => Assert.Equal("A, B", Render("{{ include_join ['a', 'b'] ', ' }}", ("a", "A"), ("b", "B")));

    private static string Render(string text, params (string Name, string Text)[] partials)
        => Templates.Render(text, new TemplateContext { TemplateLoader = new Partials(partials) });

    private sealed class Partials(params (string Name, string Text)[] partials) : ITemplateLoader
    {
        public List<string> Loaded { get; } = [];

        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath)
        {
            Loaded.Add(templatePath);
            return Array.Find(partials, partial => partial.Name == templatePath).Text ?? throw new FileNotFoundException(templatePath);
        }

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath)
            => new(Load(context, callerSpan, templatePath));
    }
}
