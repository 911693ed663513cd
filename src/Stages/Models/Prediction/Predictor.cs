using System.Reflection;
using System.Runtime.Loader;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>
/// A loaded model bundle: from raw text to a label with its confidence, whatever the architecture. Needs nothing but the bundle.
/// Use it from one thread at a time.
/// </summary>
public abstract class Predictor(Model model) : IDisposable
{
    /// <summary>The chain that turns raw text into the model's input.</summary>
    public TextPreprocessor Encoder { get; } = TextPreprocessor.From(model.Encoding);

    /// <summary>What its labels mean, where the rows it was trained on came with a book (label/book).</summary>
    public LabelMeanings Meanings { get; } = LabelMeanings.From(model.Encoding);

    /// <summary>The classes by number; null for models that spell their label.</summary>
    public abstract IReadOnlyList<string>? Classes { get; }

    /// <summary>Whether something here loads models of its architecture.</summary>
    public static bool CanLoad(Model model) => Find(model.Architecture) is not null;

    /// <exception cref="StageException">The bundle has an architecture that nothing here loads.</exception>
    public static Predictor Load(Model model, PredictorOptions options)
    {
        if (Find(model.Architecture) is not { } type)
            throw new StageException($"A model of the architecture '{model.Architecture}' cannot predict labels.")
            {
                Help = "Use a model that a stage of this version trained.",
            };
        try
        {
            return (Predictor)Activator.CreateInstance(type, model, options)!;
        }
        catch (TargetInvocationException error) when (error.InnerException is { } reason)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(reason);
            throw;
        }
    }

    /// <summary>
    /// The class of an architecture, found by its name as stage kinds are: <c>naive-bayes</c> is <c>NaiveBayesPredictor</c>; otherwise
    /// that of a plugin.
    /// </summary>
    internal static Type? Find(string architecture)
    {
        var name = $"{typeof(Predictor).Namespace}.{architecture.Replace("-", "", StringComparison.Ordinal)}Predictor";
        var type = typeof(Predictor).Assembly.GetType(name, throwOnError: false, ignoreCase: true);
        // Of a plugin that was loaded again after a build, the last one.
        return Has(type, architecture) ? type : AssemblyLoadContext.All.Where(context => context != AssemblyLoadContext.Default)
            .SelectMany(context => context.Assemblies).Where(IsWrittenForStages)
            .SelectMany(assembly => assembly.GetExportedTypes()).LastOrDefault(found => Has(found, architecture));
    }

    private static bool Has(Type? type, string architecture) =>
        type is not null && type.IsSubclassOf(typeof(Predictor)) && type.GetCustomAttribute<ArchitectureAttribute>()?.Name == architecture;

    private static bool IsWrittenForStages(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(reference => reference.Name == typeof(Predictor).Assembly.GetName().Name);

    /// <summary>What a model reads of a raw text.</summary>
    public ModelInput Encode(string raw)
    {
        if (!Encoder.HasTokenizer)
            return new(Encoder.Prepare(raw), []);
        var encoded = Encoder.Encode(raw);
        return new(encoded.Text, encoded.RealIds.ToArray());
    }

    /// <summary>The tokens of a raw text that the model reads, with those it does not know; none where it reads none.</summary>
    public IReadOnlyList<Token> Tokens(string raw) => Read(raw).Tokens;

    /// <summary>The same, with how many more are cut off before the model reads the text.</summary>
    public virtual (IReadOnlyList<Token> Tokens, int Removed) Read(string raw) =>
        Encoder.HasTokenizer && Encoder.Encode(raw) is var encoded ? (encoded.Tokens, encoded.Removed) : ([], 0);

    /// <param name="top">How many candidates each prediction lists.</param>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<string> texts, int top = 1, CancellationToken cancellation = default) =>
        Predict([.. texts.Select(Encode)], top, cancellation);

    /// <summary>One prediction an input, in order.</summary>
    public abstract IReadOnlyList<Prediction> Predict(IReadOnlyList<ModelInput> inputs, int top = 1,
        CancellationToken cancellation = default);

    /// <summary>The probability of each of these labels, one array an input; a label that the model cannot give has 0.</summary>
    /// <exception cref="StageException">The model spells labels, and no way is known to ask it for one.</exception>
    public virtual IReadOnlyList<double[]> LabelProbabilities(IReadOnlyList<ModelInput> inputs, IReadOnlyList<string> labels,
        CancellationToken cancellation = default)
    {
        if (Classes is not { } classes)
            throw new StageException("This model spells its labels and cannot be asked for the probability of one.");
        return [.. Predict(inputs, classes.Count, cancellation).Select(prediction => labels
            .Select(label => prediction.Top.FirstOrDefault(candidate => candidate.Label == label)?.Confidence ?? 0).ToArray())];
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
