namespace Pipelines.Tests.Repository;

/// <summary>The reader the other tests rely on.</summary>
public sealed class SourceCodeTests
{
    private const string Q = "\"";

    [Theory]
    [InlineData("a // {")]
    [InlineData("a /* { */")]
    [InlineData($"a {Q}{{ \\{Q} {{{Q}")]
    [InlineData($"a @{Q}{{ {Q}{Q} \\{Q}")]
    [InlineData($"a {Q}{Q}{Q} {{ {Q} {Q}{Q}{Q}")]
    [InlineData($"a ${Q}{{b.C({Q}{{{Q})}} {{{{{Q}")]
    [InlineData("a '{' '\\''")]
    public void Texts_and_comments_are_blanks(string code) => Assert.Equal("a", SourceCode.Masked(code).TrimEnd());

    [Fact]
    public void Methods_are_counted_from_their_first_word_to_their_last_brace()
    {
        const string Code = """
            namespace A;
            class B<T>(int c) : D where T : class
            {
                private readonly int[] _e = new[] { f(1) };
                [G(1)]
                public int H() =>
                    I(2);
                void J<U>() where U : class
                {
                    if (k)
                    {
                    }
                }
                record L(int M);
            }
            """;

        var methods = SourceMembers.MethodsOf(SourceCode.Masked(Code));

        Assert.Equal([(5, 3), (8, 6)], methods.Select(method => (method.Line, method.Lines)));
    }
}
