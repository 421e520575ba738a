namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>A row of the tests.</summary>
internal sealed class Order
{
    public int Id { get; set; }

    public string Customer { get; set; } = "";

    public int Total { get; set; }

    public int Version { get; set; }
}
