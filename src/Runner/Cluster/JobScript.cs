using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Cluster;

/// <summary>What a job of an array does: the one stage of its number, by the same command that a user would type.</summary>
/// <param name="Program">The runner, from the root of the file system on.</param>
/// <param name="Folder">Where the coordinator was started, which paths of the command are relative to.</param>
/// <param name="Words">The pipeline file and its overrides, as in a shell.</param>
public sealed record JobScript(string Program, string Folder, string Words)
{
    /// <param name="list">The folder of the array.</param>
    public string Text(ClusterProfile profile, string list) => $$"""
        #!/bin/sh
        # One stage of a pipeline; the coordinator ('exec --on') wrote this.
        {{string.Join('\n', profile.Modules.Select(module => $"module load {ShellWord.Of(module)}"))}}
        cd {{ShellWord.Of(Folder)}} || exit 2
        line=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" {{ShellWord.Of(list)}}/stages)
        exec {{ShellWord.Of(Program)}} exec {{Words}} --only "${line#* }" --promised "${line%% *}" \
            --threads "${SLURM_CPUS_PER_TASK:-1}" --json --no-report

        """;
}
