namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>One thing to remember by its name: when the last evaluation was, that the stop was clean, the version, the list of tools.</summary>
internal sealed record StoredFact(string Name, string Value) : StoreRow
{
    public override string Key => Name;
}
