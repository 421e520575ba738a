using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>What a receiver of a killed server has got, in the file in which that server looks whether it was told.</summary>
internal sealed class ToldFile(KilledServer server, string channel)
{
    private readonly string _file = FileChannel.FileOf(server.Folder, channel);
    private readonly Lock _lock = new();

    public void Add(ReceivedMessage message)
    {
        lock (_lock)
        {
            File.AppendAllText(_file, $"{message}\n");
        }
    }
}
