using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>
/// Five wrong tokens a minute from one address, and the right one is no longer listened to. A network of IPv6 that one customer has is one address. Addresses beyond the
/// bound of the table share one count. Any thread.
/// </summary>
internal sealed class SignInTries(TimeProvider time)
{
    public const int Most = 5, MostAddresses = 1_000;

    private const int CustomerBytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IPAddress, Queue<long>> _wrong = [];
    private readonly Queue<long> _others = new(Most);
    private readonly Lock _guard = new();

    /// <summary>Gets of how many addresses wrong tokens are remembered.</summary>
    public int Addresses
    {
        get
        {
            lock (_guard)
            {
                return _wrong.Count;
            }
        }
    }

    /// <summary>Returns how long an address has to wait until its tokens are listened to; zero if they are.</summary>
    public TimeSpan Wait(IPAddress? address)
    {
        lock (_guard)
        {
            return Find(Customer(address)) is { } tries ? Wait(tries) : TimeSpan.Zero;
        }
    }

    /// <summary>Counts a wrong token, unless none is listened to.</summary>
    /// <returns>How long the address has to wait; zero if it had not to.</returns>
    public TimeSpan AddWrong(IPAddress? address)
    {
        lock (_guard)
        {
            IPAddress customer = Customer(address);
            Queue<long> tries = Find(customer) ?? (_wrong[customer] = new Queue<long>(Most));
            TimeSpan wait = Wait(tries);
            if (wait == TimeSpan.Zero)
            {
                tries.Enqueue(time.GetTimestamp());
            }

            return wait;
        }
    }

    private Queue<long>? Find(IPAddress customer)
    {
        if (_wrong.TryGetValue(customer, out Queue<long>? known))
        {
            return known;
        }

        if (_wrong.Count >= MostAddresses)
        {
            Forget();
        }

        return _wrong.Count < MostAddresses ? null : _others;
    }

    private TimeSpan Wait(Queue<long> tries)
    {
        while (tries.TryPeek(out long first) && time.GetElapsedTime(first) >= Window)
        {
            tries.Dequeue();
        }

        return tries.Count < Most ? TimeSpan.Zero : Window - time.GetElapsedTime(tries.Peek());
    }

    private void Forget()
    {
        foreach ((IPAddress address, Queue<long> tries) in _wrong)
        {
            Wait(tries);
            if (tries.Count == 0)
            {
                _wrong.Remove(address);
            }
        }
    }

    private static IPAddress Customer(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] network = address.GetAddressBytes();
        network.AsSpan(CustomerBytes).Clear();
        return new IPAddress(network);
    }
}
