using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>The hyper-parameters of a linear model.</summary>
/// <param name="Method">What learned its weights; predictions do not depend on it.</param>
/// <param name="Sublinear">Of TF-IDF: 1 + ln(count) instead of the count.</param>
internal sealed record LinearSettings(string Method, int Classes, int Ngrams, bool Sublinear, IReadOnlyList<string> Words);

/// <summary>
/// Classes by a weighted sum of words: naive Bayes, logistic regression and linear SVM differ in how they come to the weights.
/// </summary>
/// <param name="Coefficients">Word after word, for each a number a class.</param>
internal sealed record LinearModel(LinearSettings Settings, float[] Intercepts, float[] Coefficients, TfidfWeights? Tfidf)
{
    public const string Architecture = "linear";

    private const string InterceptsName = "intercepts", CoefficientsName = "coefficients", IdfName = "idf";

    private readonly double[] _coefficients = Array.ConvertAll(Coefficients, value => (double)value);

    // Of a text without a known word, which for the majority class is every one.
    private readonly float[] _withoutWords = Softmax(Array.ConvertAll(Intercepts, value => (double)value));

    public Vocabulary Vocabulary { get; } = new(Settings.Words, Settings.Ngrams);

    public long Parameters => Intercepts.Length + Coefficients.Length;

    public float[] Probabilities(string text) => Probabilities(FeaturesOf(text));

    /// <summary>What stands for the words of a text: counts, or what TF-IDF makes of them.</summary>
    public SparseRow FeaturesOf(string text) => Vocabulary.Count(text) is var counts && Tfidf is null ? counts : Tfidf.Apply(counts);

    /// <summary>Softmax of the scores of the classes.</summary>
    public float[] Probabilities(SparseRow features) => features.Words.Length == 0 ? _withoutWords : Softmax(Scores(features));

    /// <summary>A weighted sum a class: log-odds, or margins of a support vector machine.</summary>
    public double[] Scores(SparseRow features)
    {
        var scores = Array.ConvertAll(Intercepts, value => (double)value);
        features.AddProduct(_coefficients, scores);
        return scores;
    }

    private static float[] Softmax(double[] scores)
    {
        var highest = scores.Max();
        var powers = Array.ConvertAll(scores, score => Math.Exp(score - highest));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => (float)(power / sum));
    }

    public Task<Model> WriteAsync(StageContext context, EncodingChain encoding, CancellationToken cancellation)
    {
        List<KeyValuePair<string, StoredTensor>> weights =
        [
            new(InterceptsName, new([Intercepts.Length], Intercepts)),
            new(CoefficientsName, new([Settings.Words.Count, Settings.Classes], Coefficients)),
        ];
        if (Tfidf is not null)
            weights.Add(new(IdfName, new([Tfidf.Idf.Length], Tfidf.Idf)));
        return ModelBundle.WriteAsync(context, Architecture, encoding, Settings, Parameters, weights, cancellation);
    }

    public static LinearModel Read(Model model)
    {
        var settings = ModelConfig.Read(model.Directory).SettingsAs<LinearSettings>();
        var weights = Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName));
        return new(settings, weights[InterceptsName].Values, weights[CoefficientsName].Values,
            weights.TryGetValue(IdfName, out var idf) ? new(idf.Values, settings.Sublinear) : null);
    }
}
