using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Leaves out the stages whose <c>if</c> is false, and what they would have given to others.</summary>
internal sealed class ConditionalStages(IReadOnlyDictionary<string, StageDraft> drafts, ICollection<Diagnostic> diagnostics)
{
    public void Apply()
    {
        var count = 0;
        foreach (var draft in drafts.Values)
            // A condition that depends on the cell is decided for each cell, once cells are known.
            if (draft.Entry.If is { } condition && condition.FirstThatWaits() is null && !Condition.IsTrue(condition, diagnostics))
            {
                draft.IsLeftOut = true;
                count++;
            }
        if (count == 0)
            return;
        if (count == drafts.Count)
            diagnostics.Add(Diagnostics.NothingLeft(drafts.Values.First().Entry.If!));
        foreach (var draft in drafts.Values)
            if (!draft.IsLeftOut)
                Disconnect(draft);
    }

    private void Disconnect(StageDraft draft)
    {
        // One written source may feed two inputs, one paired with the other: it is reported once.
        HashSet<SourceSpan> said = [];
        foreach (var (port, inputs) in draft.Inputs.ToList())
        {
            var gone = inputs.Find(IsLeftOut);
            if (gone is null)
                continue;
            inputs.RemoveAll(IsLeftOut);
            if (inputs.Count > 0)
                continue;
            draft.Inputs.Remove(port);
            if (draft.Kind!.Spec.Inputs.Any(input => input.Name == port && !input.Optional) && said.Add(gone.Written.At))
                diagnostics.Add(Diagnostics.NeedsLeftOut(gone.Written, draft.Id, port, drafts[gone.Output.StageId].Entry.If!));
        }
    }

    private bool IsLeftOut(DraftInput input) => drafts[input.Output.StageId].IsLeftOut;
}
