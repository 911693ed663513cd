using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Of labels that are codes, wrong answers often begin as the right one does.</summary>
internal sealed class SharedBeginning : IFindingRule
{
    private const double WorthSaying = 0.35;
    private const int MinErrors = 10;
    private const int MaxLength = 8;
    private const double Mostly = 0.9;

    public string Id => "beginning";

    public FindingTopic Topic => FindingTopic.Errors;

    public Finding? Of(FindingData data)
    {
        if (data.Errors.Count < MinErrors || data.Labels.Count(label => IsCode(label.Label)) < Mostly * data.Labels.Count)
            return null;
        var longest = data.Labels.Max(label => label.Label.Length);
        var shares = Enumerable.Range(1, longest).Select(length => (double)data.Errors.Count(error => BeginsAlike(error, length))
            / data.Errors.Count).ToList();
        // The longest beginning that a good part of the errors has right.
        var best = shares.FindLastIndex(share => share >= WorthSaying) + 1;
        if (best < 1)
            return null;
        return new(55 + (20 * shares[best - 1]), new Dictionary<string, FindingValue>
        {
            ["count"] = best,
            ["share"] = FindingValue.Share(shares[best - 1]),
            ["of"] = data.Errors.Count,
        })
        {
            Figure = new BarFigure("finding_beginning", "finding_length", "finding_share_of_errors",
                [.. Enumerable.Range(1, best + 1 > longest ? best : best + 1).Select(length => $"{length}")],
                [new("finding_share_of_errors", [.. shares.Take(best + 1)])], ValueFormat.Percent),
            Source = new(data.Stage, CardNames.PrefixAccuracy, FindingSections.Results),
        };
    }

    private static bool BeginsAlike(Answer error, int length) => error.Label.Length >= length && error.Predicted.Length >= length
        && error.Label.AsSpan(0, length).SequenceEqual(error.Predicted.AsSpan(0, length));

    private static bool IsCode(string label) => label.Length is >= 3 and <= MaxLength && label.Any(char.IsAsciiDigit)
        && label.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '.');
}
