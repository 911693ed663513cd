using Pipelines.TestKit;

namespace Pipelines.Tests.EndToEnd;

/// <summary>A project with a few rows and a pipeline that takes a second, and one that trains.</summary>
internal sealed class SmallProject : IDisposable
{
    private readonly TempWorkspace _workspace;

    public SmallProject(string? parent = null)
    {
        _workspace = new(parent);
        Directory.CreateDirectory(Path.Combine(Root, ".pipelines"));
        foreach (var (split, copies) in new[] { ("train", 12), ("validation", 2), ("test", 2) })
            Write($"data/{split}.csv", Rows(split, copies));
        Write("p.yaml", Preparing);
        Write("t.yaml", PreparingAs("trained") + Training);
    }

    public const string Preparing = """
        pipeline: small
        vars: { data: data, length: 4 }
        stages:
          rows:
            uses: load/csv
            with:
              { train: "${data}/train.csv", validation: "${data}/validation.csv", test: "${data}/test.csv", text: RawText, label: ICD10 }
          words: { uses: tokenize/words, from: rows }
          codes: { uses: label/characters, from: words }
          padded: { uses: pad, from: codes, with: { length: "${length}" } }

        """;

    private const string Training = """
          model:
            uses: train/seq2seq
            from: padded
            with: { embedding: 8, units: 8, batch: 16, epochs: 2 }
          scores: { uses: evaluate/sequence, from: { model: model, rows: padded } }
          examples: { uses: predict/examples, from: { model: model, rows: padded }, with: { count: 3 } }
        """;

    /// <summary>The first stages under a name of their own, since a name is one pipeline's.</summary>
    public static string PreparingAs(string name) => Preparing.Replace("pipeline: small", $"pipeline: {name}", StringComparison.Ordinal);

    /// <summary>Writes ten.yaml: ten stages of which one trains.</summary>
    public void WriteTenStages() => Write("ten.yaml", PreparingAs("ten")
        .Replace("tokenize/words, from: rows", "tokenize/words, from: clean", StringComparison.Ordinal) + """
          clean: { uses: clean/text, from: rows }
          lengths: { uses: describe/lengths, from: clean }
          labels: { uses: describe/labels, from: rows }

        """ + Training);

    /// <summary>
    /// Writes encoder.yaml: an encoder is pretrained on the texts, and then trained to tell their classes, whole and frozen.
    /// </summary>
    public void WriteEncoderStages() => Write("encoder.yaml", """
        pipeline: encoder
        stages:
          rows:
            uses: load/csv
            with: { train: data/train.csv, validation: data/validation.csv, test: data/test.csv, text: RawText, label: ICD10 }
          pieces: { uses: tokenize/wordpiece, from: rows, with: { size: 80 } }
          encoder:
            uses: train/masked-language-model
            from: pieces
            with: { hidden: 8, layers: 1, heads: 2, length: 32, batch: 8, epochs: 8 }
          classes: { uses: label/classes, from: pieces }
          model:
            uses: train/transformer
            from: { rows: classes, encoder: encoder }
            with: { batch: 8, epochs: 6, optimizer: { adamw: { learning_rate: 1e-3, weight_decay: 0.01 } }, schedule: linear }
          vectors: { uses: embed/texts, from: { rows: classes, encoder: encoder }, with: { pooling: mean } }
          head:
            uses: train/transformer
            from: { rows: vectors, encoder: encoder }
            with: { pooling: mean, frozen: true, batch: 8, epochs: 6, optimizer: { adamw: { learning_rate: 1e-2, weight_decay: 0.01 } } }
          exported: { uses: export/huggingface, from: model }
          scores: { uses: evaluate/classes, from: { model: model, rows: classes } }
        """);

    /// <summary>Writes networks.yaml: attention with scheduled teacher forcing, several heads on a GRU, a search by halving.</summary>
    public void WriteNetworkStages() => Write("networks.yaml", PreparingAs("networks") + """
          speller:
            uses: train/seq2seq
            from: padded
            with:
              embedding: 8
              units: 8
              dropout: 0.1
              attention: bahdanau
              teacher_forcing: { end: 0.5 }
              batch: 8
              epochs: 6
              log_every: 1
          letters: { uses: label/prefix, from: words }
          classes: { uses: label/classes, from: words, with: { unknown: class } }
          several:
            uses: train/classifier
            from: { rows: letters, labels: [classes] }
            with:
              layers: [embedding: 8, gru: { units: 8, recurrent_dropout: 0.1 }, dropout: 0.1]
              heads:
                - { name: letter, layers: [dense: softmax] }
                - { name: code, layers: [dense: softmax], weight: 0.5 }
                - { name: words, layers: [dense: linear], weight: 0.1, number: length }
              batch: 8
              epochs: 8
          code: { uses: select/head, from: several, with: { head: code } }
          code_scores: { uses: evaluate/classes, from: { model: code, rows: classes } }
          searched:
            uses: train/classifier
            from: letters
            matrix: { units: [4, 8, 12], halving: { metric: validation.loss, rungs: [2, 4] } }
            with: { layers: [embedding: 8, gru: "${matrix.units}", dense: softmax], batch: 8, epochs: 8 }
          best: { uses: select/best, from: searched, with: { metric: validation.loss } }

        """);

    public string Root => _workspace.Root;

    public void Write(string path, string content) => _workspace.Write(path, content);

    public string Read(string path) => _workspace.Read(path);

    /// <summary>Changes a file that must hold the old text.</summary>
    public void Edit(string path, string old, string now)
    {
        var text = Read(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    public Result Run(params string[] arguments) => Runner.Run(Root, arguments);

    public IReadOnlyList<string> Files(string folder) => _workspace.Files(folder);

    public void Dispose() => _workspace.Dispose();

    private static string Rows(string split, int copies)
    {
        (string Text, string Code)[] kinds = [("fracture du col du fémur", "S720"), ("hypertension artérielle", "I10"),
            ("diabète de type 2", "E119"), ("asthme aigu", "J459")];
        var lines = Enumerable.Range(0, copies).SelectMany(copy => kinds.Select(kind => $"{kind.Text} {split} {copy},{kind.Code}"));
        return "RawText,ICD10\n" + string.Join('\n', lines) + "\n";
    }
}
