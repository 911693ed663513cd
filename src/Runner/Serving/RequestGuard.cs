using Microsoft.AspNetCore.Http;

namespace Pipelines.Runner.Serving;

/// <summary>
/// Who may ask: this machine's browsers, for pages of this server. Another site's page can send its reader's browser here, by its own name
/// for this address or by a request of its script; both are refused.
/// </summary>
internal static class RequestGuard
{
    /// <summary>Pages run no script but the server's own files and load nothing from elsewhere; nobody may frame them.</summary>
    public const string PagePolicy =
        "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A report brings its style sheet inside, and sends no forms.</summary>
    public const string ReportPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] Names = ["127.0.0.1", "localhost", "[::1]"];

    public static Task Check(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        var request = context.Request;
        var status = !IsOwn(request) ? StatusCodes.Status421MisdirectedRequest
            : IsForeign(request) ? StatusCodes.Status403Forbidden
            : !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) ? StatusCodes.Status405MethodNotAllowed
            : StatusCodes.Status200OK;
        if (status == StatusCodes.Status200OK)
            return next(context);
        var response = context.Response;
        response.StatusCode = status;
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "GET, HEAD";
        // Whoever forwards a port has no page of this server to read it on. A script of another site is told nothing.
        if (status != StatusCodes.Status421MisdirectedRequest)
            return Task.CompletedTask;
        response.ContentType = "text/plain; charset=utf-8";
        var port = context.Connection.LocalPort;
        return response.WriteAsync(
            FormattableString.Invariant($"This server answers as http://127.0.0.1:{port} and http://localhost:{port} alone: ")
            + "a port that is forwarded has the same number.\n", context.RequestAborted);
    }

    private static bool IsOwn(HttpRequest request) =>
        request.Host.Port == request.HttpContext.Connection.LocalPort
        && Names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase);

    // Browsers say where a request comes from. Following a link from elsewhere is nobody's attack, since pages change nothing.
    private static bool IsForeign(HttpRequest request)
    {
        var headers = request.Headers;
        return (headers.Origin is [{ } origin, ..] && origin != $"http://{request.Host}")
            || (headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && headers["Sec-Fetch-Mode"] is not ["navigate"]);
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
