using System.Net;

namespace Pipelines.Tests.Runner.Serving;

[Collection(nameof(ServedProject))]
public sealed class RequestGuardTests(ServedProject project)
{
    [Theory]
    [InlineData("127.0.0.1:{port}", HttpStatusCode.OK)]
    [InlineData("localhost:{port}", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:{port}", HttpStatusCode.OK)]
    [InlineData("evil.example:{port}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example:{port}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1:1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_names_of_this_machine_are_answered(string host, HttpStatusCode status)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.Host = host.Replace("{port}", $"{project.Client.BaseAddress!.Port}", StringComparison.Ordinal);

        using var response = await project.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        if (status != HttpStatusCode.OK)
            Assert.Contains($"answers as http://127.0.0.1:{project.Client.BaseAddress.Port} and",
                await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin: http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin: null", HttpStatusCode.Forbidden)]
    [InlineData("Origin: https://127.0.0.1:{port}", HttpStatusCode.Forbidden)]
    [InlineData("Origin: http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("Origin: http://127.0.0.1:{port}", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site: same-site|Sec-Fetch-Mode: cors", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site: cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site: same-origin|Sec-Fetch-Mode: cors", HttpStatusCode.OK)]
    public async Task Scripts_of_other_sites_are_refused(string headers, HttpStatusCode status)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/reports/served.html");
        foreach (var header in headers.Split('|').Select(header => header.Split(": ")))
            request.Headers.Add(header[0], header[1].Replace("{port}", $"{project.Client.BaseAddress!.Port}", StringComparison.Ordinal));

        using var response = await project.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        if (status != HttpStatusCode.OK)
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Nothing_can_be_changed(string method)
    {
        using HttpRequestMessage request = new(new(method), "/");

        using var response = await project.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/reports/served.html")]
    [InlineData("/assets/pages.css")]
    public async Task No_answer_can_be_framed_or_run_what_is_not_the_servers(string url)
    {
        using var response = await project.Client.GetAsync(new Uri(url, UriKind.Relative));

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("Server"));
    }
}
