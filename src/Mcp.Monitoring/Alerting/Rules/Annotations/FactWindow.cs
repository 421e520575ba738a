using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>The time that the numbers of a fact are of.</summary>
/// <param name="Window">How long.</param>
/// <param name="Said">What the fact says of it, where it is not the time of the sentence: <c> in 10 min</c>; else nothing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FactWindow(TimeSpan Window, string Said);
