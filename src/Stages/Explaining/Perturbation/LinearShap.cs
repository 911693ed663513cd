using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>
/// SHAP values of a linear model, exactly: what a word stands for, less its mean over other texts, times its coefficient. Scores are
/// those before
/// the softmax, each less the mean over the classes, since only differences between classes count there.
/// </summary>
internal sealed class LinearShap
{
    private readonly Predictor _predictor;
    private readonly LinearModel _model;
    private readonly TokenPlaces _places;
    private readonly double[] _means;

    /// <param name="background">Texts as the model reads them, of which the means are taken.</param>
    public LinearShap(Predictor predictor, LinearModel model, IEnumerable<string> background)
    {
        (_predictor, _model, _places) = (predictor, model, new(predictor));
        _means = new double[model.Vocabulary.Words.Count];
        var texts = 0;
        foreach (var text in background)
        {
            var features = model.FeaturesOf(text);
            for (var i = 0; i < features.Words.Length; i++)
                _means[features.Words[i]] += features.Values[i];
            texts++;
        }
        for (var word = 0; word < _means.Length; word++)
            _means[word] /= Math.Max(1, texts);
    }

    public (IReadOnlyList<TextSpan> Words, IReadOnlyList<LabelAttributions> Labels) Explain(TextWords words, IReadOnlyList<string> names)
    {
        var tokens = _predictor.Tokens(words.Text);
        var units = WordUnits.Of(words, _places.Of(words.Text, tokens));
        var text = _predictor.Encoder.Prepare(words.Text);
        var features = _model.FeaturesOf(text);
        var occurrences = _model.Vocabulary.Occurrences(text).ToList();
        return (units.Places, [.. names.Select(name => Explain(name, units, features, occurrences, tokens.Count))]);
    }

    private LabelAttributions Explain(string name, WordUnits units, SparseRow features, List<GramOccurrence> occurrences, int tokens)
    {
        var weights = Centred(name, out var intercept);
        var @base = intercept + _means.Zip(weights, (mean, weight) => mean * weight).Sum();
        Dictionary<int, double> contributions = [];
        for (var i = 0; i < features.Words.Length; i++)
            contributions[features.Words[i]] = (features.Values[i] - _means[features.Words[i]]) * weights[features.Words[i]];
        var byToken = new double[tokens];
        foreach (var same in occurrences.GroupBy(occurrence => occurrence.Number))
            foreach (var occurrence in same)
                for (var i = 0; i < occurrence.Length; i++)
                    byToken[occurrence.First + i] += contributions[same.Key] / same.Count() / occurrence.Length;
        var (scores, rest) = units.Sum(byToken);
        for (var word = 0; word < weights.Length; word++)
            if (!contributions.ContainsKey(word))
                rest -= _means[word] * weights[word];
        var output = intercept;
        for (var i = 0; i < features.Words.Length; i++)
            output += features.Values[i] * weights[features.Words[i]];
        return new(name, scores, @base, output)
        {
            Rest = rest,
            Measures = new Dictionary<string, double> { [ShapExplainer.Evaluations] = 0 },
        };
    }

    /// <summary>Coefficients of a class less the mean over the classes that can be; 0 for a class that cannot be.</summary>
    private double[] Centred(string name, out double intercept)
    {
        var classes = _predictor.Classes!.Count;
        var target = _predictor.Classes.Index().First(entry => entry.Item == name).Index;
        int[] possible = [.. Enumerable.Range(0, classes).Where(label => float.IsFinite(_model.Intercepts[label]))];
        var weights = new double[_means.Length];
        intercept = 0;
        if (!possible.Contains(target))
            return weights;
        intercept = _model.Intercepts[target] - possible.Average(label => _model.Intercepts[label]);
        for (var word = 0; word < weights.Length; word++)
        {
            var sum = 0.0;
            foreach (var label in possible)
                sum += _model.Coefficients[(word * classes) + label];
            weights[word] = _model.Coefficients[(word * classes) + target] - (sum / possible.Length);
        }
        return weights;
    }
}
