using System.Diagnostics;
using System.Text.Json;

namespace Pipelines.TestKit;

/// <summary>DuckDB as an independent reader and writer, run by Node.js from the npm package that carries its binary.</summary>
public static class DuckDb
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";

    private const string Script =
        """
        const { DuckDBInstance } = require('@duckdb/node-api');
        (async () => {
          const statements = JSON.parse(require('fs').readFileSync(0, 'utf8'));
          const connection = await (await DuckDBInstance.create(':memory:')).connect();
          const results = [];
          for (const sql of statements) results.push((await connection.runAndReadAll(sql)).getRowsJson());
          process.stdout.write(JSON.stringify(results));
        })().catch(error => { console.error(error); process.exit(1); });
        """;

    private static readonly Lazy<string?> Missing = new(Install);

    /// <summary>Why DuckDB cannot be used here; null when it can.</summary>
    public static string? WhyMissing => Missing.Value;

    /// <summary>Runs statements in one database and returns the rows of each, 64-bit numbers as strings.</summary>
    public static JsonElement[] Run(params string[] statements)
    {
        var (exitCode, output, error) = Start("node", ["-e", Script], Folder, JsonSerializer.Serialize(statements));
        return exitCode == 0
            ? JsonSerializer.Deserialize<JsonElement[]>(output)!
            : throw new InvalidOperationException($"DuckDB: {error}");
    }

    private static string Folder { get; } = Path.Combine(RepositoryRoot(), ".build", "duckdb");

    private static string? Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return null;
        }

        if (!IsOnPath("node") || !IsOnPath("npm"))
        {
            return "Node.js with npm, which fetches and runs DuckDB, is not installed";
        }

        // Installed aside and renamed, so that an interrupted or second installation leaves nothing half done.
        var temporary = Folder + "-" + Environment.ProcessId;
        Directory.CreateDirectory(temporary);
        File.WriteAllText(Path.Combine(temporary, "package.json"), """{ "private": true }""");
        var (exitCode, _, error) = Start(
            "npm",
            ["install", Package, "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=20000"],
            temporary,
            "");
        if (exitCode == 0 && !Directory.Exists(Folder))
        {
            Directory.Move(temporary, Folder);
            return null;
        }

        Directory.Delete(temporary, recursive: true);
        return exitCode == 0 ? null : $"npm could not install {Package}: {error.Split('\n').LastOrDefault(line => line.Contains("error"))}";
    }

    private static bool IsOnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, command)));

    private static (int ExitCode, string Output, string Error) Start(string command, string[] arguments, string folder, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipelines.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
