using Pipelines.TestKit.Fuzzing;
using Xunit.Abstractions;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Whatever is in a file of data: the rows that a plain reader of its format finds in it, or a finding.</summary>
public sealed class FileFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261129;

    public static TheoryData<string> Formats => [.. FuzzedFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_file_gives_the_rows_of_a_plain_reader_or_a_finding(string format) =>
        output.WriteLine(FuzzedFiles.Start(format, Seed, Fuzzer.Count(300)));
}
