using Pipelines.Runner.Commands;
using Pipelines.Runner.Terminal;

// The first Ctrl-C or SIGTERM asks the run to stop (running stages are cancelled, exit code 130); the second one kills.
using var stop = new StopSignal();
return await CommandLine.RunAsync(args, Screen.OfProcess(), stop.Token).ConfigureAwait(false);
