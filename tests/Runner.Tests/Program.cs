using Pipelines.Tests.Runner.Storage;

// The tests themselves are started by their host; this is what a test starts to have a process that dies.
return args is [KilledProcess.Command, var folder, var steps] ? await KilledProcess.RunAsync(folder, steps) : 2;
