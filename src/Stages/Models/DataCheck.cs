using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text;

namespace Pipelines.Stages.Models;

/// <summary>Looks once, after splitting and encoding, at what makes the numbers of a training worthless although it would run.</summary>
internal sealed class DataCheck(TrainingSplits data, TextPreprocessor encoder)
{
    private const double ManyEmptyTexts = 0.01;
    private const int MaxNames = 5;

    /// <param name="classes">Names by number; null: labels are spelt.</param>
    /// <returns>What the reader of the report must know.</returns>
    /// <exception cref="StageException">Nothing can be learnt.</exception>
    public IReadOnlyList<Warning> Run(IReadOnlyList<string>? classes)
    {
        var words = Words(data.Training);
        CheckTexts(words);
        CheckLabels(classes);
        List<Warning> warnings = [.. EmptyTexts(Splits.Train, words)];
        if (data.Validation is null)
            warnings.Add(new("no_validation_rows", new Dictionary<string, object>()));
        else
            warnings.AddRange([.. EmptyTexts(Splits.Validation, Words(data.Validation)), .. MissingClasses(data.Validation, classes)]);
        return warnings;
    }

    /// <summary>How many words each text has, and how many of them the vocabulary knows.</summary>
    private List<(int All, int Known)> Words(EncodedSplit split)
    {
        var tokenizer = encoder.Tokenizer;
        var specials = tokenizer.Specials.Before + tokenizer.Specials.After;
        List<(int, int)> words = new(split.Texts.Count);
        for (var row = 0; row < split.Texts.Count; row++)
        {
            var (all, known) = (-specials, -specials);
            foreach (var id in split.Texts[row])
            {
                all += id == encoder.PadId ? 0 : 1;
                known += id == encoder.PadId || id == tokenizer.UnknownId ? 0 : 1;
            }
            words.Add((all, known));
        }
        return words;
    }

    private static void CheckTexts(List<(int All, int Known)> words)
    {
        if (words.TrueForAll(text => text.All <= 0))
            throw new StageException($"Every text of the split '{Splits.Train}' is empty: there is nothing to learn from.")
            {
                Help = "look at what the stages before leave of the texts, above all those that clean and tokenize",
            };
        if (words.TrueForAll(text => text.Known <= 0))
            throw new StageException($"The vocabulary knows no word of the split '{Splits.Train}': there is nothing to learn from.")
            {
                Help = "fit the vocabulary on the training split, and let rarer words into it",
            };
    }

    private void CheckLabels(IReadOnlyList<string>? classes)
    {
        var only = classes is null ? HasOneCode(data.Training) ? "code" : null
            : data.Training.Targets.Distinct().Take(2).Count() == 1 ? $"class, {classes[data.Training.Targets[0]]}"
            : null;
        if (only is not null)
            throw new StageException(
                $"All {data.Training.Texts.Count} rows of the split '{Splits.Train}' have one {only}: nothing can be told apart.")
            {
                Help = "look at how the rows were split and their labels made",
            };
    }

    private static bool HasOneCode(EncodedSplit split)
    {
        for (var row = 1; row < split.Codes.Count; row++)
            if (!split.Codes[row].SequenceEqual(split.Codes[0]))
                return false;
        return true;
    }

    private static IEnumerable<Warning> EmptyTexts(string split, List<(int All, int Known)> words)
    {
        var empty = words.Count(text => text.All <= 0);
        if (empty > 0 && empty >= ManyEmptyTexts * words.Count)
            yield return new("empty_texts", new Dictionary<string, object>
            {
                ["count"] = empty,
                ["share"] = empty / (double)words.Count,
                ["split"] = split,
            });
    }

    private IEnumerable<Warning> MissingClasses(EncodedSplit validation, IReadOnlyList<string>? classes)
    {
        if (classes is null)
            yield break;
        var (trained, validated) = (data.Training.Targets.ToHashSet(), validation.Targets.ToHashSet());
        foreach (var (name, missing) in new[]
        {
            ("classes_only_in_train", trained.Except(validated)), ("classes_not_in_train", validated.Except(trained)),
        })
            if (missing.Where(target => target >= 0).Order().Select(target => classes[target]).ToList() is { Count: > 0 } names)
                yield return new(name, new Dictionary<string, object>
                {
                    ["count"] = names.Count,
                    ["names"] = string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? ", …" : ""),
                });
    }
}
