using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>What a ticket lets do: acknowledge one incident.</summary>
/// <param name="Incident">Its number.</param>
/// <param name="OpenedAt">When it was opened, to the millisecond: on another replica, or after the alerts were lost, the number is another incident's.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ticket(int Incident, DateTimeOffset OpenedAt);

internal enum TicketState
{
    Valid,

    /// <summary>It was not made here, or with another token.</summary>
    Unknown,

    Expired,

    /// <summary>It has been used.</summary>
    Used,
}

/// <summary>
/// The links of messages that acknowledge an incident: signed with a key of the token, for a day and for one use. Uses are known to the process that saw them. Any thread.
/// </summary>
internal sealed class AcknowledgeTickets(KeyRing keys, TimeProvider time)
{
    /// <summary>How many uses are remembered. Past it, which is more than people acknowledge in a day, no ticket is good.</summary>
    public const int MostUsed = 10_000;

    private const byte Version = 1;
    private const int IncidentAt = 1, OpenedAt = IncidentAt + sizeof(int), ExpiryAt = OpenedAt + sizeof(long), IdAt = ExpiryAt + sizeof(long), IdBytes = 16;
    private const int ContentBytes = IdAt + IdBytes;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Dictionary<Guid, long> _used = [];
    private readonly Lock _guard = new();

    /// <summary>Gets how many uses are remembered.</summary>
    public int Used
    {
        get
        {
            lock (_guard)
            {
                return _used.Count;
            }
        }
    }

    /// <summary>Makes a ticket.</summary>
    /// <returns>The last part of its address; <see langword="null"/> without a token, or where the page is not enabled.</returns>
    public string? Make(Ticket ticket)
    {
        if (keys.OfLinks is not { } current)
        {
            return null;
        }

        Span<byte> content = stackalloc byte[ContentBytes];
        content[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(content[IncidentAt..], ticket.Incident);
        BinaryPrimitives.WriteInt64BigEndian(content[OpenedAt..], ticket.OpenedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(content[ExpiryAt..], (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(content[IdAt..]);
        return Signed.Write(current.Ticket, content);
    }

    /// <summary>Reads a ticket without using it.</summary>
    public TicketState Read(string? text, out Ticket ticket) => Read(text, out ticket, use: false);

    /// <summary>Uses a ticket: of several callers at once one is told that it is valid.</summary>
    public TicketState Use(string? text, out Ticket ticket) => Read(text, out ticket, use: true);

    private TicketState Read(string? text, out Ticket ticket, bool use)
    {
        ticket = default;
        Span<byte> content = stackalloc byte[ContentBytes];
        if (keys.OfLinks is not { } current || !Signed.TryRead(current.Ticket, text, content) || content[0] != Version)
        {
            return TicketState.Unknown;
        }

        long expiry = BinaryPrimitives.ReadInt64BigEndian(content[ExpiryAt..]), now = time.GetUtcNow().ToUnixTimeSeconds();
        ticket = new Ticket(
            BinaryPrimitives.ReadInt32BigEndian(content[IncidentAt..]), DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content[OpenedAt..])));
        return expiry <= now ? TicketState.Expired : IsFree(new Guid(content[IdAt..]), expiry, now, use) ? TicketState.Valid : TicketState.Used;
    }

    private bool IsFree(Guid id, long expiry, long now, bool use)
    {
        lock (_guard)
        {
            if (!use)
            {
                return !_used.ContainsKey(id);
            }

            if (_used.Count >= MostUsed)
            {
                Forget(now);
            }

            return _used.Count < MostUsed && _used.TryAdd(id, expiry);
        }
    }

    private void Forget(long now)
    {
        foreach ((Guid id, long expiry) in _used)
        {
            if (expiry <= now)
            {
                _used.Remove(id);
            }
        }
    }
}
