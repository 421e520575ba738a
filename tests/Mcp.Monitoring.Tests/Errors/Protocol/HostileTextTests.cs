using System.Text;
using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.Tests.Errors.Protocol;

/// <summary>Whatever stands in a text: an envelope is one that can be read, and not too large for Sentry.</summary>
[Trait("Speed", "Slow")]
public sealed class HostileTextTests
{
    private const int Megabyte = 1_000_000;

    private static readonly string[] Pieces =
    [
        "", "a", "\n", "\r\n", "\0", "\u001b[31m", "\uD83D", "\uDE00", "\uDE00\uD83D", "😀", "\uFFFE", "\uFFFF", "\u2028", "\u202E", "\"", "\\", "\\u0000", "{", "}", "[]", ",", "</script>",
        "Ошибка", "日本語", "\u0301\u0301\u0301", "{\"type\":\"event\",\"length\":0}\n", "NaN", "\u007F", "\u0080", "\t", " ", "%s{0}$1",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Envelope_of_any_text_can_be_read(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            string text() => Text(random, random.Next(20) == 0 ? 20_000 : 12);

            ParsedEnvelope @event = Envelopes.Factory().Of(Envelopes.Event(text)).Written();
            ParsedEnvelope transaction = Envelopes.Factory().Of(Envelopes.Transaction(text)).Written();
            ParsedEnvelope logs = Envelopes.Factory().Of([Envelopes.Log(text), Envelopes.Log(text)]).Written();

            Assert.Single(@event.Items);
            Assert.Single(transaction.Items);
            Assert.Single(logs.Items);
            Assert.DoesNotContain("\\u0000", @event.Text.Replace(@"\\u0000", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData('д')]
    [InlineData('日')]
    [InlineData('"')]
    [InlineData('\uD83D')]
    public void Event_of_huge_texts_is_not_too_large_for_Sentry(char c)
    {
        string huge = new(c, 3_000_000);
        SentryEvent item = Envelopes.Event(() => huge);
        for (int i = 0; i < 200; i++)
        {
            item.Tags[$"t{i}"] = huge;
            item.Extra[$"e{i}"] = huge;
            item.Breadcrumbs.Add(new SentryBreadcrumb { Message = huge });
            item.Exception = Envelopes.Thrown(huge, item.Exception);
            item.MechanismData[$"m{i}"] = huge;
            item.Contexts[$"c{i}"] = new Dictionary<string, object?>(StringComparer.Ordinal) { [huge] = huge };
        }

        ParsedItem written = Envelopes.Factory().Of(item).Written().Items[0];

        Assert.True(written.Length < Megabyte, $"{written.Length} bytes");
    }

    [Fact]
    public void No_text_passes_by_the_scrubber()
    {
        const string Secret = "s3cr3t-Value";
        SentryLog log = Envelopes.Log(() => Secret);
        Func<string, string> scrub = text => text.Replace(Secret, "***", StringComparison.Ordinal);

        Assert.DoesNotContain(Secret, Envelopes.Factory(scrub).Of(Envelopes.Event(() => Secret)).Written().Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, Envelopes.Factory(scrub).Of(Envelopes.Transaction(() => Secret)).Written().Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, Envelopes.Factory(scrub).Of([log]).Written().Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Secret_at_the_limit_of_a_text_is_seen_whole()
    {
        const string Secret = "s3cr3t-Value";
        var item = new SentryEvent { Message = new string('x', 8_185) + Secret };

        string text = Envelopes.Factory(scrub: text => text.Replace(Secret, "***", StringComparison.Ordinal)).Of(item).Written().Text;

        Assert.DoesNotContain("s3cr", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_cannot_be_searched_for_secrets_is_left_out_and_the_event_is_sent()
    {
        ParsedEnvelope envelope = Envelopes.Factory(_ => throw new NotSupportedException()).Of(new SentryEvent { Message = "s3cr3t" }).Written();

        Assert.Equal("[left out: it could not be searched for secrets]", envelope.Payload.GetProperty("logentry").Text("formatted"));
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
}
