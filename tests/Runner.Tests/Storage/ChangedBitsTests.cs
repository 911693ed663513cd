using System.Globalization;
using Pipelines.Runner.Commands;
using Pipelines.Runner.Terminal;
using Pipelines.TestKit;
using Xunit.Abstractions;

namespace Pipelines.Tests.Runner.Storage;

/// <summary>
/// One bit of any file that the runner keeps changes, or the file is cut, and then a stage downstream is edited: every result is that of an
/// undisturbed run. <c>tests/soak</c> does it more often: the variable <c>SOAK_FLIPS</c> says how often.
/// </summary>
public sealed class ChangedBitsTests(ITestOutputHelper output) : IDisposable
{
    private const string Pipeline = """
        pipeline: kept
        stages:
          rows: { uses: load/csv, with: { train: train.csv, validation: validation.csv, test: test.csv, text: text, label: label } }
          clean: { uses: clean/text, from: rows }
          words: { uses: tokenize/words, from: clean }
          codes: { uses: label/characters, from: words }
          padded: { uses: pad, from: codes, with: { length: 4 } }
          lengths: { uses: describe/lengths, from: clean }
          model: { uses: train/seq2seq, from: padded, with: { embedding: 8, units: 8, batch: 16, epochs: 2 } }
          scores: { uses: evaluate/sequence, from: { model: model, rows: padded } }
          examples: { uses: predict/examples, from: { model: model, rows: padded }, with: { count: 3 } }

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The first one goes on with a training that was interrupted.
    private static readonly (string Old, string New)[] Edits =
    [
        ("epochs: 2", "epochs: 4"), ("length: 4", "length: 3"), ("count: 3", "count: 2"),
        ("tokenize/words, from: clean", "tokenize/words, from: clean, with: { max_tokens: 5 }"),
    ];

    private readonly TempWorkspace _done = new();
    private readonly Random _random = new(20261129);

    [Fact]
    public async Task A_bit_that_changed_in_any_kept_file_changes_no_result()
    {
        await PrepareAsync();
        var expected = new List<(string Lock, string Metrics)>();
        foreach (var edit in Edits)
            expected.Add(await AfterAsync(edit, _ => { }));
        var kinds = _done.Files(".pipelines").GroupBy(KindOf, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => kind.ToList()).ToList();
        Assert.Contains(kinds, kind => kind[0].Contains("/work/", StringComparison.Ordinal));
        var count = Count(kinds.Count);
        for (var i = 0; i < count; i++)
        {
            var kind = kinds[i % kinds.Count];
            var file = kind[_random.Next(kind.Count)];
            var edit = _random.Next(Edits.Length);
            var what = "";

            var found = await AfterAsync(Edits[edit], root => what = Break(Path.Combine(root, file)));

            Assert.True(expected[edit] == found, $"{i}: {file}, {what}, then {Edits[edit].New}:\n{found}\ninstead of\n{expected[edit]}");
        }
        output.WriteLine($"{count} changes in {kinds.Count} kinds of files");
    }

    public void Dispose() => _done.Dispose();

    private async Task PrepareAsync()
    {
        _done.Write("kept.yaml", Pipeline);
        Directory.CreateDirectory(Path.Combine(_done.Root, ".pipelines"));
        foreach (var (split, rows) in new[] { ("train", 40), ("validation", 8), ("test", 8) })
            _done.Write($"{split}.csv", "text,label\n" + string.Concat(Enumerable.Range(0, rows)
                .Select(row => $"fracture du bras {split} {row % 5},S{row % 4}\n")));
        await ExecAsync(_done.Root, CancellationToken.None);
        // A training that is interrupted leaves a checkpoint.
        _done.Write("kept.yaml", Pipeline.Replace(Edits[0].Old, Edits[0].New, StringComparison.Ordinal));
        using var stop = new CancellationTokenSource();
        using StoppingWriter stopping = new(stop, "\"epoch\":3");
        await CommandLine.RunAsync(["exec", Path.Combine(_done.Root, "kept.yaml"), "--json"], ScreenOf(stopping), stop.Token);
        _done.Write("kept.yaml", Pipeline);
    }

    private async Task<(string Lock, string Metrics)> AfterAsync((string Old, string New) edit, Action<string> breaking)
    {
        using var copy = new TempWorkspace();
        foreach (var file in _done.Files())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy.Root, file))!);
            File.Copy(Path.Combine(_done.Root, file), Path.Combine(copy.Root, file));
        }
        breaking(copy.Root);
        copy.Write("kept.yaml", Pipeline.Replace(edit.Old, edit.New, StringComparison.Ordinal));
        await ExecAsync(copy.Root, CancellationToken.None);
        return (copy.Read("kept.lock.json"), copy.Read("reports/kept/metrics.json"));
    }

    private static async Task ExecAsync(string root, CancellationToken cancellation)
    {
        using var said = new StringWriter();
        var running = Task.Run(() => CommandLine.RunAsync(["exec", Path.Combine(root, "kept.yaml")], ScreenOf(said), cancellation));
        if (await Task.WhenAny(running, Task.Delay(Patience, CancellationToken.None)) != running)
            throw new TimeoutException(said.ToString());
        Assert.True(await running == ExitCode.Done, said.ToString());
    }

    private static Screen ScreenOf(TextWriter writer) =>
        new(new StringReader(""), writer, writer, IsInteractive: false, HasColor: false, Width: 80);

    /// <summary>Objects by the name of the file, the rest by its folder and ending.</summary>
    private static string KindOf(string file)
    {
        var parts = file.Split('/');
        var name = Path.GetFileName(file);
        return parts.Length > 2 && parts[2] is "objects" or "work" ? $"{parts[2]} {name.Split('-')[0]}"
            : $"{string.Join('/', parts.Take(4).Where(part => part != name && part.Length > 2))} {Path.GetExtension(name)}";
    }

    private string Break(string path)
    {
        var bytes = File.ReadAllBytes(path);
        // The files of objects are read-only, so they are replaced.
        File.Delete(path);
        var at = _random.Next(Math.Max(1, bytes.Length));
        var isCut = bytes.Length == 0 || _random.Next(4) == 0;
        if (!isCut)
            bytes[at] ^= (byte)(1 << _random.Next(8));
        File.WriteAllBytes(path, isCut ? bytes[..Math.Min(at, bytes.Length)] : bytes);
        return isCut ? $"cut at {at}" : $"a bit of byte {at} of {bytes.Length}";
    }

    private static int Count(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("SOAK_FLIPS"), CultureInfo.InvariantCulture, out var count) ? count : otherwise;

    /// <summary>Interrupts a run when it says a word.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop, string word) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            Look(value);
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            Look(value);
        }

        private void Look(string? value)
        {
            if (value?.Contains(word, StringComparison.Ordinal) == true)
                stop.Cancel();
        }
    }
}
