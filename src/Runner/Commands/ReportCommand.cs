using System.CommandLine;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>report</c>: writes the report of results that are already there.</summary>
internal static class ReportCommand
{
    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var command = new Command("report", "Writes the report again from the results in the store, e.g. after editing a template.");
        var pdf = new Option<bool>("--pdf") { Description = "Also as PDF, printed with Chromium where that is installed." };
        var zip = new Option<string[]?>("--zip")
        {
            Description = "Also the archive to hand in, named after the authors: --zip Martin Durand.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        var template = new Option<string?>("--template")
        {
            Description = "Also with another template: --template summary (one page), --template pull-request (Markdown).",
            HelpName = "name",
        };
        command.Add(pdf);
        command.Add(template);
        command.Add(zip);
        pipeline.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments);
            var options = pipeline.Options(arguments, opened);
            opened.CheckInputFiles(options);
            options = await opened.WithCommitsAsync(options, PipelineLock.PathFor(arguments.GetValue(pipeline.File)!), cancellation)
                .ConfigureAwait(false);
            if (arguments.GetValue(template) is { } asked)
                new ReportFiles(opened.ProjectRoot, opened.Installation.Folder).TemplateNamed(asked, opened.Plan);
            var missing = Preview.Of(opened.Plan, options, opened.Storage)
                .Where(stage => stage.Forecast is not (StageForecast.Reused or StageForecast.Shared)).ToArray();
            if (missing.Length > 0)
                throw new UsageException(
                    $"{Format.Count(missing.Length, "stage")} not up to date: {string.Join(", ", missing.Select(stage => stage.Id))}",
                    $"run first: ./runner exec {pipeline.Repeated(arguments)}");
            using var silence = new PlainRunView(TextWriter.Null);
            var run = await new PipelineRunner(opened.Storage, silence, TimeProvider.System).RunAsync(opened.Plan, options, cancellation)
                .ConfigureAwait(false);
            var check = Aside.Start(() => StoredArtifacts.Check(opened.Storage.Artifacts, Reports.ReadOf(run)));
            var report = Reports.Write(opened.Plan, run, opened.ProjectRoot, opened.Installation.Folder, check);
            screen.Out.WriteLine($"report: {report}");
            if (arguments.GetValue(template) is { } other)
                screen.Out.WriteLine(
                    $"{other}: {Reports.WriteWith(other, opened.Plan, run, opened.ProjectRoot, opened.Installation.Folder)}");
            if (arguments.GetValue(pdf))
            {
                var printed = await PdfPrinter.PrintAsync(Path.Combine(opened.ProjectRoot, report!), cancellation).ConfigureAwait(false);
                screen.Out.WriteLine($"pdf: {Path.GetRelativePath(opened.ProjectRoot, printed)}");
            }
            if (arguments.GetValue(zip) is { Length: > 0 } names)
                screen.Out.WriteLine($"archive: {HandIn.Write(opened.Plan, run, opened.ProjectRoot, names)}");
            return ExitCode.Done;
        });
        return command;
    }
}
