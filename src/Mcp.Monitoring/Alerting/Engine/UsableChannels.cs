using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Leaves out channels that cannot be told apart by their names, each with one warning: the host starts all the same.</summary>
/// <param name="logger">Who hears of those that are left out.</param>
/// <param name="taken">Names that are not theirs.</param>
internal sealed class UsableChannels(ILogger logger, params string[] taken)
{
    private readonly HashSet<(IAlertChannel Channel, string Problem)> _told = [];

    public IAlertChannel[] Of(IEnumerable<IAlertChannel> channels)
    {
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        var usable = new List<IAlertChannel>();
        foreach (IAlertChannel channel in channels)
        {
            if (ProblemOf(channel, names) is { } problem)
            {
                if (_told.Add((channel, problem)))
                {
                    Log.ChannelLeftOut(logger, channel.GetType().Name, problem);
                }
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
