using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Pipelines.Tests.Packages.Scriban;

public class RecordedCaseTests
{
    [Theory]
    [MemberData(nameof(RecordedCases.All), MemberType = typeof(RecordedCases))]
    public void The_outcome_is_the_recorded_one(string name, string template, string expected)
    {
        var outcome = name.StartsWith("context", StringComparison.Ordinal) ? RenderInContext(template) : Outcome(template, null, parsed => parsed.Render(Model(name)));

        Assert.Equal(expected, outcome.Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
    }

    private static object Model(string name) => name.StartsWith("first", StringComparison.Ordinal) ? RecordedCases.FirstModel() : RecordedCases.SecondModel();

    private static string RenderInContext(string template)
    {
        var variables = new ScriptObject { ["foo_bar"] = 1, ["baz"] = "z", ["custom"] = 42, ["arr"] = new[] { 1, 2, 3 } };
        variables.Import("myfn", new Func<int, int, int>((a, b) => a * b));
        variables.Import("do_it", new Func<string, string>(a => $"<{a}>"));
        variables.Import("with_ctx", new Func<TemplateContext, int, string>((context, a) => context.CurrentSourceFile + a));
        variables.SetValue("ro", 1, true);
        var context = new TemplateContext { StrictVariables = true, LoopLimit = 10, TemplateLoader = new Loader() };
        context.PushGlobal(variables);
        return Outcome(template, "main.html", parsed => parsed.Render(context));
    }

    private static string Outcome(string text, string? path, Func<Template, string> render)
    {
        var template = Template.Parse(text, path);
        if (template.HasErrors)
        {
            return "PARSE-ERR " + string.Join(" | ", template.Messages);
        }

        try
        {
            return render(template);
        }
        catch (ScriptRuntimeException exception)
        {
            return $"THROWS {exception.GetType()}: {exception.Message}";
        }
    }

    private sealed class Loader : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => "/t/" + templateName;

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => templatePath switch
        {
            "/t/part" => "P[{{ foo_bar }} {{ $0 }} {{ $.name }}]",
            "/t/multi" => "l1\nl2\n",
            _ => throw new FileNotFoundException(templatePath),
        };

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath)
            => new(Load(context, callerSpan, templatePath));
    }
}
