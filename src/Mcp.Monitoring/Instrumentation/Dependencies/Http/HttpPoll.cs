namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>What a dependency is asked for from time to time.</summary>
/// <param name="Address">A path below the client's base address, or a whole address.</param>
/// <param name="Every">How often.</param>
/// <param name="Call">The label <c>call</c>.</param>
/// <param name="Read">What is done with a good answer; <see langword="null"/> for nothing.</param>
internal sealed record HttpPoll(string Address, TimeSpan Every, string Call, Func<HttpResponseMessage, CancellationToken, Task>? Read = null);
