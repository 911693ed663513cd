using System.Diagnostics;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Commands;

/// <summary>Prints a report with Chromium, which is no part of the runner: it is used where it is installed.</summary>
internal static class PdfPrinter
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>A report is printed in seconds; a browser that hangs must not hang the runner.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <param name="page">An absolute path.</param>
    /// <returns>The path of the PDF file.</returns>
    /// <exception cref="UsageException">There is no Chromium, or it gave nothing.</exception>
    public static async Task<string> PrintAsync(string page, CancellationToken cancellation)
    {
        var program = ProgramPath.Find(Programs)
            ?? throw new UsageException(
                "there is no Chromium to print with", "install it (Debian: apt install chromium), or print from a browser");
        var pdf = Path.ChangeExtension(page, ".pdf");
        File.Delete(pdf);
        // The report loads nothing and runs nothing, so that the sandbox, which root has not, protects from nothing here.
        ProcessStartInfo start = new(program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer",
            $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new UsageException(
                $"{program} did not print {page} within {s_patience.TotalMinutes:0} minutes", "print it from a browser");
        }
        return File.Exists(pdf) ? pdf
            : throw new UsageException($"{program} did not print {page}", (await errors.ConfigureAwait(false)).Trim().Split('\n')[^1]);
    }
}
