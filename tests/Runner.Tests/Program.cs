using Pipelines.Tests.Runner.Fuzzing;
using Pipelines.Tests.Runner.Plugins;
using Pipelines.Tests.Runner.Storage;

// The tests themselves are started by their host; these are processes that tests start: one that dies, one with a folder of its own.
return args switch
{
    [KilledProcess.Command, var folder, var steps] => await KilledProcess.RunAsync(folder, steps),
    [FuzzedCommands.Command, var seed, var count] => await FuzzedCommands.RunAsync(seed, count),
    [StrangersCodeTests.Command] => StrangersCodeTests.Exit(),
    _ => 2,
};
