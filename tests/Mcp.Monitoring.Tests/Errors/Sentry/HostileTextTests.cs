using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>Whatever stands in a text: an envelope is one that can be read, holds no secret, and is not too large for Sentry.</summary>
public sealed class HostileTextTests
{
    private const int Megabyte = 1_000_000;
    private const string Secret = "hunter2";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Pieces =
    [
        "", "a", "\n", "\r\n", "\0", "\u001b[31m", "\uD83D", "\uDE00", "\uDE00\uD83D", "😀", "\uFFFE", "\uFFFF", "\u2028", "\u202E", "\"", "\\", "\\u0000", "{", "}", "[]", ",", "</script>",
        "Ошибка", "日本語", "\u0301\u0301\u0301", "{\"type\":\"event\",\"length\":0}\n", "NaN", "\u007F", "\u0080", "\t", " ", "%s{0}$1",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Envelope_of_any_text_can_be_read(int seed)
    {
        var random = new Random(seed);
        await using var host = new TransportHost(new QueueSettings { LogsPerEnvelope = 1 });
        for (int round = 0; round < 50; round++)
        {
            string text() => Text(random, random.Next(20) == 0 ? 20_000 : 12);

            ParsedItem @event = await SentAsync(host, Event(text));
            Assert.Equal("event", @event.Type);
            host.Queue.TryEnqueue(TransportHost.Log(text()));
            Assert.Equal("log", (await host.Sentry.EnvelopeAsync()).Items[0].Type);
        }

        Assert.Equal(0, host.AllDropped);
    }

    [Theory]
    [InlineData('д')]
    [InlineData('日')]
    [InlineData('"')]
    public async Task Event_of_huge_texts_is_not_too_large(char c)
    {
        string huge = new(c, 1_000_000);
        Exception exception = Envelopes.Thrown(huge);
        for (int i = 0; i < 200; i++)
        {
            exception = Envelopes.Thrown(huge, exception);
            exception.Data[$"d{i}"] = huge;
        }

        CapturedEvent captured = Event(() => huge, exception);
        for (int i = 0; i < 200; i++)
        {
            captured.Event.SetTag($"t{i}", huge);
            captured.Event.SetExtra($"e{i}", huge);
            captured.Event.AddBreadcrumb(new Breadcrumb(huge, "default"));
            captured.MechanismData[$"m{i}"] = huge;
            captured.Event.Contexts[$"c{i}"] = new Dictionary<string, object?>(StringComparer.Ordinal) { [huge] = huge };
        }

        await using var host = new TransportHost();
        ParsedItem sent = await SentAsync(host, captured);

        string sizes = string.Join(' ', sent.Payload.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetRawText().Length}"));
        Assert.True(sent.Length < Megabyte, $"{sent.Length} bytes: {sizes}");
    }

    [Fact]
    public async Task Secrets_pass_in_no_text_and_no_user_is_named_by_the_machine()
    {
        var exception = new InvalidOperationException($"password={Secret}", Envelopes.Thrown(Secret));
        exception.Data["password"] = "correct horse";
        exception.Data["url"] = $"https://u:{Secret}@example.com";
        exception.Data["inside"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["ApiKey"] = "correct horse" };
        await using var host = new TransportHost();

        ParsedEnvelope envelope = await EnvelopeAsync(host, Event(() => Secret, exception));

        Assert.DoesNotContain(Secret, envelope.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("correct horse", envelope.Text, StringComparison.Ordinal);
        host.Queue.TryEnqueue(TransportHost.Event());
        ParsedEnvelope next = await host.Sentry.EnvelopeAsync();
        Assert.False(next.Payload.TryGetProperty("user", out JsonElement user) && user.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Exception_that_throws_when_it_is_read_is_sent_by_its_type_and_frames()
    {
        Exception? thrown = null;
        try
        {
            throw new UnreadableException();
        }
        catch (UnreadableException exception)
        {
            thrown = exception;
        }

        await using var host = new TransportHost();
        ParsedItem sent = await SentAsync(host, TransportHost.Event(thrown));

        JsonElement read = sent.Payload.GetProperty("exception").GetProperty("values")[0];
        Assert.Equal("[its message cannot be read]", read.Text("value"));
        Assert.EndsWith(nameof(UnreadableException), read.Text("type"), StringComparison.Ordinal);
        Assert.NotEmpty(read.GetProperty("stacktrace").Array("frames"));
    }

    [Theory]
    [InlineData(2_000, false)]
    [InlineData(3_000, true)]
    public async Task Of_very_many_exceptions_the_outer_ones_are_sent(int count, bool areBesideEachOther)
    {
        Exception exception = Envelopes.Thrown("0");
        if (areBesideEachOther)
        {
            exception = new AggregateException("outer", Enumerable.Range(0, count).Select(i => Envelopes.Thrown($"{i} " + new string('x', 500))));
        }

        for (int i = 1; i < count && !areBesideEachOther; i++)
        {
            exception = new InvalidOperationException(i == count - 1 ? "outer" : $"{i}", exception);
        }

        await using var host = new TransportHost();
        ParsedItem sent = await SentAsync(host, TransportHost.Event(exception));

        JsonElement[] values = [.. sent.Payload.GetProperty("exception").Array("values")];
        Assert.Equal(50, values.Length);
        Assert.StartsWith("outer", values[^1].Text("value"), StringComparison.Ordinal);
        Assert.True(sent.Length < Megabyte, $"{sent.Length} bytes");
    }

    [Fact]
    public async Task Message_of_two_megabytes_is_cut_and_a_secret_at_the_limit_is_seen_whole()
    {
        await using var host = new TransportHost();
        var captured = new CapturedEvent(new SentryEvent { Message = new string('x', 8_188) + Secret + new string('x', 2_000_000) });

        ParsedEnvelope envelope = await EnvelopeAsync(host, captured);

        Assert.DoesNotContain("hunt", envelope.Text, StringComparison.Ordinal);
        Assert.InRange(envelope.Text.Length, 8_000, 20_000);
    }

    private static CapturedEvent Event(Func<string> text, Exception? exception = null)
    {
        var sent = new SentryEvent(exception ?? Envelopes.Thrown(text(), Envelopes.Thrown(text())))
        {
            Message = new SentryMessage { Message = text(), Formatted = text(), Params = [text()] },
            Logger = text(),
            TransactionName = text(),
            Environment = text(),
            Release = text(),
            ServerName = text(),
            Fingerprint = [text()],
        };
        sent.User.Id = text();
        sent.User.Other["a" + text()] = text();
        sent.Request.Url = text();
        sent.Request.QueryString = text();
        sent.Request.Headers["b" + text()] = text();
        sent.Request.Data = text();
        sent.SetTag("tag", text());
        sent.SetExtra("c" + text(), text());
        sent.SetExtra("nested", new Dictionary<string, object?>(StringComparer.Ordinal) { ["d" + text()] = new[] { text(), text() } });
        sent.Contexts["e" + text()] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["f" + text()] = text() };
        sent.AddBreadcrumb(new Breadcrumb(text(), text(), new Dictionary<string, string>(StringComparer.Ordinal) { ["g" + text()] = text() }, text(), BreadcrumbLevel.Info));
        return new CapturedEvent(sent) { Trace = new(TransportHost.TraceId, TransportHost.SpanId, null), MechanismData = { ["h" + text()] = text() } };
    }

    private static async Task<ParsedItem> SentAsync(TransportHost host, CapturedEvent captured) => (await EnvelopeAsync(host, captured)).Items[0];

    private static async Task<ParsedEnvelope> EnvelopeAsync(TransportHost host, CapturedEvent captured)
    {
        Assert.True(host.Queue.TryEnqueue(captured));
        using var patience = new CancellationTokenSource(Patience);
        return await host.Sentry.EnvelopeAsync();
    }

    private static string Text(Random random, int most)
    {
        var text = new StringBuilder();
        for (int i = random.Next(most); i > 0; i--)
        {
            text.Append(random.Next(3) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
