using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>Which classes of which packed sequences are explained: each is a score, numbered by sequence.</summary>
internal sealed class ExplainedClasses
{
    private readonly int[] _classOfScore;
    private readonly int _classes;

    /// <param name="order">Text of each packed sequence.</param>
    /// <param name="labels">Of each text.</param>
    /// <param name="classes">All that the model knows, by number.</param>
    public ExplainedClasses(int[] order, IReadOnlyList<IReadOnlyList<string>> labels, IReadOnlyList<string> classes)
    {
        var numbers = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var scores = order.SelectMany((text, sequence) => labels[text].Select((label, part) => (sequence, part, Class: numbers[label])));
        var all = scores.ToList();
        SequenceOfScore = [.. all.Select(score => score.sequence)];
        PartOfScore = [.. all.Select(score => score.part)];
        _classOfScore = [.. all.Select(score => score.Class)];
        _classes = classes.Count;
    }

    public int[] SequenceOfScore { get; }

    /// <summary>The place of the class among those explained of its text.</summary>
    public int[] PartOfScore { get; }

    /// <summary>The scores that are explained, those of one score's copies side by side.</summary>
    /// <param name="logits">Of every copy of every sequence, copies side by side (rows x classes).</param>
    public Tensor Select(Tensor logits, int copies)
    {
        var byClass = logits.reshape(-1, copies, _classes).transpose(1, 2).reshape(-1, copies);
        int[] rows = [.. SequenceOfScore.Zip(_classOfScore, (sequence, target) => (sequence * _classes) + target)];
        return byClass.index_select(0, Indices.Of(rows, logits.device)).reshape(-1);
    }
}
