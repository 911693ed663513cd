using System.Globalization;
using System.Web;
using Microsoft.AspNetCore.Http;

namespace Pipelines.Runner.Serving;

/// <summary>Which part of a long list a page shows, and the addresses of the parts beside it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Total">How many there are, at least 1.</param>
/// <param name="First">The first item shown, counting from 0.</param>
internal sealed record Paging(long Number, long Total, long First)
{
    public string? Previous { get; private init; }

    public string? Next { get; private init; }

    public string? Last { get; private init; }

    public static Paging Of(HttpRequest request, long items, int onePage)
    {
        var pages = Math.Max(1, (items + onePage - 1) / onePage);
        var isNumber = long.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked);
        var number = Math.Clamp(isNumber ? asked : 1, 1, pages);
        return new(number, pages, (number - 1) * onePage)
        {
            Previous = number > 1 ? Url(number - 1) : null,
            Next = number < pages ? Url(number + 1) : null,
            Last = number < pages - 1 ? Url(pages) : null,
        };

        string Url(long page)
        {
            var query = HttpUtility.ParseQueryString(request.QueryString.Value ?? "");
            query["page"] = page.ToString(CultureInfo.InvariantCulture);
            query.Remove("lang");
            return $"{request.Path}?{query}";
        }
    }
}
