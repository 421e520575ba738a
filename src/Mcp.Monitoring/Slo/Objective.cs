namespace Mcp.Monitoring.Slo;

/// <summary>An objective over 30 days and what is left of its budget. It belongs to the thread that samples.</summary>
internal sealed class Objective
{
    private readonly SloLedger _ledger;
    private readonly Func<DateTime> _now;

    public Objective(SloDefinition definition, SloLedger ledger, Func<DateTime> now)
    {
        Definition = definition;
        _ledger = ledger;
        _now = now;
    }

    public SloDefinition Definition { get; }

    public string Name => Definition.Name;

    public SloKind Kind => Definition.Indicator.Kind;

    /// <summary>Gets the share of events that may be bad.</summary>
    public decimal Budget => 1 - Definition.Target;

    public SloEvents Events(TimeSpan window) => _ledger.Sum(_now(), window);

    /// <summary>Gets how many times faster than allowed the budget is spent.</summary>
    /// <returns>1 spends it in 30 days, 0 not at all; <see langword="null"/> where there were no events.</returns>
    public double? BurnRate(TimeSpan window)
    {
        SloEvents events = Events(window);
        if (events.Total == 0)
        {
            return null;
        }

        return Budget == 0
            ? events.Bad == 0 ? 0 : double.PositiveInfinity
            : (double)((decimal)events.Bad / events.Total / Budget);
    }

    /// <summary>Gets the share of the budget of 30 days that is left, below 0 where more was spent; <see langword="null"/> where there were no events.</summary>
    public double? BudgetRemaining => BurnRate(SloLedger.Period) is { } burned ? double.IsInfinity(burned) ? 0 : (double)(1 - (decimal)burned) : null;
}
