using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>A method that says what words contribute, with the model it asks.</summary>
public interface IExplainer
{
    /// <summary>One explanation a row, in order.</summary>
    /// <param name="done">Called with the number of texts explained so far.</param>
    IReadOnlyList<Explanation> Explain(IReadOnlyList<LabelledInput> rows, Action<int> done, CancellationToken cancellation);
}
