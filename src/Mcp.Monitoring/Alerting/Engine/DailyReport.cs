using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Says once a day that all is well, or what is open; what it has told is stored with it, so that a restart tells nothing twice. Engine's thread.</summary>
/// <param name="clock">The clock.</param>
/// <param name="options">The settings in use.</param>
/// <param name="tell">Tells it.</param>
internal sealed class DailyReport(AlertClock clock, Func<AlertOptions> options, Action tell)
{
    public const string Told = "daily_report";

    // By then what a former run left is known, and rules have been judged.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // The last time of the day for which it has been told.
    private DateTimeOffset? _told;

    public void Begin(StateRows rows) => _told = StartupHistory.Read(rows.Of(StoredFact.Table).FirstOrDefault(fact => fact.Name == Told)?.Value);

    /// <summary>Tells it, if it is time; what was due while no process ran, with the next.</summary>
    public void Tick(StateChanges changes)
    {
        AlertOptions settings = options();
        if (clock.Now < Settled || settings.DailyReport is not { } time || Hours.TimeOf(time) is not { } at)
        {
            return;
        }

        DateTimeOffset now = clock.UtcNow;
        DateTimeOffset due = new RecurringWindow(at, at, [], TimeZones.Find(settings.TimeZone)).LastStart(now) ?? now;

        // A clock that was far ahead must not keep the report away for as long.
        bool isKnown = _told is { } before && before - now < Day;
        if (isKnown && _told >= due)
        {
            return;
        }

        // Whoever has just switched it on waits for the next time.
        _told = isKnown ? due : now;
        changes.Put(StoredFact.Table, new StoredFact(Told, StartupHistory.Write(_told.Value)));
        if (isKnown)
        {
            tell();
        }
    }
}
