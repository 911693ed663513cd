using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Chat;

/// <summary>Why a request had no answer.</summary>
/// <param name="MayPass">The same request may be answered later.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
/// <param name="Help">What to do about it, where waiting does not help.</param>
internal sealed record ChatFailure(string Message, bool MayPass, TimeSpan? RetryAfter = null, string? Help = null)
{
    public StageException ToException() => new(Message)
    {
        MayPass = MayPass,
        Help = Help ?? "run again later: what was answered so far is kept and not asked again",
    };
}
