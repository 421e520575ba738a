namespace Mcp.Monitoring;

/// <summary>
/// Measures a method as a function: how often it ran and how it ended are in <c>mcp_operations_total</c>, how long it took is in
/// <c>mcp_operation_duration_seconds</c>, both with the label <c>operation_type</c> <c>function</c>. Within a tool it is a child span of the tool.
/// <para>On a method of a class, or a static one, each call in a project with this package is measured at compile time; where a call cannot be, the build says why.
/// On a method of an interface, or of the class behind it, calls are measured where the service is registered by <c>services.AddMonitored</c>.</para>
/// <para>A <see cref="System.Threading.Tasks.Task"/> or <see cref="System.Threading.Tasks.ValueTask"/> is measured until it completes, an
/// <see cref="IAsyncEnumerable{T}"/> from the first element asked for until the last; anything else until the method returns. Work that ends because of the method's last
/// <see cref="CancellationToken"/> is <c>cancelled</c>, no error.</para>
/// </summary>
/// <param name="name">The label <c>operation</c>: 1 to 200 characters, a fixed name. Methods may share one.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MonitorFunctionAttribute(string name) : Attribute
{
    /// <summary>Gets the label <c>operation</c>.</summary>
    public string Name { get; } = name;
}
