using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>The addresses of a host, in the order in which they are tried.</summary>
internal static class HostAddresses
{
    /// <exception cref="SendFailedException">There is none that may be used.</exception>
    public static IReadOnlyList<IPAddress> Of(string host, Func<string, IPAddress[]> resolve, CancellationToken stop)
    {
        IPAddress[] all = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : Resolve(host, resolve, stop);
        IPAddress[] usable = [.. all.Where(address => !OutgoingAddress.IsLinkLocal(address))];
        return usable.Length > 0 ? InTurns(usable)
            : all.Length == 0 ? throw Unknown(host, inner: null)
            : throw LinkLocal(host);
    }

    public static void RefuseLinkLocal(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address) && OutgoingAddress.IsLinkLocal(address))
        {
            throw LinkLocal(host);
        }
    }

    // Who asks for a name cannot be told to stop, and waits up to half a minute for name servers that are gone.
    private static IPAddress[] Resolve(string host, Func<string, IPAddress[]> resolve, CancellationToken stop)
    {
        Waited waited = Waited.FromNow();
        Task<IPAddress[]> asked = OwnThread.Run("Mcp.Monitoring name", () => resolve(host));
        try
        {
            asked.Wait(stop);
            return asked.Result;
        }
        catch (OperationCanceledException fault)
        {
            throw new SendFailedException($"{host} did not resolve within {FailureWords.Seconds(waited.Time)}: the name server does not answer", mayHaveArrived: false, fault);
        }
        catch (AggregateException fault)
        {
            throw Unknown(host, fault.InnerException);
        }
    }

    // One family may lead nowhere: the second address is of the other one.
    private static List<IPAddress> InTurns(IPAddress[] addresses)
    {
        var first = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily));
        var second = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily));
        var turns = new List<IPAddress>(addresses.Length);
        while (first.Count + second.Count > 0)
        {
            if (first.TryDequeue(out IPAddress? one))
            {
                turns.Add(one);
            }

            if (second.TryDequeue(out IPAddress? other))
            {
                turns.Add(other);
            }
        }

        return turns;
    }

    private static SendFailedException Unknown(string host, Exception? inner) => inner is SocketException { SocketErrorCode: SocketError.TryAgain }
        ? new SendFailedException($"{host} does not resolve now: the name server does not answer", mayHaveArrived: false, inner)
        : new SendFailedException($"{host} does not resolve", mayHaveArrived: false, inner);

    private static SendFailedException LinkLocal(string host) => new($"{host} is a link-local address, to which nothing is sent", mayHaveArrived: false);
}
