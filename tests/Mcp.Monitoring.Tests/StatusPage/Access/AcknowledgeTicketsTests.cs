using System.Buffers.Text;
using Mcp.Monitoring.StatusPage.Access;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>A link of a message lets acknowledge one incident, for a day and once.</summary>
public sealed class AcknowledgeTicketsTests : IDisposable
{
    private readonly Doorkeeper _door = new();
    private readonly Ticket _ticket;

    public AcknowledgeTicketsTests() => _ticket = new Ticket(42, _door.Time.GetUtcNow() - TimeSpan.FromMinutes(3));

    public void Dispose() => _door.Dispose();

    [Fact]
    public void It_says_which_incident_and_may_be_read_often()
    {
        string text = Make();

        Assert.Equal(TicketState.Valid, _door.Tickets.Read(text, out Ticket read));
        Assert.Equal(_ticket, read);
        Assert.Equal(TicketState.Valid, _door.Tickets.Read(text, out _));
    }

    [Fact]
    public void It_may_stand_in_an_address_as_it_is()
    {
        Assert.Matches("^[A-Za-z0-9_-]{92}$", Make());
        Assert.NotEqual(Make(), Make());
    }

    [Fact]
    public void It_is_used_once()
    {
        string text = Make();

        Assert.Equal(TicketState.Valid, _door.Tickets.Use(text, out Ticket used));
        Assert.Equal(_ticket, used);
        Assert.Equal(TicketState.Used, _door.Tickets.Use(text, out _));
        Assert.Equal(TicketState.Used, _door.Tickets.Read(text, out _));
        Assert.Equal(TicketState.Valid, _door.Tickets.Use(Make(), out _));
    }

    [Fact]
    public void Of_many_who_use_it_at_once_one_does()
    {
        string text = Make();
        int valid = 0;

        Parallel.For(0, 100, _ =>
        {
            if (_door.Tickets.Use(text, out Ticket _) == TicketState.Valid)
            {
                Interlocked.Increment(ref valid);
            }
        });

        Assert.Equal(1, valid);
    }

    [Theory]
    [InlineData(86_399, TicketState.Valid)]
    [InlineData(86_400, TicketState.Expired)]
    [InlineData(100_000, TicketState.Expired)]
    public void It_holds_for_a_day(int seconds, object state)
    {
        string text = Make();

        _door.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(state, _door.Tickets.Read(text, out _));
        Assert.Equal(state, _door.Tickets.Use(text, out _));
    }

    [Fact]
    public void It_is_unknown_with_any_bit_flipped_and_uses_nothing_up()
    {
        string text = Make();
        byte[] bytes = Base64Url.DecodeFromChars(text);

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(TicketState.Unknown, _door.Tickets.Use(Base64Url.EncodeToString(bytes), out Ticket ticket));
            Assert.Equal(default, ticket);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(0, _door.Tickets.Used);
        Assert.Equal(TicketState.Valid, _door.Tickets.Use(text, out _));
    }

    [Fact]
    public void Whatever_somebody_sends_is_unknown_and_throws_nothing()
    {
        string text = Make();
        var random = new Random(17);
        string[] sent =
        [
            "", " ", "..", "%00", text + "=", text + "A", " " + text, text + "\r\nSet-Cookie: a=b", text.ToUpperInvariant(), new('A', 92), new('=', 92), new('\u0430', 92), new('\ud800', 92), new('A', 100_000),
            .. Enumerable.Range(0, text.Length).Select(length => text[..length]),
            .. Enumerable.Range(0, 2_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(0, 200)).Select(_ => (char)random.Next(0, 0x250))])),
        ];

        Assert.Equal(TicketState.Unknown, _door.Tickets.Use(text: null, out _));
        Assert.All(sent, other => Assert.Equal(TicketState.Unknown, _door.Tickets.Use(other, out _)));
    }

    [Fact]
    public void Another_token_ends_it_and_without_one_none_is_made()
    {
        string text = Make();
        using var replica = new Doorkeeper();
        using var other = new Doorkeeper(token: "another-token-of-the-page");
        using var none = new Doorkeeper(token: null);

        Assert.Equal(TicketState.Valid, replica.Tickets.Read(text, out _));
        Assert.Equal(TicketState.Unknown, other.Tickets.Read(text, out _));
        Assert.Equal(TicketState.Unknown, none.Tickets.Read(text, out _));
        Assert.Null(none.Tickets.Make(_ticket));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void Where_the_page_is_not_enabled_none_is_made_or_taken(bool? enabled)
    {
        string text = Make();
        using var door = new Doorkeeper(isDevelopment: true, enabled: enabled);

        Assert.Null(door.Tickets.Make(_ticket));
        Assert.Equal(TicketState.Unknown, door.Tickets.Use(text, out _));
    }

    [Fact]
    public void Cookie_of_the_same_token_is_no_ticket() => Assert.Equal(TicketState.Unknown, _door.Tickets.Use(_door.CookieOfSignIn(), out _));

    [Fact]
    public void Uses_are_remembered_up_to_a_bound_and_until_their_tickets_end()
    {
        string first = Make();
        _door.Tickets.Use(first, out _);
        for (int i = 1; i < AcknowledgeTickets.MostUsed; i++)
        {
            Assert.Equal(TicketState.Valid, _door.Tickets.Use(Make(), out _));
        }

        // A link that was used stays so: rather none is good for a while.
        Assert.Equal(TicketState.Used, _door.Tickets.Use(Make(), out _));
        Assert.Equal(TicketState.Used, _door.Tickets.Use(first, out _));
        Assert.Equal(AcknowledgeTickets.MostUsed, _door.Tickets.Used);

        _door.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TicketState.Valid, _door.Tickets.Use(Make(), out _));
        Assert.Equal(1, _door.Tickets.Used);
        Assert.Equal(TicketState.Expired, _door.Tickets.Use(first, out _));
    }

    private string Make() => Assert.IsType<string>(_door.Tickets.Make(_ticket));
}
