using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Escalation;
using Mcp.Monitoring.Alerting.Flapping;
using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Inhibition;
using Mcp.Monitoring.Alerting.Messages;
using Mcp.Monitoring.Alerting.Routing;
using Mcp.Monitoring.Alerting.Silences;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting;

/// <summary>What the engine keeps of alerts, put together. It belongs to the engine's thread.</summary>
internal sealed class AlertParts
{
    public AlertParts(AlertClock clock, IOutbox outbox, AlertIdentity identity, AlertSettings settings, FaultIsolation? guard = null)
    {
        Clock = clock;
        Outbox = outbox;
        Settings = settings;
        FaultIsolation = guard ?? new FaultIsolation();
        var generations = new Generations(clock);
        Register = new AlertRegister(clock, FaultIsolation);
        Flaps = new FlapDetector(clock);
        Incidents = new IncidentManager(clock, FaultIsolation);
        Router = new AlertRouter(outbox);
        Notifier = new Notifier(clock, outbox, new MessageComposer(clock, identity, FaultIsolation), generations, FaultIsolation);
        Groups = new GroupDispatcher(clock, Notifier, generations, Register, Flaps, Inhibitions, Incidents, FaultIsolation);
        Escalations = new Escalations(clock, outbox, Incidents, Notifier, FaultIsolation);
        Silences.Configure(settings);
    }

    public AlertClock Clock { get; }

    public IOutbox Outbox { get; }

    public AlertSettings Settings { get; set; }

    public FaultIsolation FaultIsolation { get; }

    public AlertRegister Register { get; }

    public FlapDetector Flaps { get; }

    public SilenceStore Silences { get; } = new();

    public Inhibitions Inhibitions { get; } = new();

    public IncidentManager Incidents { get; }

    public AlertRouter Router { get; }

    public Notifier Notifier { get; }

    public GroupDispatcher Groups { get; }

    public Escalations Escalations { get; }

    /// <summary>Gets what has changed since the last step.</summary>
    public StateChanges Changes { get; } = new();
}
