using System.Net.Security;
using System.Net.Sockets;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>
/// HTTP/1.1 on the caller's thread, over a connection that is there for one request: for the time in which the thread pool has no thread left, and nothing of
/// <see cref="SocketsHttpHandler"/> comes back.
/// </summary>
internal sealed class BlockingHttp(Uri? proxy)
{
    /// <param name="request">What is sent.</param>
    /// <param name="mostRead">How much of the body of the answer is read, in bytes.</param>
    /// <param name="stop">Ends it, from any thread.</param>
    /// <exception cref="SendFailedException">No answer came.</exception>
    public HttpResponseMessage Send(HttpRequestMessage request, int mostRead, CancellationToken stop)
    {
        bool isBegun = false;
        return Run(
            request.RequestUri!,
            stream =>
            {
                byte[] bytes = OutgoingRequest.Bytes(request);
                isBegun = true;
                stream.Write(bytes);
                stream.Flush();
                return new HttpAnswer(stream, mostRead).Read(hasBody: request.Method != HttpMethod.Head);
            },
            () => isBegun,
            stop);
    }

    /// <summary>Connects, and sends nothing.</summary>
    /// <exception cref="SendFailedException">Nobody answers, or not who should.</exception>
    public void Connect(Uri address, CancellationToken stop) => Run(address, static _ => true, static () => false, stop);

    private T Run<T>(Uri address, Func<Stream, T> exchange, Func<bool> isBegun, CancellationToken stop)
    {
        HostAndPort target = HostAndPort.Of(address);
        Waited waited = Waited.FromNow();
        try
        {
            using Socket socket = ChannelSocket.Connect(target.Host, target.Port, proxy, stop);
            using CancellationTokenRegistration cut = stop.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            using Stream stream = Secured(new NetworkStream(socket), address);
            return exchange(stream);
        }
        catch (Exception fault)
        {
            Exception reason = stop.IsCancellationRequested && fault is not SendFailedException ? new OperationCanceledException("It took too long.", fault, stop) : fault;
            throw FailureWords.Of(reason, target, isBegun(), waited.Time);
        }
    }

    private static Stream Secured(NetworkStream plain, Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return plain;
        }

        var secured = new SslStream(plain);
        try
        {
            SslClientAuthenticationOptions options = CertificateCheck.Options(fetchesCertificates: false);
            options.TargetHost = address.IdnHost;
            secured.AuthenticateAsClient(options);
            return secured;
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }
}
