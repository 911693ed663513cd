using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Runner.Planning;

public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("python3 scripts/enrich.py {in.rows} {out.rows}", "python3 scripts/enrich.py")]
    [InlineData("./x.sh --config=conf.yaml -v", "./x.sh conf.yaml")]
    [InlineData("MODE=fast ./x.sh", "MODE fast ./x.sh")]
    [InlineData("sort a.csv|uniq;cat b.csv&&(x <c.csv)", "sort a.csv uniq cat b.csv x c.csv")]
    [InlineData("x > log.txt 2> err.txt >>more.txt in.txt", "x 2 in.txt")]
    [InlineData("python 'my script.py' \"b c.txt\"", "python|my script.py|b c.txt")]
    [InlineData("cat /etc/passwd ~/x ../up a/../b *.txt $HOME .pipelines/v1 . -", "cat")]
    [InlineData("a a\nb\ta", "a b")]
    [InlineData("'unclosed quote", "unclosed quote|")]
    [InlineData("", "")]
    public void The_words_that_may_name_a_file_are_found(string command, string expected) =>
        Assert.Equal(expected.Split(expected.Contains('|') ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries), CommandWords.In(command));
}
