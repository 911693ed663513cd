using Scriban;

namespace Pipelines.Tests.Packages.Scriban;

public class StrictAccessTests
{
    [Fact]
    public void An_unknown_variable_prints_nothing_by_default() => Assert.Equal("[]", Templates.Render("[{{ missing }}]"));

    [Fact]
    public void Strict_variables_turn_an_unknown_variable_into_an_error()
        => Assert.Equal(
            "page.html(2,4) : error : The variable or function `missing` was not found",
            Templates.Failure("x\n{{ missing }}", new TemplateContext { StrictVariables = true }, "page.html").Message);

    [Fact]
    public void Strict_variables_know_loop_variables_parameters_and_assigned_ones()
        => Assert.Equal("1 2 3", Templates.Render(
            "{{ for i in [1]; i; end }} {{ func f(a); a; end; f 2 }} {{ x = 3; x }}", new TemplateContext { StrictVariables = true }));

    [Fact]
    public void A_variable_is_gone_after_its_loop()
        => Assert.Equal("", Templates.Render("{{ for i in [1]; end; i }}"));

    [Fact]
    public void An_unknown_member_is_null_unless_access_is_strict()
    {
        Assert.Equal("[]", Templates.Render("[{{ o.nope }}]", ("o", new { Name = "x" })));

        var strict = new TemplateContext { EnableRelaxedMemberAccess = false };
        strict.PushGlobal(Templates.Variables(("o", new { Name = "x" })));
        Assert.Equal("<input>(1,6) : error : Cannot get member with name nope.", Templates.Failure("{{ o.nope }}", strict).Message);
    }

    [Theory]
    [InlineData("{{ a?.b.c }}")]
    [InlineData("{{ a?.b['c'] }}")]
    public void A_question_mark_makes_the_rest_of_a_path_safe(string template) => Assert.Equal("", Templates.Render(template));

    [Fact]
    public void A_member_of_null_is_an_error()
        => Assert.Equal("<input>(1,6) : error : Cannot get the member a.b for a null object.", Templates.Failure("{{ a.b }}").Message);

    [Fact]
    public void An_index_behind_the_end_is_null_unless_access_is_strict()
    {
        Assert.Equal("", Templates.Render("{{ a = [1]; a[3] }}"));
        Assert.Contains(
            "The index 3 is out of bounds [0, 1]",
            Templates.Failure("{{ a = [1]; a[3] }}", new TemplateContext { EnableRelaxedIndexerAccess = false }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_readonly_variable_cannot_be_set()
    {
        var context = new TemplateContext();
        context.PushGlobal(Templates.Variables());

        Assert.Equal("<input>(1,23) : error : Cannot set the readonly variable `x`", Templates.Failure("{{ x = 1; readonly x; x = 2 }}", context).Message);
    }

    [Fact]
    public void A_read_only_entry_of_the_model_cannot_be_set()
    {
        var context = new TemplateContext();
        var variables = Templates.Variables();
        variables.SetValue("x", 1, true);
        context.PushGlobal(variables);

        Assert.Contains("Cannot set the readonly variable `x`", Templates.Failure("{{ x = 2 }}", context).Message, StringComparison.Ordinal);
    }
}
