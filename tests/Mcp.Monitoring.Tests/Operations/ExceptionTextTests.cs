using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class ExceptionTextTests
{
    public static TheoryData<string> Usual => [.. UsualExceptions.Keys];

    private static readonly Dictionary<string, Exception> UsualExceptions = new(StringComparer.Ordinal)
    {
        ["alone"] = new TimeoutException("too late"),
        ["wrapped"] = new InvalidOperationException("outside", new TimeoutException("too late")),
        ["several"] = new AggregateException("a batch", new TimeoutException("too late"), new AggregateException(new DatabaseException("down"))),
    };

    private static readonly Dictionary<string, Exception> Overwhelming = new(StringComparer.Ordinal)
    {
        ["2 to the power of 200 ways"] = ExceptionShapes.Shared(new TimeoutException("too late"), width: 2, depth: 200),
        ["8 to the power of 8 ways"] = ExceptionShapes.Shared(new TimeoutException("too late"), width: 8, depth: 8),
        ["aggregates 100,000 deep"] = ExceptionShapes.Shared(new TimeoutException("too late"), width: 1, depth: 100_000),
        ["100,000 at once"] = new AggregateException(Enumerable.Repeat(new TimeoutException("too late"), 100_000)),
    };

    public static TheoryData<string> TooMuch => [.. Overwhelming.Keys];

    [Theory]
    [MemberData(nameof(Usual))]
    public void Exception_says_what_it_says(string name)
    {
        Assert.Equal(UsualExceptions[name].Message, ExceptionText.MessageOf(UsualExceptions[name]));
        Assert.Equal(UsualExceptions[name].ToString(), ExceptionText.Of(UsualExceptions[name]));
    }

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void One_that_would_never_end_says_its_beginning(string name)
    {
        const string Told = "System.AggregateException: (System.TimeoutException: too late)";

        Assert.Equal(Told, ExceptionText.MessageOf(Overwhelming[name]));
        Assert.Equal(Told, ExceptionText.Of(Overwhelming[name]));
    }

    [Fact]
    public void Causes_100000_deep_say_their_beginning()
    {
        Exception deep = ExceptionShapes.Chain(new TimeoutException("too late"), 100_000);

        Assert.Equal("wrapped", ExceptionText.MessageOf(deep));
        Assert.Equal("System.InvalidOperationException: (System.InvalidOperationException: wrapped)", ExceptionText.Of(deep));
    }

    [Fact]
    public void Of_many_failures_ten_are_told()
    {
        string told = ExceptionText.MessageOf(ExceptionShapes.Wide(1_000))!;

        Assert.EndsWith("(System.InvalidOperationException: 9)", told, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperationException: 10)", told, StringComparison.Ordinal);
    }
}
