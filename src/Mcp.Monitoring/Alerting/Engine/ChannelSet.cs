using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Logger;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>
/// The ways to people that the settings in use have switched on, in the order of preference. One that is switched off and on again is the same object; it follows a
/// reload by itself.
/// </summary>
/// <param name="host">What channels of this library may use.</param>
/// <param name="own">The channels of the host.</param>
/// <param name="isLogOn">Whether alerts go to the log.</param>
/// <param name="logger">Who hears of channels that are left out.</param>
/// <param name="taken">Names that no channel may have.</param>
internal sealed class ChannelSet(ChannelHost host, IEnumerable<IAlertChannel> own, Func<bool> isLogOn, ILogger logger, params string[] taken) : IDisposable
{
    private readonly Dictionary<string, IConfiguredChannel> _builtIn = new(StringComparer.Ordinal);
    private readonly IAlertChannel[] _own = [.. own];
    private readonly LogChannel _log = new(host.Logging);
    private readonly UsableChannels _usable = new(logger, taken);

    // A stop may come from another thread than a reload.
    private volatile IListeningChannel[] _listening = [];

    /// <summary>Lists them, as the settings are now.</summary>
    public IAlertChannel[] Current()
    {
        var on = new List<IAlertChannel>();
        foreach (IConfiguredChannel channel in BuiltInChannels.Of(host))
        {
            _builtIn.TryAdd(channel.Name, channel);
            IConfiguredChannel known = _builtIn[channel.Name];
            if (known.IsOn)
            {
                on.Add(known);
            }
        }

        _listening = [.. _builtIn.Values.OfType<IListeningChannel>()];
        return _usable.Of([.. on, .. _own, .. isLogOn() ? [_log] : Array.Empty<IAlertChannel>()]);
    }

    /// <summary>Gets whether people can answer in one of them.</summary>
    public bool TakesAnswers => Array.Exists(_listening, static channel => channel.TakesAnswers);

    /// <summary>Has those listen in which people answer, as the settings are now.</summary>
    /// <param name="ready">Ends once what they remember is loaded.</param>
    public void Listen(Task ready)
    {
        foreach (IListeningChannel channel in _listening)
        {
            channel.Listen(ready);
        }
    }

    public void StopListening(TimeSpan limit)
    {
        foreach (IListeningChannel channel in _listening)
        {
            channel.Stop(limit);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable channel in _builtIn.Values.OfType<IDisposable>())
        {
            channel.Dispose();
        }
    }
}
