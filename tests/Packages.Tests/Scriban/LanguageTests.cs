using Scriban;
using Scriban.Runtime;

namespace Pipelines.Tests.Packages.Scriban;

public class LanguageTests
{
    [Theory]
    [InlineData("reversed", "54321")]
    [InlineData("offset:1", "2345")]
    [InlineData("limit:2", "12")]
    [InlineData("offset:1 limit:2", "23")]
    [InlineData("limit:2 offset:1", "23")]
    [InlineData("reversed offset:1", "5432")]
    [InlineData("offset:1 reversed", "5432")]
    [InlineData("reversed limit:2", "54")]
    [InlineData("limit:2 reversed", "54")]
    [InlineData("offset:1 limit:2 reversed", "54")]
    public void Options_of_a_loop_mean_the_same_in_any_order(string options, string expected)
        => Assert.Equal(expected, Templates.Render($"{{{{ for i in [1, 2, 3, 4, 5] {options}; i; end }}}}"));

    [Theory]
    [InlineData("array", "add add_range any compact concat contains cycle each filter first insert_at join last limit map offset remove_at reverse size sort uniq")]
    [InlineData("string", "append base64_decode base64_encode capitalize capitalizewords contains downcase empty ends_with equals_ignore_case escape handleize hmac_sha1 hmac_sha256 hmac_sha512 index_of literal lstrip md5 pad_left pad_right pluralize prepend remove remove_first remove_last replace replace_first rstrip sha1 sha256 sha512 size slice slice1 split starts_with strip strip_newlines to_double to_float to_int to_long truncate truncatewords upcase whitespace")]
    [InlineData("math", "abs ceil divided_by floor format is_number minus modulo plus random round times uuid")]
    [InlineData("object", "default eval eval_template format from_json has_key has_value keys kind size to_json typeof values")]
    [InlineData("date", "add_days add_hours add_milliseconds add_minutes add_months add_seconds add_years default_format format now parse parse_to_string to_string utc_now")]
    [InlineData("html", "escape newline_to_br strip url_encode url_escape")]
    [InlineData("regex", "escape match matches replace split unescape")]
    [InlineData("timespan", "from_days from_hours from_milliseconds from_minutes from_seconds parse zero")]
    public void Every_builtin_is_there(string name, string members)
    {
        var builtin = Assert.IsAssignableFrom<ScriptObject>(TemplateContext.GetDefaultBuiltinObject()[name]);

        Assert.Equal(members.Split(' '), builtin.GetMembers().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{{ 1 + 2 * 3 - 4 / 2 }}", "5")]
    [InlineData("{{ 1 + 1 == 2 && !(2 > 3) }}", "true")]
    [InlineData("{{ null ?? 1 + 1 }}", "2")]
    [InlineData("{{ 2 > 1 ? 'a' + 'b' : 'c' }}", "ab")]
    [InlineData("{{ [1, 2] + [3] }}", "[1, 2, 3]")]
    [InlineData("{{ 1 << 70 }}", "1180591620717411303424")]
    [InlineData("{{ 2147483647 + 1 }}", "2147483648")]
    [InlineData("{{ x = 1; x++; ++x }}", "13")]
    [InlineData("{{ x = 7; x -= 2; x *= 3; x //= 2; x %= 4; x }}", "3")]
    [InlineData("{{ 0x1F + 0b11 + 1_000 }}", "1034")]
    [InlineData("{{ $\"{1 + 1} and {'x' | string.upcase}\" }}", "2 and X")]
    [InlineData("{{ 'a' == 'a' ? 1 : 2 }}{{ [1, 2] == [1, 2] }}", "1true")]
    public void Expressions_give_what_the_language_says(string template, string expected) => Assert.Equal(expected, Templates.Render(template));

    [Theory]
    [InlineData("{{ func sum(a, b = 2, rest...); ret a + b + (rest | array.size); end; sum 1; ' '; sum 1 1; ' '; sum 1 1 'x' 'y' }}", "3 2 4")]
    [InlineData("{{ double(x) = x * 2; [1, 2] | array.each @double }}", "[2, 4]")]
    [InlineData("{{ f = do; ret $0 + 1; end; f 1 }}", "2")]
    [InlineData("{{ func f; ret $.k; end; f k: 'v' }}", "v")]
    [InlineData("{{ func f(a); a = a + 1; ret a; end; a = 1; f a; a }}", "21")]
    [InlineData("{{ func box }}[{{ $$ }}]{{ end }}{{ wrap box }}{{ 1 + 1 }}{{ end }}", "[2]")]
    [InlineData("{{ args = [1, 2]; func f(a, b); ret a - b; end; f ^args }}", "-1")]
    public void Functions_take_arguments_in_all_forms(string template, string expected) => Assert.Equal(expected, Templates.Render(template));

    [Fact]
    public void A_pipe_may_run_over_several_lines()
        => Assert.Equal("a-b", Templates.Render("{{ ['b', 'a', null] | array.compact |\n   array.sort |\n   array.join '-' }}"));

    [Fact]
    public void The_state_of_an_outer_loop_is_back_after_an_inner_one()
        => Assert.Equal("0:01 1:01 ", Templates.Render("{{ for a in [1, 2] }}{{ for.index }}:{{ for b in [1, 2] }}{{ for.index }}{{ end }} {{ end }}"));

    [Fact]
    public void Break_and_continue_reach_the_innermost_loop()
        => Assert.Equal("13;13;", Templates.Render("{{ for a in [1, 2]; for b in [1, 2, 3, 4]; if b == 2; continue; end; if b == 4; break; end; b; end; ';'; end }}"));

    [Fact]
    public void Else_of_a_loop_is_for_an_empty_list()
        => Assert.Equal("none", Templates.Render("{{ for a in []; a; else; 'none'; end }}"));

    [Fact]
    public void With_makes_members_variables()
        => Assert.Equal("1 2", Templates.Render("{{ o = { a: 1 }; with o; a; b = 2; end; ' '; o.b }}"));
}
