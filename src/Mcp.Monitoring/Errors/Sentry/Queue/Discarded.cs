using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>So many of one category, dropped for one reason.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Discarded(DiscardReason Reason, DataCategory Category, long Quantity);
