namespace Mcp.Monitoring.Operations;

/// <summary>One operation of the server, bound once to where its numbers are kept; called on the request's thread.</summary>
internal abstract class Operation(OperationType type, string name)
{
    public OperationType Type { get; } = type;

    public string Name { get; } = name;

    private string? _title;
    private OperationTraits _traits = OperationTraits.None;

    public OperationTraits Traits => _traits;

    /// <summary>Gets or sets whether its handler may send requests to the client, and wait.</summary>
    public bool MayAskClient { get; set; } = true;

    /// <summary>Gets or sets what the tracing keeps at hand for its next span.</summary>
    public object? SpanTags { get; set; }

    /// <summary>Keeps the first traits that say anything: a name shared by two primitives has one owner, and what many share has none.</summary>
    public void Describe(OperationTraits traits)
    {
        if (Name is not (OperationLabels.Other or OperationLabels.Unknown) && traits != OperationTraits.None
            && Interlocked.CompareExchange(ref _traits, traits, OperationTraits.None) == OperationTraits.None)
        {
            Described();
        }
    }

    /// <summary>Gets what a span or a transaction of it is called: the method with what it is about, as far as that is of a list that we own.</summary>
    public string TitleOf(ProtocolCall? call) => call is null
        ? Name
        : _title ??= Type is OperationType.Tools or OperationType.Prompts && Name != OperationLabels.Unknown ? $"{call.Method} {Name}" : call.Method;

    /// <summary>Takes the traits into account, once.</summary>
    protected abstract void Described();

    /// <summary>Counts a start; it is in progress until <see cref="Ended"/>.</summary>
    public abstract void Started();

    /// <summary>Counts an end.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="activeTicks">How long it worked, without waits for people.</param>
    /// <param name="end">The timestamp of the end, read once for all who need it.</param>
    /// <param name="context">Where an exemplar finds its ids.</param>
    public abstract void Ended(OperationOutcome outcome, long activeTicks, long end, OperationContext? context);

    /// <summary>Counts that an end, which is counted as well, was of work within another operation: no client asked for it.</summary>
    public abstract void CountNested(OperationOutcome outcome, long activeTicks);

    /// <summary>Counts a start and an end that have no duration: a stream, or a request refused before it was one.</summary>
    public abstract void CountUntimed(OperationOutcome outcome);

    /// <summary>Counts an error under this operation's labels.</summary>
    /// <param name="type">Which kind of error.</param>
    /// <param name="outcome">Whose fault.</param>
    /// <param name="context">Where an exemplar finds its ids.</param>
    /// <param name="dependency">The dependency that it comes from, if it comes from one.</param>
    public abstract void CountError(ErrorType type, OperationOutcome outcome, OperationContext? context, string? dependency = null);

    /// <summary>Makes the series of waits known before the first of them is over.</summary>
    public abstract void WaitStarted();

    public abstract void Waited(long ticks);
}
