using Scriban;
using Scriban.Syntax;

namespace Pipelines.Tests.Packages.Scriban;

public class LimitTests
{
    [Fact]
    public void Defaults_are_those_of_the_package()
    {
        var context = new TemplateContext();

        Assert.Equal((1000, 100, 1048576, 20), (context.LoopLimit, context.RecursiveLimit, context.LimitToString, context.ObjectRecursionLimit));
        Assert.Equal(
            (false, true, false, true, false, true),
            (context.StrictVariables, context.EnableRelaxedMemberAccess, context.EnableRelaxedTargetAccess, context.EnableRelaxedIndexerAccess,
                context.EnableRelaxedFunctionAccess, context.AutoIndent));
    }

    [Fact]
    public void A_loop_over_the_limit_fails_at_the_loop()
        => Assert.Equal(
            "<input>(2,4) : error : Exceeding number of iteration limit `1000` for loop statement.",
            Templates.Failure("\n{{ for i in items }}{{ end }}", With(1001)).Message);

    [Fact]
    public void A_loop_at_the_limit_passes()
        => Assert.Equal("1000", Templates.Render("{{ n = 0; for i in items; n += 1; end; n }}", With(1000)));

    [Fact]
    public void Nested_loops_are_counted_together()
        => Assert.Throws<ScriptRuntimeException>(() => Templates.Render("{{ for a in items; for b in items; end; end }}", With(100)));

    [Fact]
    public void Loops_after_one_another_are_counted_apart()
        => Assert.Equal("", Templates.Render("{{ for a in items; end; for b in items; end }}", With(900)));

    [Fact]
    public void Functions_over_lists_are_limited_too()
        => Assert.Contains(
            "Exceeding number of iteration limit `1000` for internal iteration.",
            Templates.Failure("{{ items | array.join '' }}", With(1001)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ 'ab' * 600000 }}", "String multiplication exceeds LimitToString `1048576`.")]
    [InlineData("{{ [1] * 2000 }}", "Exceeding number of iteration limit `1000`")]
    [InlineData("{{ 1..2000 }}", "Range expression exceeds LoopLimit `1000`.")]
    [InlineData("{{ 1 << 2000000 }}", "Shift amount `2000000` exceeds maximum supported magnitude `1048576`.")]
    [InlineData("{{ 'a' | string.pad_left 2000000 }}", "Padding width `2000000` exceeds the configured LimitToString `1048576`.")]
    public void A_short_template_cannot_make_a_huge_value(string template, string expected)
        => Assert.Contains(expected, Templates.Failure(template).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_longer_than_memory_is_refused_without_any_limit()
        => Assert.Contains(
            "Array multiplication result length exceeds the maximum supported array length.",
            Templates.Failure("{{ [1, 2, 3] * 2000000000 }}", new TemplateContext { LoopLimit = 0, LimitToString = 0 }).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Zero_lifts_the_loop_limit()
    {
        var context = With(5000);
        context.LoopLimit = 0;

        Assert.Equal("5000", Templates.Render("{{ n = 0; for i in items; n += 1; end; n }}", context));
    }

    [Fact]
    public void Output_behind_the_limit_is_cut_and_ends_in_dots()
    {
        var context = new TemplateContext { LimitToString = 10 };

        Assert.Equal("0123456789...", Templates.Render("01234{{ '5678' }}9 and more", context));
    }

    [Fact]
    public void A_report_of_more_than_a_mebibyte_is_cut_by_default_and_whole_without_the_limit()
    {
        var text = new string('x', 2_000_000);

        Assert.Equal(1048576 + 3, Templates.Render(text, new TemplateContext()).Length);
        Assert.Equal(text.Length, Templates.Render(text, new TemplateContext { LimitToString = 0 }).Length);
    }

    [Fact]
    public void A_function_that_calls_itself_stops_at_the_limit()
        => Assert.Contains(
            "Exceeding number of recursive depth limit `100`", Templates.Failure("{{ func f; f; end; f }}").Message, StringComparison.Ordinal);

    [Fact]
    public void Recursion_without_a_limit_ends_before_the_stack_does()
        => Assert.Throws<ScriptRuntimeException>(() => Templates.Render("{{ func f(n); f(n + 1); end; f(0) }}", new TemplateContext { RecursiveLimit = 0 }));

    [Fact]
    public void A_list_that_contains_itself_is_not_printed_forever()
        => Assert.Contains("Structure is too deeply nested", Templates.Failure("{{ a = []; a[0] = a; a }}").Message, StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_rendering_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<ScriptAbortException>(() => Templates.Render("{{ 1 }}", new TemplateContext { CancellationToken = source.Token }));
    }

    private static TemplateContext With(int count)
    {
        var context = new TemplateContext();
        context.PushGlobal(Templates.Variables(("items", Enumerable.Range(0, count).ToArray())));
        return context;
    }
}
