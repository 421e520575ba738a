namespace Mcp.Monitoring.KilledProcess;

/// <summary>What a receiver has got so far, read as it grows.</summary>
internal sealed class ReceivedFile(string file)
{
    private long _read;

    public IEnumerable<ReceivedMessage> ReadNew()
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = _read;
        using var reader = new StreamReader(stream);
        string read = reader.ReadToEnd();
        string whole = read[..(read.LastIndexOf('\n') + 1)];
        _read += whole.Length;
        return whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReceivedMessage.Parse);
    }
}
