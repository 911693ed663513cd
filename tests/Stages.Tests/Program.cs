using Pipelines.Tests.Stages.Fuzzing;

// The tests themselves are started by their host; this is a process that tests start.
return args is [FuzzedFiles.Command, var format, var seed, var count] ? await FuzzedFiles.RunAsync(format, seed, count) : 2;
