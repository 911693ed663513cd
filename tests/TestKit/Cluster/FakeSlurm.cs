namespace Pipelines.TestKit.Cluster;

/// <summary>
/// Slurm's commands as small shell scripts: jobs are processes of this machine, and what becomes of them is written down for them.
/// </summary>
public sealed class FakeSlurm : IDisposable
{
    private readonly TempWorkspace _workspace = new();

    public FakeSlurm()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Root, "jobs"));
        Write("sinfo", "echo cpu; echo gpu");
        Write("sbatch", """
            for word in "$@"; do case $word in
                --array=1-*) count=${word#--array=1-}; count=${count%%%*} ;;
                --output=*) output=${word#--output=} ;;
                --comment=*) comment=${word#--comment=} ;;
                --partition=gpu) echo "sbatch: error: Batch job submission failed: gpu is full" >&2; exit 1 ;;
            esac; script=$word; done
            printf '%s\n' "$*" >>"$slurm/submitted"
            id=$(($(wc -l <"$slurm/submitted") + 100))
            index=0
            while [ $index -lt "$count" ]; do
                index=$((index + 1))
                job=$slurm/jobs/${id}_$index
                fate=$(head -n 1 "$slurm/fates" 2>/dev/null); [ -s "$slurm/fates" ] && sed -i 1d "$slurm/fates"
                out=$(printf %s "$output" | sed "s/%a/$index/")
                if [ -n "$fate" ]; then
                    echo "$id|$index|${fate%% *}||node1|100|103|$comment" >"$job"
                    case $fate in *\ *) echo "${fate#* }" >"$out" ;; esac
                    continue
                fi
                echo "$id|$index|RUNNING||node1|100|103|$comment" >"$job"
                export SLURM_ARRAY_TASK_ID=$index SLURM_CPUS_PER_TASK=2
                setsid sh -c 'echo $$ >"$0.pid"; if sh "$1" >"$2" 2>&1; then state=COMPLETED; else state=FAILED; fi
                    sed -i "s/RUNNING/$state/" "$0"' "$job" "$script" "$out" </dev/null >/dev/null 2>&1 &
            done
            echo "$id"
            """);
        Write("squeue", """cat "$slurm"/jobs/*_[0-9] 2>/dev/null; exit 0""");
        Write("sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1");
        Write("scancel", """
            for id in "$@"; do
                echo "$id" >>"$slurm/cancelled"
                sed -i 's/RUNNING/CANCELLED/' "$slurm/jobs/$id"
                until [ -s "$slurm/jobs/$id.pid" ]; do sleep 0.1; done
                group=$(cat "$slurm/jobs/$id.pid")
                # Not 'kill -KILL --', which dash takes for a number that it cannot read.
                kill -s KILL -- "-$group"
                while kill -s 0 -- "-$group" 2>/dev/null; do sleep 0.1; done
            done
            exit 0
            """);
    }

    /// <summary>What puts the scripts before all other programs.</summary>
    public string SearchPath => $"{_workspace.Root}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>The options of every <c>sbatch</c>.</summary>
    public IReadOnlyList<string> Submitted => Lines("submitted");

    public IReadOnlyList<string> Cancelled => Lines("cancelled");

    /// <summary>The next jobs do not run, but end at once in these states; what stands behind a state is what Slurm says there.</summary>
    public void Doom(params string[] states) => _workspace.Write("fates", string.Concat(states.Select(state => state + "\n")));

    /// <summary>Takes a command away.</summary>
    public void Remove(string command) => Write(command, "exit 127");

    public void Dispose() => _workspace.Dispose();

    private void Write(string command, string script)
    {
        var path = _workspace.Write(command, $"#!/bin/sh\nslurm='{_workspace.Root}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string[] Lines(string file) =>
        File.Exists(Path.Combine(_workspace.Root, file)) ? File.ReadAllLines(Path.Combine(_workspace.Root, file)) : [];
}
