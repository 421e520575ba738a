namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>One frame of a stack trace.</summary>
internal readonly record struct CodeFrame(MethodName Name, string? Assembly, string? Path, int Line, int Column);
