using System.CommandLine;

namespace Pipelines.Runner.Commands;

/// <summary>What <c>exec</c> can be told beside the pipeline and its variables.</summary>
internal sealed class ExecOptions
{
    public ExecOptions()
    {
        Positive(Jobs);
        Positive(Threads);
    }

    public Option<string[]> Force { get; } = new("--force")
    {
        Description = "Run these stages even when their result is known.",
        HelpName = "stage",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<int?> Jobs { get; } = new("--jobs", "-j") { Description = "How many stages may run side by side.", HelpName = "n" };

    public Option<int?> Threads { get; } = new("--threads") { Description = "How many threads a stage may use.", HelpName = "n" };

    public Option<bool> KeepGoing { get; } = new("--keep-going", "-k")
    {
        Description = "After a failure, run what does not depend on it.",
    };

    public Option<bool> Light { get; } = PipelineArguments.Light();

    public Option<bool> DryRun { get; } = new("--dry-run", "-n") { Description = "Only say what would run, and why." };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON object a line and event, for programs." };

    public Option<bool> NoReport { get; } = new("--no-report") { Description = "Do not write the report." };

    public Option<bool> Push { get; } = new("--push") { Description = "Give the results to the shared cache too." };

    public Option<bool> Watch { get; } = new("--watch")
    {
        Description = "Serve the pages of the project, and run again whenever a file is saved.",
    };

    public Option<int> Port { get; } = ProjectServer.Port();

    public Option<string?> TensorBoard { get; } = new("--tensorboard")
    {
        Description = "Writes the curves of trainings into this folder as they come: tensorboard --logdir FOLDER.",
        HelpName = "folder",
    };

    public Option<string?> On { get; } = new("--on")
    {
        Description = "Hand stages to Slurm, as this profile says: 'slurm', or one of profiles.yaml beside the pipeline.",
        HelpName = "profile",
    };

    public Option<bool> Cancel { get; } = new("--cancel") { Description = "With --on: cancel the jobs of the pipeline instead." };

    /// <summary>What a job of a cluster was handed in for; it runs nothing else.</summary>
    public Option<string?> Promised { get; } = new("--promised") { Hidden = true };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
            { Force, Jobs, Threads, KeepGoing, Light, DryRun, Json, NoReport, Push, Watch, Port, TensorBoard, On, Cancel, Promised })
            command.Options.Add(option);
    }

    private static void Positive(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < 1))
            result.AddError($"{option.Name} needs a number of at least 1, not '{result.Tokens[0].Value}'");
    });
}
