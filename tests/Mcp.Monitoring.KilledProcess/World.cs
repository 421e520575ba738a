using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>
/// What the rule of a server judges: conditions that begin and end at random, two of each dependency. What happens is in a ledger first, <c>+7</c> or <c>-7</c>, and goes on whatever
/// becomes of the process. Nothing changes before every channel was told of the change before, so that each must be told. The engine's thread.
/// </summary>
internal sealed class World : IStateSignals
{
    public const string Signal = "outage";

    private const int OfEachDependency = 2;
    private const double ChangesEachTime = 0.3;

    private readonly string _ledger;
    private readonly Random _random;
    private readonly ReceivedFile[] _channels;
    private readonly Condition[] _conditions;

    public World(string folder, int life, int conditions, string[] channels)
    {
        _ledger = LedgerOf(folder);
        _random = new Random(life);
        _channels = [.. channels.Select(name => new ReceivedFile(FileChannel.FileOf(folder, name)))];
        _conditions = [.. Enumerable.Range(0, conditions).Select(number => new Condition(number, channels.Length))];
        foreach (string line in File.Exists(_ledger) ? File.ReadAllLines(_ledger) : [])
        {
            _conditions[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)].Change();
        }
    }

    /// <summary>Gets or sets how many episodes there are in all; no more begin.</summary>
    public required int Episodes
    {
        get;
        set
        {
            field = value;
            IsOver = false;
        }
    }

    /// <summary>Gets whether all is over, and everybody knows.</summary>
    public bool IsOver { get; private set; }

    public static string LedgerOf(string folder) => Path.Combine(folder, "ledger");

    public static int ConditionOf(IReadOnlyDictionary<string, string> alert) => int.Parse(alert[AlertLabels.Operation], CultureInfo.InvariantCulture);

    /// <summary>Gets whether two conditions are told together.</summary>
    public static bool AreTogether(int one, int other) => one / OfEachDependency == other / OfEachDependency;

    public IReadOnlyList<StateSignal> Of(string name)
    {
        for (int channel = 0; channel < _channels.Length; channel++)
        {
            foreach (ReceivedMessage message in _channels[channel].ReadNew())
            {
                Note(channel, message);
            }
        }

        foreach (Condition condition in _conditions.Where(condition => condition.IsTold && (condition.GoesOn || _conditions.Sum(other => other.Episode) < Episodes)))
        {
#pragma warning disable CA5394 // What happens when is no secret.
            if (_random.NextDouble() < ChangesEachTime)
#pragma warning restore CA5394
            {
                File.AppendAllText(_ledger, string.Create(CultureInfo.InvariantCulture, $"{(condition.GoesOn ? '-' : '+')}{condition.Number}\n"));
                condition.Change();
            }
        }

        IsOver = _conditions.All(condition => condition is { GoesOn: false, IsTold: true }) && _conditions.Sum(condition => condition.Episode) >= Episodes;
        return [.. _conditions.Where(condition => condition.GoesOn).Select(ToSignal)];
    }

    private static StateSignal ToSignal(Condition condition) => new(condition.Episode)
    {
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AlertLabels.Dependency] = string.Create(CultureInfo.InvariantCulture, $"d{condition.Number / OfEachDependency}"),
            [AlertLabels.Operation] = condition.Number.ToString(CultureInfo.InvariantCulture),
        },
    };

    // That all of a group is over is said of whatever of it was told.
    private void Note(int channel, ReceivedMessage message)
    {
        foreach (ToldOutage told in message.Alerts)
        {
            _conditions[told.Condition].Note(channel, told.Episode, told.IsOver);
        }

        if (message.Kind == nameof(NotificationKind.Resolved))
        {
            foreach (Condition condition in _conditions.Where(condition => AreTogether(condition.Number, message.Alerts[0].Condition)))
            {
                condition.NoteEnd(channel);
            }
        }
    }

    private sealed class Condition(int number, int channels)
    {
        private readonly (int Begun, int Over)[] _told = new (int, int)[channels];

        public int Number => number;

        /// <summary>Gets how often it has begun.</summary>
        public int Episode { get; private set; }

        public bool GoesOn { get; private set; }

        public bool IsTold => Array.TrueForAll(_told, told => (GoesOn ? told.Begun : told.Over) == Episode);

        public void Change()
        {
            GoesOn = !GoesOn;
            Episode += GoesOn ? 1 : 0;
        }

        public void Note(int channel, int episode, bool isOver)
        {
            _told[channel].Begun = Math.Max(_told[channel].Begun, episode);
            _told[channel].Over = isOver ? Math.Max(_told[channel].Over, episode) : _told[channel].Over;
        }

        public void NoteEnd(int channel) => _told[channel].Over = _told[channel].Begun;
    }
}
