using System.Globalization;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A message as its receiver has it: a line of a file.</summary>
/// <param name="Life">The process that sent it, by its number.</param>
/// <param name="Id">The id of the message.</param>
/// <param name="Kind">Why somebody is told.</param>
/// <param name="IsMarked">Whether it says that it may be a duplicate.</param>
/// <param name="Alerts">What it names.</param>
internal sealed record ReceivedMessage(int Life, string Id, string Kind, bool IsMarked, IReadOnlyList<ToldOutage> Alerts)
{
    private const string Marked = "marked", Over = "over";

    public static ReceivedMessage Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new ReceivedMessage(Number(parts[0]), parts[1], parts[2], parts[3] == Marked, [.. parts[4..].Select(ParseAlert)]);
    }

    public override string ToString()
    {
        IEnumerable<string> alerts = Alerts.Select(alert => string.Create(CultureInfo.InvariantCulture, $"{alert.Condition}.{alert.Episode}.{(alert.IsOver ? Over : "firing")}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Life} {Id} {Kind} {(IsMarked ? Marked : "new")} {string.Join(' ', alerts)}");
    }

    private static ToldOutage ParseAlert(string alert) => alert.Split('.') is var parts ? new ToldOutage(Number(parts[0]), Number(parts[1]), parts[2] == Over) : default;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What a message says of a condition of the world.</summary>
/// <param name="Condition">The condition, by its number.</param>
/// <param name="Episode">How often it had begun by then.</param>
/// <param name="IsOver">Whether it is over.</param>
internal readonly record struct ToldOutage(int Condition, int Episode, bool IsOver);
