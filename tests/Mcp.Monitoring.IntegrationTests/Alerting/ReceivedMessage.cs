namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>A message as its receiver has it.</summary>
internal sealed record ReceivedMessage(string Id, string Kind, string Group, bool IsMarked)
{
    public static ReceivedMessage Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new ReceivedMessage(parts[0], parts[1], parts[2], parts[3] == "marked");
    }
}
