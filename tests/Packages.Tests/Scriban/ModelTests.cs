using System.Globalization;
using Scriban;
using Scriban.Runtime;

namespace Pipelines.Tests.Packages.Scriban;

public class ModelTests
{
    [Theory]
    [InlineData("FooBar", "foo_bar")]
    [InlineData("URLValue", "urlvalue")]
    [InlineData("MyURL", "my_url")]
    [InlineData("X1Y2", "x1_y2")]
    [InlineData("ABC", "abc")]
    [InlineData("Item2Name", "item2_name")]
    [InlineData("iPhone", "i_phone")]
    [InlineData("A", "a")]
    [InlineData("fooBar", "foo_bar")]
    [InlineData("FOO_Bar", "foo__bar")]
    [InlineData("HTMLText", "htmltext")]
    [InlineData("D2V", "d2_v")]
    public void Members_are_renamed_to_snake_case(string name, string expected) => Assert.Equal(expected, StandardMemberRenamer.Rename(name));

    [Fact]
    public void A_renamer_of_ones_own_holds_for_nested_objects_too()
        => Assert.Equal("1 2", Template.Parse("{{ Outer.Value }} {{ Outer.Inner.Value }}").Render(
            new { Outer = new { Value = 1, Inner = new { Value = 2 } } }, member => member.Name));

    [Fact]
    public void Keys_of_dictionaries_and_script_objects_are_not_renamed()
        => Assert.Equal("1 2 3", Templates.Render(
            "{{ d.KeyOne }} {{ o.KeyTwo }} {{ n[7] }}",
            ("d", new Dictionary<string, int> { ["KeyOne"] = 1 }),
            ("o", Templates.Variables(("KeyTwo", 2))),
            ("n", new Dictionary<int, int> { [7] = 3 })));

    [Fact]
    public void Records_structs_lists_and_sequences_can_be_read()
        => Assert.Equal("1 x 2 3 0-1-2-", Templates.Render(
            "{{ r.id }} {{ r.name }} {{ p.value }} {{ l[1] }} {{ for i in s; i; '-'; end }}",
            ("r", new RecordedCases.Rec(1, "x")),
            ("p", new KeyValuePair<string, int>("k", 2)),
            ("l", new List<int> { 2, 3 }),
            ("s", Enumerable.Range(0, 3))));

    [Fact]
    public void Static_methods_of_a_type_become_functions_in_snake_case()
    {
        var variables = new ScriptObject();
        variables.Import(typeof(Shapes));
        var context = new TemplateContext();
        context.PushGlobal(variables);

        Assert.Equal("6 12", Templates.Render("{{ area_of 2 3 }} {{ 3 | area_of 4 }}", context));
    }

    [Fact]
    public void A_function_keeps_its_name_and_gets_the_context()
    {
        var variables = new ScriptObject();
        variables.Import("Where", new Func<TemplateContext, string>(context => context.CurrentSourceFile ?? "?"));
        var context = new TemplateContext();
        context.PushGlobal(variables);

        Assert.Equal("page.html", Templates.Render("{{ Where }}", context, "page.html"));
    }

    [Fact]
    public void Parameters_of_a_function_can_have_defaults_or_gather_the_rest()
    {
        var variables = new ScriptObject();
        variables.Import("shout", (string text = "hello", int times = 2) => string.Concat(Enumerable.Repeat(text.ToUpperInvariant(), times)));
        variables.Import("count", (string first, params object[] rest) => $"{first}+{rest.Length}");
        var context = new TemplateContext();
        context.PushGlobal(variables);

        Assert.Equal("HELLOHELLO AA A x+0 x+2", Templates.Render("{{ shout() }} {{ 'a' | shout }} {{ shout 'a' times: 1 }} {{ count 'x' }} {{ count 'x' 1 2 }}", context));
    }

    [Fact]
    public void The_culture_is_invariant_unless_one_is_pushed()
    {
        var decimalComma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        decimalComma.NumberFormat.NumberDecimalSeparator = ",";
        decimalComma.NumberFormat.NumberGroupSeparator = ".";
        var context = new TemplateContext();
        const string template = "{{ 1.5 }} {{ 1234.5 | math.format 'N1' }}";

        Assert.Equal("1.5 1,234.5", Templates.Render(template, context));
        context.PushCulture(decimalComma);
        Assert.Equal("1,5 1.234,5", Templates.Render(template, context));
        context.PopCulture();
        Assert.Equal("1.5 1,234.5", Templates.Render(template, context));
    }

    [Fact]
    public void Globals_hide_those_below_and_come_back()
    {
        var context = new TemplateContext();
        context.PushGlobal(Templates.Variables(("a", 1), ("b", 2)));
        context.PushGlobal(Templates.Variables(("a", 3)));

        Assert.Equal("3 2", Templates.Render("{{ a }} {{ b }}", context));
        context.PopGlobal();
        Assert.Equal("1 2", Templates.Render("{{ a }} {{ b }}", context));
    }

    [Fact]
    public void Assignments_stay_in_the_pushed_object()
    {
        var variables = new ScriptObject();
        var context = new TemplateContext();
        context.PushGlobal(variables);

        Templates.Render("{{ x = 40 + 2; y = [1, 2]; z = { a: 1 } }}", context);

        Assert.Equal(42, variables["x"]);
        Assert.Equal([1, 2], Assert.IsType<ScriptArray>(variables["y"]));
        Assert.Equal(1, Assert.IsType<ScriptObject>(variables["z"])["a"]);
    }

    [Fact]
    public void An_expression_can_be_evaluated_for_its_value()
        => Assert.Equal(7, Template.Evaluate("1 + 2 * 3", new TemplateContext()));

    [Fact]
    public void Output_can_go_to_a_writer()
    {
        using var writer = new StringWriter();
        var context = new TemplateContext();
        context.PushOutput(new TextWriterOutput(writer));

        Template.Parse("a{{ 1 }}").Render(context);

        Assert.Equal("a1", writer.ToString());
    }

    [Fact]
    public async Task Rendering_asynchronously_gives_the_same()
        => Assert.Equal("async 1", await Template.Parse("async {{ x }}").RenderAsync(new { X = 1 }));

    [Fact]
    public void A_context_can_be_used_again()
    {
        var context = new TemplateContext();

        Assert.Equal("1", Templates.Render("{{ 1 }}", context));
        Assert.Equal("2", Templates.Render("{{ 2 }}", context));
    }

    public static class Shapes
    {
        public static int AreaOf(int width, int height) => width * height;
    }
}
