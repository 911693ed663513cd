using Scriban;
using Scriban.Syntax;

namespace Pipelines.Tests.Packages.Scriban;

public class FuzzTests
{
    private const int Seed = 20240305;

    private static readonly string[] s_pieces =
    [
        "{{", "}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "end", "if", "else", "for", "in", "while", "case", "when", "func", "do", "ret", "capture", "wrap",
        "with", "include", "import", "readonly", "break", "continue", "tablerow", "this", "null", "true", "empty", "x.empty?", "|", "|>", "(", ")", "[", "]", "{", "}",
        ".", "?.", "..", "..<", "...", "$", "$0", "$$", "@", "^", "!", "-", "+", "++", "--", "=", "+=", "==", "??", "?!", "?", ":", ";", "\n", "\r", "#", "##", "'", "\"",
        "`", "$\"", "\\", "1", "1.5", "1e3", "0x1f", "0b11", "x", "a:1", ",", "&&", "||", "<<", ">>", "//", "%", "limit:1", "reversed", "é", "\0",
    ];

    /// <summary>Every mutated template gives messages, text or a runtime error; the token only ends a test that would hang.</summary>
    [Fact]
    public async Task A_mangled_template_gives_messages_or_text_and_nothing_else()
    {
        var templates = Mutations(2_000).ToList();

        await Task.Run(() => templates.ForEach(RenderLeniently)).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(2_000, templates.Count);
    }

    private static void RenderLeniently(string text)
    {
        try
        {
            var template = Template.Parse(text, "fuzz");
            if (!template.HasErrors)
            {
                var context = new TemplateContext { LoopLimit = 200, LimitToString = 20_000 };
                context.PushGlobal(Templates.Variables(("x", new[] { 1, 2 })));
                Assert.NotNull(template.Render(context));
            }
        }
        catch (ScriptRuntimeException exception)
        {
            Assert.NotEmpty(exception.OriginalMessage);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception.GetType()}: {exception.Message}\n{text}");
        }
    }

    private static IEnumerable<string> Mutations(int count)
    {
        var random = new Random(Seed);
        var seeds = RecordedCases.All().Select(row => (string)row[1]).ToList();
        for (var i = 0; i < count; i++)
        {
            var text = seeds[random.Next(seeds.Count)];
            for (var mutations = random.Next(1, 6); mutations > 0; mutations--)
            {
                text = Mutate(text, random);
            }

            yield return random.Next(3) == 0 ? $"{{{{ {text} }}}}" : text;
        }
    }

    private static string Mutate(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(3))
        {
            case 0:
                return text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
            case 1:
                return text.Insert(at, s_pieces[random.Next(s_pieces.Length)]);
            default:
                var from = random.Next(text.Length + 1);
                return text.Insert(at, text.Substring(from, Math.Min(random.Next(1, 20), text.Length - from)));
        }
    }
}
