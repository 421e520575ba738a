using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Texts;

/// <summary>A number in a text that need not be whole; a plain number there is a count.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Amount(double Value);
