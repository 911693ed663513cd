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
    [InlineData("python 'my script.py' \"b c.txt\"", "python|my script.py|my|script.py|b c.txt|b|c.txt")]
    [InlineData("cat /etc/passwd ~/x ../up a/../b *.txt $HOME .pipelines/v1 . -", "cat b")]
    [InlineData("python s/../s/a.py", "python s/a.py")]
    [InlineData("python $PWD/s/a.py ${PWD}/s/b.py \"$PWD/s/c.py\"", "python s/a.py s/b.py s/c.py")]
    [InlineData("python /project/s/a.py /projects/s/b.py /project/../etc/x /project", "python s/a.py")]
    [InlineData("python \"--config=conf/c.txt\"", "python conf/c.txt")]
    [InlineData("sh -c 'python s/a.py < in.txt'", "sh|python s/a.py < in.txt|python|s/a.py|in.txt")]
    [InlineData("x s/../../up ./s/../y", "x y")]
    [InlineData("a a\nb\ta", "a b")]
    [InlineData("'unclosed quote", "unclosed quote|unclosed|quote")]
    [InlineData("", "")]
    public void The_words_that_may_name_a_file_are_found(string command, string expected) => Assert.Equal(
        expected.Split(expected.Contains('|') ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries), CommandWords.In(command, "/project"));
}
