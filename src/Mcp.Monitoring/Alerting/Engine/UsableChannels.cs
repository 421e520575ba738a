using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Leaves out channels that cannot be told apart by their names: the host starts all the same.</summary>
internal static class UsableChannels
{
    public static IAlertChannel[] Of(IEnumerable<IAlertChannel> channels, ILogger logger)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var usable = new List<IAlertChannel>();
        foreach (IAlertChannel channel in channels)
        {
            if (ProblemOf(channel, names) is { } problem)
            {
                Log.ChannelLeftOut(logger, channel.GetType().Name, problem);
            }
            else
            {
                usable.Add(channel);
            }
        }

        return [.. usable];
    }

    private static string? ProblemOf(IAlertChannel channel, HashSet<string> names)
    {
        try
        {
            string? name = channel.Name;
            return name is null || !AlertNames.IsChannel(name) ? "its name is not 1 to 64 of a-z 0-9 _ . -"
                : !names.Add(name) ? $"there is a channel {name} before it"
                : null;
        }
        catch (Exception fault)
        {
            return $"it does not say its name: {fault.GetType().Name}";
        }
    }
}
