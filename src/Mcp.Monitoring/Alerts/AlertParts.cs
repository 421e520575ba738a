using Mcp.Monitoring.Alerts.Delivery;
using Mcp.Monitoring.Alerts.Escalation;
using Mcp.Monitoring.Alerts.Flapping;
using Mcp.Monitoring.Alerts.Grouping;
using Mcp.Monitoring.Alerts.Incidents;
using Mcp.Monitoring.Alerts.Inhibition;
using Mcp.Monitoring.Alerts.Messages;
using Mcp.Monitoring.Alerts.Routing;
using Mcp.Monitoring.Alerts.Silences;
using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Alerts;

/// <summary>What the engine keeps of alerts, put together. It belongs to the engine's thread.</summary>
internal sealed class AlertParts
{
    public AlertParts(AlertClock clock, IOutbox outbox, AlertIdentity identity, AlertSettings settings)
    {
        Clock = clock;
        Outbox = outbox;
        Settings = settings;
        var generations = new Generations(clock);
        Register = new AlertRegister(clock);
        Flaps = new FlapBook(clock);
        Incidents = new IncidentBook(clock);
        Router = new AlertRouter(outbox);
        Notifier = new Notifier(clock, outbox, new MessageComposer(clock, identity), generations);
        Groups = new GroupBook(clock, Notifier, generations, Inhibitions, Incidents);
        Escalations = new Escalations(clock, outbox, Incidents, Notifier);
        Silences.Configure(settings);
    }

    public AlertClock Clock { get; }

    public IOutbox Outbox { get; }

    public AlertSettings Settings { get; set; }

    public AlertRegister Register { get; }

    public FlapBook Flaps { get; }

    public SilenceBook Silences { get; } = new();

    public Inhibitions Inhibitions { get; } = new();

    public IncidentBook Incidents { get; }

    public AlertRouter Router { get; }

    public Notifier Notifier { get; }

    public GroupBook Groups { get; }

    public Escalations Escalations { get; }

    /// <summary>Gets what has changed since the last step.</summary>
    public StoreChanges Changes { get; } = new();
}
