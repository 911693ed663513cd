namespace Pipelines.Runner.Serving;

/// <summary>There is nothing under an address: a page says so, with status 404.</summary>
/// <param name="phrase">In the language files, what is missing.</param>
internal sealed class NotFoundException(string phrase = "page_nothing_here") : Exception(phrase)
{
    public string Phrase => Message;
}
