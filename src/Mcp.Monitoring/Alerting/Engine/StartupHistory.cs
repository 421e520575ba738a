using System.Globalization;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What former runs left to know: how the last one ended, which version and which tools it had. Facts in, facts out; it announces nothing itself.</summary>
internal sealed class StartupHistory
{
    /// <summary>When rules were evaluated last, in the form of <see cref="Write(DateTimeOffset)"/>: what the engine writes, and how long the server lived.</summary>
    public const string LastEvaluation = "last_evaluation";

    private const string Started = StoredFact.RunStarted;

    public const int StopsOfLoop = 3;

    private const string State = "run_state", Running = "running", Ended = "ended", Stops = "unclean_stops", LoopTold = "crash_loop_told",
        VersionFact = "version", VersionSinceFact = "version_since", VersionBeforeFact = "version_before", ToolsFact = "tools";

    private static readonly TimeSpan LoopWindow = TimeSpan.FromMinutes(10);

    private readonly string[]? _formerTools;

    private StartupHistory(IEnumerable<StoredFact> facts, DateTimeOffset now, string version, StateChanges changes)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        foreach (StoredFact fact in facts)
        {
            known[fact.Name] = fact.Value;
        }

        StartedAt = now;
        WasUnclean = known.GetValueOrDefault(State) == Running;
        LastAlive = Read(known.GetValueOrDefault(LastEvaluation)) ?? Read(known.GetValueOrDefault(Started));
        _formerTools = known.GetValueOrDefault(ToolsFact)?.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        DateTimeOffset[] earlier = [.. (known.GetValueOrDefault(Stops) ?? "").Split('\n').Select(Read).OfType<DateTimeOffset>().Where(stop => stop > now - LoopWindow)];
        DateTimeOffset[] stops = WasUnclean ? [.. earlier, now] : earlier;
        UncleanStops = stops.Length;
        bool isLoop = stops.Length >= StopsOfLoop;

        // A loop is told once; it is over when there was none for the length of the window.
        bool isTold = known.GetValueOrDefault(LoopTold) == bool.TrueString && earlier.Length > 0;
        IsNewCrashLoop = isLoop && WasUnclean && !isTold;

        string? former = known.GetValueOrDefault(VersionFact);
        Version = version;
        IsNewVersion = former is not null && former != version;
        VersionBefore = IsNewVersion ? former : known.GetValueOrDefault(VersionBeforeFact);
        VersionSince = former == version && Read(known.GetValueOrDefault(VersionSinceFact)) is { } since ? since : now;

        changes.Put(StoredFact.Table, new StoredFact(State, Running));
        changes.Put(StoredFact.Table, new StoredFact(Started, Write(now)));
        changes.Put(StoredFact.Table, new StoredFact(Stops, string.Join('\n', stops.Select(Write))));
        changes.Put(StoredFact.Table, new StoredFact(LoopTold, isTold.ToString()));
        changes.Put(StoredFact.Table, new StoredFact(VersionFact, version));
        changes.Put(StoredFact.Table, new StoredFact(VersionSinceFact, Write(VersionSince)));
        if (VersionBefore is { } before)
        {
            changes.Put(StoredFact.Table, new StoredFact(VersionBeforeFact, before));
        }
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets whether the former run did not come to its end: killed, crashed, or the machine went down.</summary>
    public bool WasUnclean { get; }

    /// <summary>Gets when the former run was last seen alive.</summary>
    public DateTimeOffset? LastAlive { get; }

    /// <summary>Gets how many unclean stops there were in the last 10 minutes, with that of the former run.</summary>
    public int UncleanStops { get; }

    /// <summary>Gets whether it has just become a loop of crashes; <see langword="false"/> for those that follow in the same loop.</summary>
    public bool IsNewCrashLoop { get; }

    public string Version { get; }

    /// <summary>Gets whether the former run had another version.</summary>
    public bool IsNewVersion { get; }

    /// <summary>Gets the version before this one.</summary>
    public string? VersionBefore { get; }

    /// <summary>Gets since when this version runs, restarts included.</summary>
    public DateTimeOffset VersionSince { get; }

    /// <summary>Begins a run.</summary>
    /// <param name="facts">What the former run left; nothing at the first start.</param>
    /// <param name="now">The time.</param>
    /// <param name="version">The version of the server.</param>
    /// <param name="changes">Takes what the next run is to know.</param>
    public static StartupHistory Begin(IEnumerable<StoredFact> facts, DateTimeOffset now, string version, StateChanges changes) => new(facts, now, version, changes);

    /// <summary>Remembers that people know of the loop: not before they have been told, for the process may die again at any moment.</summary>
    public static void LoopIsTold(StateChanges changes) => changes.Put(StoredFact.Table, new StoredFact(LoopTold, bool.TrueString));

    /// <summary>Ends the run as a run should end.</summary>
    public static void EndCleanly(StateChanges changes) => changes.Put(StoredFact.Table, new StoredFact(State, Ended));

    public static string Write(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? time) =>
        DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset read) ? read : null;

    /// <summary>Says how the former run ended: <c>unclean stop, down 03:02–03:40</c>.</summary>
    /// <returns><see langword="null"/> if it came to its end, or this is the first.</returns>
    public string? DescribeStop(TimeZoneInfo zone, AlertTexts texts)
    {
        if (!WasUnclean)
        {
            return null;
        }

        if (LastAlive is not { } alive || alive > StartedAt)
        {
            return texts["title.unclean_stop"];
        }

        DateTimeOffset from = TimeZoneInfo.ConvertTime(alive, zone);
        DateTimeOffset to = TimeZoneInfo.ConvertTime(StartedAt, zone);
        string format = from.Date != to.Date ? "yyyy-MM-dd HH:mm" : to - from < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm";
        return texts.Say("start.down", from.ToString(format, CultureInfo.InvariantCulture), to.ToString(format, CultureInfo.InvariantCulture));
    }

    /// <summary>Takes the tools of this run, once they are known, and compares them with those of the former.</summary>
    /// <returns><see langword="null"/> if they are the same, or there is nothing to compare with.</returns>
    public ToolChange? ToolsKnown(IEnumerable<string> tools, StateChanges changes)
    {
        string[] now = [.. tools.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        changes.Put(StoredFact.Table, new StoredFact(ToolsFact, string.Join('\n', now)));
        if (_formerTools is null)
        {
            return null;
        }

        var change = new ToolChange([.. now.Except(_formerTools, StringComparer.Ordinal)], [.. _formerTools.Except(now, StringComparer.Ordinal)]);
        return change.Added.Count + change.Removed.Count > 0 ? change : null;
    }
}
