using Microsoft.AspNetCore.Http;

namespace Pipelines.Runner.Serving;

/// <summary>An address that no page answers; a page says why.</summary>
/// <param name="phrase">In the language files, what is missing.</param>
/// <param name="status">404 where there is nothing under the address, 400 where it asks wrongly.</param>
internal sealed class RefusedException(string phrase = "page_nothing_here", int status = StatusCodes.Status404NotFound)
    : Exception(phrase)
{
    public string Phrase => Message;

    public int Status => status;
}
