using System.Globalization;
using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>
/// A value for each combination of a rule's labels, as PromQL would calculate it. Absent is NaN; a condition is 1 where it holds, 0 where it does not, NaN
/// where nothing can be said. Two that are equal are calculated once.
/// </summary>
internal abstract record Expression
{
    /// <summary>Gets over which time the value is taken; zero where that is an instant.</summary>
    public virtual TimeSpan Lookback => default;

    /// <summary>Gets whether it is a share, a percentile, a rate or a level: several times as much is another trouble, and not the same that goes on.</summary>
    public virtual bool IsIntensity => false;

    /// <summary>Gets whether it is misleading until enough has been seen: a share or a percentile of the first few calls.</summary>
    public virtual bool NeedsHistory => false;

    /// <summary>Gets whether it is 0 for combinations of labels of which there is no series.</summary>
    public virtual bool IsZeroWhereAbsent => false;

    /// <summary>Gets whether nobody outside knows of it, and what it says is left out there.</summary>
    public virtual bool IsOfProcess => false;

    /// <summary>Makes what calculates it for the combinations of a frame.</summary>
    public abstract Node Build(NodeBuilder builder, LabelSetIndex labelSets);

    /// <summary>Writes it for Prometheus.</summary>
    /// <param name="by">The labels that the rule keeps apart.</param>
    public abstract string ToPromQL(IReadOnlyList<string> by);

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

    protected static string Text(double number) =>
        double.IsPositiveInfinity(number) ? "+Inf" : number.ToString("R", CultureInfo.InvariantCulture);

    protected static string Text(TimeSpan duration) => duration.TotalSeconds switch
    {
        >= 86_400 and var seconds when seconds % 86_400 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400}d"),
        >= 3_600 and var seconds when seconds % 3_600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600}h"),
        >= 60 and var seconds when seconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
        var seconds when seconds % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1_000}ms"),
    };

    protected static string Aggregated(string function, IReadOnlyList<string> by, string inner) =>
        by.Count == 0 ? $"{function}({inner})" : $"{function} by ({string.Join(", ", by)}) ({inner})";
}
