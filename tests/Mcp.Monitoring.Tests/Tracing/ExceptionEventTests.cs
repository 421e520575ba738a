using System.Diagnostics;
using Mcp.Monitoring.Tracing;

namespace Mcp.Monitoring.Tests.Tracing;

public class ExceptionEventTests
{
    private const int Longest = 1024;

    // Made up, and put together here, so that no scanner of repositories takes it for a real one.
    private static readonly string Token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(39)]
    public void Of_a_token_at_the_end_of_what_is_kept_no_half_is_left(int left)
    {
        var exception = new InvalidOperationException(new string('x', Longest - left - 1) + " " + Token);

        string message = ExceptionEvent.MessageOf(exception);

        Assert.DoesNotContain(Token[..4], message, StringComparison.Ordinal);
        Assert.InRange(message.Length, Longest - left, Longest);
    }

    [Fact]
    public void Event_of_an_exception_has_its_text_without_secrets()
    {
        using var span = new Activity("call");
        span.Start();
        ExceptionEvent.Note(span, new InvalidOperationException("cannot open Pwd={hunter2};Server=s"));
        span.Stop();

        ExceptionEvent.Write(span);

        Dictionary<string, object?> tags = new(Assert.Single(span.Events).Tags, StringComparer.Ordinal);
        Assert.Equal("cannot open Pwd={***};Server=s", tags["exception.message"]);
        Assert.Equal("System.InvalidOperationException: cannot open Pwd={***};Server=s", tags["exception.stacktrace"]);
    }
}
