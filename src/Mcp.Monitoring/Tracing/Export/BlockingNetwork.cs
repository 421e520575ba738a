using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// HTTP/1.1 on the caller's own thread, over a socket that blocks and is there for one request: where the thread pool has no thread left, this arrives, and
/// nothing of <see cref="SocketsHttpHandler"/> does. No instrumentation sees it, and it is never led elsewhere.
/// </summary>
internal sealed class BlockingNetwork(TimeSpan limit) : HttpMessageHandler
{
    private const int LongestHead = 64 * 1024;

    /// <summary>Returns the header <c>Host</c> of requests to an address (RFC 9110, 7.2): an IPv6 address stands in brackets, a port that is usual is left out.</summary>
    public static string HostOf(Uri address)
    {
        string host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        return address.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{address.Port}");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            Uri address = request.RequestUri!;
            socket = Connect(address, cancellationToken);
            using CancellationTokenRegistration cut = cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            using Stream stream = Secured(new NetworkStream(socket), address);
            Write(stream, request, address);
            return Read(new BufferedStream(stream));
        }
        catch (Exception fault) when (cancellationToken.IsCancellationRequested && fault is IOException or SocketException or ObjectDisposedException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw fault.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock }
                ? new OperationCanceledException("The receiver did not answer in time.", fault)
                : new HttpRequestException(HttpRequestError.ConnectionError, "The connection failed.", fault);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private Socket Connect(Uri address, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (IPAddress ip in Resolve(address))
        {
            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                Connect(socket, new IPEndPoint(ip, address.Port), cancellationToken);
                return socket;
            }
            catch (SocketException fault)
            {
                socket.Dispose();
                last = fault;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody takes a connection.", last);
    }

    private static IPAddress[] Resolve(Uri address)
    {
        try
        {
            return Dns.GetHostAddresses(address.IdnHost);
        }
        catch (SocketException unknown)
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "The name is not known.", unknown);
        }
    }

    // Blocking from the first to the last: a socket that ever was anything else may wait for its events on the thread pool.
    private void Connect(Socket socket, IPEndPoint address, CancellationToken cancellationToken)
    {
        socket.SendTimeout = socket.ReceiveTimeout = (int)limit.TotalMilliseconds;
        using CancellationTokenRegistration cut = cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
        try
        {
            socket.Connect(address);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.InProgress)
        {
            throw new OperationCanceledException("The receiver took no connection in time.", fault);
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
            secured.AuthenticateAsClient(address.IdnHost);
            return secured;
        }
        catch (Exception fault)
        {
            secured.Dispose();
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, "The receiver is not trusted.", fault);
        }
    }

    private static void Write(Stream stream, HttpRequestMessage request, Uri address)
    {
        using var body = new MemoryStream();
        request.Content?.CopyTo(body, context: null, CancellationToken.None);
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{request.Method} {address.PathAndQuery} HTTP/1.1\r\nHost: {HostOf(address)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Connection: close\r\nContent-Length: {body.Length}\r\n");
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers = request.Headers;
        foreach ((string name, IEnumerable<string> values) in request.Content is { } content ? headers.Concat(content.Headers) : headers)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\r\n");
            }
        }

        stream.Write(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        stream.Write(body.GetBuffer().AsSpan(0, (int)body.Length));
        stream.Flush();
    }

    private static HttpResponseMessage Read(Stream stream)
    {
        int left = LongestHead;
        while (true)
        {
            string status = Line(stream, ref left);
            if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 12 || !int.TryParse(status.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer is not HTTP/1.");
            }

            var response = new HttpResponseMessage((HttpStatusCode)code);
            var content = new ByteArrayContent([]);
            while (Line(stream, ref left) is { Length: > 0 } line)
            {
                if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                {
                    string name = line[..colon], value = line[(colon + 1)..].Trim();
                    _ = response.Headers.TryAddWithoutValidation(name, value) || content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            // What comes before the answer itself, such as 100 Continue, has no body.
            if (code >= 200)
            {
                response.Content = new ByteArrayContent(Body(stream, response, content, left));
                response.Content.Headers.ContentType = content.Headers.ContentType;
                return response;
            }
        }
    }

    private static byte[] Body(Stream stream, HttpResponseMessage response, ByteArrayContent head, int left)
    {
        using var body = new MemoryStream();
        if (response.Headers.TransferEncodingChunked == true)
        {
            while (int.TryParse(Line(stream, ref left).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int size) && size > 0 && Copy(stream, body, size))
            {
                Line(stream, ref left);
            }
        }
        else if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            // Where none was sent, the property would tell the length of what is here.
            Copy(stream, body, head.Headers.Contains("Content-Length") ? head.Headers.ContentLength ?? long.MaxValue : long.MaxValue);
        }

        return body.ToArray();
    }

    // Whether there may be more: of a long answer the beginning is read.
    private static bool Copy(Stream from, MemoryStream into, long length)
    {
        byte[] part = new byte[4096];
        while (length > 0 && into.Length < PatientHandler.LongestBody)
        {
            int read = from.Read(part, 0, (int)Math.Min(part.Length, length));
            if (read == 0)
            {
                return false;
            }

            into.Write(part, 0, read);
            length -= read;
        }

        return length == 0;
    }

    private static string Line(Stream stream, ref int left)
    {
        var line = new StringBuilder();
        while (left-- > 0)
        {
            switch (stream.ReadByte())
            {
                case -1:
                    throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer ended early.");
                case '\n':
                    return line.ToString();
                case '\r':
                    break;
                case var character:
                    line.Append((char)character);
                    break;
            }
        }

        throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer has no end.");
    }
}
