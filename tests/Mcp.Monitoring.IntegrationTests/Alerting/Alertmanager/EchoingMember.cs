using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>What stands where a member should be, and says again in all that it answers how it was signed in to.</summary>
/// <param name="situation">A status of HTTP, or what else comes back.</param>
/// <param name="certificate">The certificate that is shown, if TLS is spoken.</param>
internal sealed class EchoingMember(string situation, X509Certificate2? certificate) : IDisposable
{
    private const string Basic = "Basic ", Bearer = "Bearer ";

    private readonly TinyServer _server = new(stream => Serve(stream, situation, certificate));

    public int Port => _server.Port;

    public void Dispose() => _server.Dispose();

    private static void Serve(Stream stream, string situation, X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            Answer(stream, situation);
            return;
        }

        using var secured = new SslStream(stream);
        secured.AuthenticateAsServer(certificate);
        Answer(secured, situation);
    }

    private static void Answer(Stream stream, string situation)
    {
        string request = TinyServer.ReadRequest(stream);
        if (request.Length == 0 || situation == "cut")
        {
            return;
        }

        string signIn = SignIn(request);
        string body = $"nobody is called {signIn}\n{request}";
        string answer = situation switch
        {
            "no HTTP" => $"{signIn} is not known here\r\n{request}",
            "no status" => $"HTTP/1.1 {signIn}\r\n\r\n",
            "page" => Http("200 OK", $"<html>{body}"),
            "refused by the proxy" => Http($"407 {signIn}", body),
            "not trusted" => Http("200 OK", body),
            _ => Http($"{situation} {signIn}", body),
        };
        stream.Write(Encoding.UTF8.GetBytes(answer));

        string Http(string status, string text) =>
            $"HTTP/1.1 {status}\r\nX-Echo: {signIn}\r\nWWW-Authenticate: Basic realm=\"{signIn}\"\r\nProxy-Authenticate: Basic realm=\"{signIn}\"\r\nLocation: http://127.0.0.1:1/?{signIn}\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}";
    }

    // Name and password as they were before they were written for the way, or the token.
    private static string SignIn(string request)
    {
        string[] said = [.. request.Split("\r\n").Where(static line => line.Contains("Authorization: ", StringComparison.OrdinalIgnoreCase)).Select(static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..])];
        return string.Join(' ', said.Select(static value => value.StartsWith(Basic, StringComparison.Ordinal)
            ? $"{Encoding.UTF8.GetString(Convert.FromBase64String(value[Basic.Length..]))} {value[Basic.Length..]}"
            : value.Replace(Bearer, "", StringComparison.Ordinal)));
    }
}
