namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>
/// A value for each label set of a rule, calculated here by <see cref="Evaluate(EvaluationContext, bool)"/> and by Prometheus from <see cref="ToPromQL(PromQLFormat)"/>. Absent is NaN; a condition is 1 where it
/// holds, 0 where it does not, NaN where nothing can be said.
/// </summary>
/// <remarks>
/// An expression keeps its values and what it has seen, so that it belongs to one evaluator: rules are made anew for each, and for each reload. Two that are equal are
/// calculated once, by the one that was bound first. On the engine's thread, without a lock.
/// </remarks>
internal abstract class Expression : IEquatable<Expression>
{
    private LabelSetIndex? _labelSets;
    private Expression? _source;
    private Results _fires;
    private Results _holds;

    /// <summary>Gets over which time the value is taken; zero where that is an instant.</summary>
    public virtual TimeSpan Lookback => default;

    /// <summary>Gets whether it is a share, a percentile, a rate or a level: several times as much is another trouble, and not the same that goes on.</summary>
    public virtual bool IsIntensity => false;

    /// <summary>Gets how people write its value.</summary>
    public virtual ValueUnit Unit => ValueUnit.Number;

    /// <summary>Gets whether it is misleading until enough has been seen: a share or a percentile of the first few calls.</summary>
    public virtual bool NeedsHistory => false;

    /// <summary>Gets whether it is 0 for label sets of which there is no series.</summary>
    public virtual bool IsZeroWhereAbsent => false;

    /// <summary>Gets whether nobody outside knows of it, and what it says is left out there.</summary>
    public virtual bool IsOfProcess => false;

    /// <summary>Gets whether what fires is compared with another limit anywhere in it.</summary>
    public virtual bool HasRelease => false;

    /// <summary>Gets the metric that it reads.</summary>
    public virtual string? Metric => null;

    /// <summary>Gets the one of all that are equal that calculates.</summary>
    public Expression Source => _source ?? throw new InvalidOperationException($"{GetType().Name} is not bound.");

    /// <summary>Gets or sets what went wrong when it looked for series: it has no value then.</summary>
    public Exception? Fault { get; set; }

    protected LabelSetIndex LabelSets => _labelSets ?? throw new InvalidOperationException($"{GetType().Name} is not bound.");

    /// <summary>Gets all that tells it from others of its type.</summary>
    protected abstract object Identity { get; }

    /// <summary>Gets what it is calculated from, for the same label sets.</summary>
    protected virtual IEnumerable<Expression> Inputs => [];

    public static Expression operator +(Expression left, Expression right) => new Arithmetic(left, ArithmeticOperator.Add, right);

    public static Expression operator -(Expression left, Expression right) => new Arithmetic(left, ArithmeticOperator.Subtract, right);

    public static Expression operator /(Expression left, Expression right) => new Arithmetic(left, ArithmeticOperator.Divide, right);

    public static implicit operator Expression(double number) => new Number(number);

    public Expression Above(Expression limit) => new Comparison(this, RuleComparison.Above, limit);

    public Expression AtLeast(Expression limit) => new Comparison(this, RuleComparison.AtLeast, limit);

    public Expression Below(Expression limit) => new Comparison(this, RuleComparison.Below, limit);

    public Expression AtMost(Expression limit) => new Comparison(this, RuleComparison.AtMost, limit);

    /// <summary>Both hold.</summary>
    public Expression And(Expression other) => new And(this, other);

    /// <summary>One of them holds.</summary>
    public Expression Or(Expression other) => new Or(this, other);

    /// <summary>Says nothing unless something else holds: too little to judge by is no proof of health.</summary>
    public Expression OnlyIf(Expression enough) => new And(this, new MinimumSamples(enough));

    /// <summary>Takes what is absent for 0.</summary>
    public Expression OrZero() => new OrZero(this);

    /// <summary>Has it calculated for these label sets from now on.</summary>
    public void Bind(BoundExpressions all, LabelSetIndex labelSets)
    {
        if (_labelSets is not null && _labelSets != labelSets)
        {
            throw new InvalidOperationException($"{GetType().Name} belongs to other label sets already: each evaluator needs rules of its own.");
        }

        if (_source is not null)
        {
            return;
        }

        _labelSets = labelSets;
        _source = all.Known(this, labelSets);
        if (_source is not null)
        {
            return;
        }

        foreach (Expression input in Inputs)
        {
            input.Bind(all, labelSets);
        }

        _source = this;
        BindOthers(all);
        all.Add(this, labelSets);
    }

    /// <summary>Looks for series that are new, which may add to the label sets; before anything is calculated.</summary>
    public virtual void Discover(EvaluationContext context)
    {
    }

    /// <summary>Gets the values, one for each label set, calculated once in an evaluation.</summary>
    /// <param name="context">What is read from.</param>
    /// <param name="holds">Whether limits are those at which an alert ends.</param>
    public ReadOnlySpan<double> Evaluate(EvaluationContext context, bool holds = false)
    {
        if (!ReferenceEquals(Source, this))
        {
            return Source.Evaluate(context, holds);
        }

        if (Fault is { } fault)
        {
            throw new InvalidOperationException($"{Metric ?? "Its input"} cannot be read: {fault.Message}", fault);
        }

        holds &= HasRelease;
        ref Results results = ref (holds ? ref _holds : ref _fires);
        int count = LabelSets.Count;
        if (results.Round != context.Round)
        {
            if (results.Values is null || results.Values.Length < count)
            {
                results.Values = new double[Math.Max(4, count * 3 / 2)];
            }

            Evaluate(context, holds, results.Values.AsSpan(0, count));
            results.Round = context.Round;
        }

        return results.Values.AsSpan(0, count);
    }

    /// <summary>Writes it for Prometheus, for one service.</summary>
    /// <param name="by">The labels that the rule keeps apart.</param>
    public string ToPromQL(IReadOnlyList<string> by) => ToPromQL(new PromQLFormat(by));

    /// <summary>Writes it for Prometheus.</summary>
    public abstract string ToPromQL(PromQLFormat format);

    public bool Equals(Expression? other) => other is not null && GetType() == other.GetType() && Identity.Equals(other.Identity);

    public sealed override bool Equals(object? obj) => Equals(obj as Expression);

    public sealed override int GetHashCode() => HashCode.Combine(GetType(), Identity);

    /// <summary>Calculates the values.</summary>
    protected abstract void Evaluate(EvaluationContext context, bool holds, Span<double> results);

    /// <summary>Binds what it is calculated from for other label sets.</summary>
    protected virtual void BindOthers(BoundExpressions all)
    {
    }

    private struct Results
    {
        public long Round;
        public double[]? Values;
    }
}
