using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Training;

/// <summary>What a training minimizes, as a formula and in words: as its settings make it, and not as it is called.</summary>
internal static class LossFormula
{
    /// <summary>Of a class a text.</summary>
    public static Formula OfClasses(TrainingParams settings, ClassWeights weights)
    {
        Builder loss = new();
        loss.Add("loss_cross_entropy");
        AddClasses(loss, settings, weights, "L");
        return loss.With(settings);
    }

    /// <summary>Of each next character of a code, or of nothing but masked tokens.</summary>
    /// <param name="sentence">Says of what.</param>
    /// <param name="known">What stands behind the bar in the probability: the text and what was read before.</param>
    public static Formula OfTokens(TrainingParams settings, string sentence, string known)
    {
        Builder loss = new();
        loss.Add(sentence);
        if (settings.LabelSmoothing > 0)
        {
            loss.Lines.Add($"L = −(1/m) Σₖ Σ_c qₖ(c) log p(c | {known})");
            AddSmoothing(loss, settings.LabelSmoothing);
            loss.Add("loss_validation_plain");
        }
        else
            loss.Lines.Add($"L = −(1/m) Σₖ log p(yₖ | {known})");
        return loss.With(settings);
    }

    /// <summary>Of several outputs side by side.</summary>
    /// <param name="heads">Name, weight in the sum, and whether it gives a number.</param>
    public static Formula OfHeads(
        TrainingParams settings, ClassWeights weights, IReadOnlyList<(string Name, double Weight, bool IsNumber)> heads)
    {
        Builder loss = new();
        loss.Lines.Add("L = " + string.Join(" + ", heads.Select(head => $"{Factor(head.Weight)}L({head.Name})")));
        loss.Add("loss_heads");
        loss.Add("loss_cross_entropy");
        AddClasses(loss, settings, weights, string.Join(" = ", heads.Where(head => !head.IsNumber).Select(head => $"L({head.Name})")));
        foreach (var (name, _, _) in heads.Where(head => head.IsNumber))
        {
            loss.Lines.Add($"L({name}) = (1/n) Σᵢ (ŷᵢ − yᵢ)²");
            loss.Add("loss_squared_error");
        }
        return loss.With(settings);
    }

    private static void AddClasses(Builder loss, TrainingParams settings, ClassWeights weights, string name)
    {
        var (isWeighted, isSmoothed) = (weights == ClassWeights.Balanced, settings.LabelSmoothing > 0);
        loss.Lines.Add((isWeighted, isSmoothed) switch
        {
            (false, false) => $"{name} = −(1/n) Σᵢ log pᵢ(yᵢ)",
            (false, true) => $"{name} = −(1/n) Σᵢ Σ_c qᵢ(c) log pᵢ(c)",
            (true, false) => $"{name} = −Σᵢ w(yᵢ) log pᵢ(yᵢ) / Σᵢ w(yᵢ)",
            (true, true) => $"{name} = −Σᵢ Σ_c w(c) qᵢ(c) log pᵢ(c) / Σᵢ w(yᵢ)",
        });
        if (isWeighted)
        {
            loss.Lines.Add("w(c) = N / (C · N_c)");
            loss.Add("loss_class_weights");
        }
        if (isSmoothed)
            AddSmoothing(loss, settings.LabelSmoothing);
        if (isWeighted || isSmoothed)
            loss.Add("loss_validation_plain");
    }

    private static void AddSmoothing(Builder loss, double epsilon)
    {
        loss.Lines.Add("q(c) = (1 − ε) · [c = y] + ε / C");
        loss.Add("loss_label_smoothing", ("epsilon", epsilon));
    }

    private static string Factor(double weight) =>
        weight == 1 ? "" : weight.ToString(System.Globalization.CultureInfo.InvariantCulture) + " · ";

    private sealed class Builder
    {
        private readonly List<string> _sentences = [];
        private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

        public List<string> Lines { get; } = [];

        public void Add(string sentence, params IEnumerable<(string Name, double Value)> values)
        {
            if (!_sentences.Contains(sentence))
                _sentences.Add(sentence);
            foreach (var (name, value) in values)
                _values[name] = value;
        }

        /// <summary>With the penalties of large weights, which the loss that is shown does not hold.</summary>
        public Formula With(TrainingParams settings)
        {
            List<string> penalties = [];
            if (settings.L1 > 0)
            {
                penalties.Add("λ₁ Σ |w|");
                Add("loss_l1", ("l1", settings.L1));
            }
            if (settings.L2 > 0)
            {
                penalties.Add("λ₂ Σ w²");
                Add("loss_l2", ("l2", settings.L2));
            }
            if (penalties.Count > 0)
                Lines.Add($"min L + {string.Join(" + ", penalties)}");
            return new("minimized", Lines, _sentences, _values);
        }
    }
}
