using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>What went wrong with a connection, in words. They name host and port, and never what else stands in an address.</summary>
internal static class FailureWords
{
    public static string NoConnection(HostAndPort target, SocketError error, TimeSpan waited) => error switch
    {
        SocketError.ConnectionRefused => $"connection to {target} refused",
        SocketError.TimedOut => NoAnswer(target, waited),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown or SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported => $"there is no way to {target}: the network is not reachable",
        SocketError.AccessDenied => $"this machine does not let a connection to {target} out",
        SocketError.TooManyOpenSockets => $"no connection to {target}: this process has as many open files as it may have",
        _ => $"connection to {target} failed: {error}",
    };

    public static string NoAnswer(HostAndPort target, TimeSpan waited) => $"{target} did not answer within {Seconds(waited)}";

    public static string Cut(HostAndPort target) => $"{target} cut the connection";

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(time.TotalSeconds)):0} s");

    /// <summary>Makes one failure of whatever an attempt ended with.</summary>
    /// <param name="fault">What it ended with.</param>
    /// <param name="target">Where it went.</param>
    /// <param name="isBegun">Whether some of the request was sent.</param>
    /// <param name="waited">How long it took.</param>
    public static SendFailedException Of(Exception fault, HostAndPort target, bool isBegun, TimeSpan waited)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is SendFailedException { Message: var words })
            {
                return new SendFailedException(words, isBegun, fault);
            }
        }

        return new SendFailedException(Of(fault, target, waited), isBegun, fault);
    }

    private static string Of(Exception fault, HostAndPort target, TimeSpan waited) => fault switch
    {
        OperationCanceledException or TimeoutException => NoAnswer(target, waited),
        AuthenticationException => $"no TLS with {target}: {(fault.InnerException ?? fault).Message}",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"no TLS with {target}: {(fault.InnerException ?? fault).Message}",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"{target.Host} does not resolve",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or ProtocolViolationException => $"{target} does not answer in HTTP",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => $"{target} answers with more headers than are read",
        SocketException { SocketErrorCode: var error } when error is not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) =>
            NoConnection(target, error, waited),
        HttpRequestException or IOException or SocketException => Cut(target),
        _ => $"the exchange with {target} failed: {fault.GetType().Name}",
    };
}
