namespace Pipelines.Runner.Reporting;

/// <summary>A template, language file or answers file keeps the report from being written; the message is for the user.</summary>
public sealed class ReportException(string message, Exception? inner = null) : Exception(message, inner);
