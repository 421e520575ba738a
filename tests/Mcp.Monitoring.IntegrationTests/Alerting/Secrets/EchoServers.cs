using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Secrets;

/// <summary>Who all channels talk to: they take everything, or refuse it and say again all that they were told.</summary>
/// <param name="status">The status of HTTP; 200 takes what is sent, 0 answers nothing.</param>
/// <param name="certificate">The certificate that is shown, if TLS is spoken.</param>
internal sealed class EchoServers(int status, X509Certificate2? certificate) : IDisposable
{
    private readonly TinyServer _web = new(stream => Speak(stream, certificate, secured => ServeWeb(secured, status)));
    private readonly TinyServer _mail = new(stream => Speak(stream, certificate, secured => ServeMail(secured, status)));

    public int WebPort => _web.Port;

    public int MailPort => _mail.Port;

    public void Dispose()
    {
        _web.Dispose();
        _mail.Dispose();
    }

    private static void Speak(Stream stream, X509Certificate2? certificate, Action<Stream> serve)
    {
        if (certificate is null)
        {
            serve(stream);
            return;
        }

        using var secured = new SslStream(stream);
        secured.AuthenticateAsServer(certificate);
        serve(secured);
    }

    private static void ServeWeb(Stream stream, int status)
    {
        string request = TinyServer.ReadRequest(stream);
        if (request.Length == 0 || status == 0)
        {
            return;
        }

        string echo = JsonSerializer.Serialize(request);
        string body = status == 200
            ? """{"ok":true,"channel":"C0123456789","ts":"1.1","result":{"id":1,"is_bot":true,"first_name":"a","username":"a_bot","message_id":1,"date":1700000000,"type":"supergroup","title":"ops","accent_color_id":1,"max_reaction_count":1,"accepted_gift_types":{"unlimited_gifts":false,"limited_gifts":false,"unique_gifts":false,"premium_subscription":false,"gifts_from_channels":false},"chat":{"id":-1001234,"type":"supergroup","title":"ops"},"text":"x"}}"""
            : $$"""{"ok":false,"error_code":{{status}},"error":{{echo}},"description":{{echo}},"message":{{echo}}}""";
        string line = request.Split('\r')[0];
        stream.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {line}\r\nX-Echo: {line}\r\nProxy-Authenticate: Basic realm=\"{line}\"\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}")));
    }

    private static void ServeMail(Stream stream, int status)
    {
        if (status == 0)
        {
            return;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        void Say(string text) => stream.Write(Encoding.UTF8.GetBytes($"{text}\r\n"));
        Say("220 echo ESMTP");
        bool isData = false;
        while (reader.ReadLine() is { } line)
        {
            if (isData)
            {
                isData = line != ".";
                if (!isData)
                {
                    Say("250 taken");
                }

                continue;
            }

            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    Say("250-echo\r\n250 AUTH PLAIN");
                    break;
                case "AUTH" when status != 200:
                    Say($"535 5.7.8 refused: {line} {Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Replace('\0', ' ')}");
                    break;
                case "AUTH":
                    Say("235 welcome");
                    break;
                case "DATA":
                    Say("354 go on");
                    isData = true;
                    break;
                case "QUIT":
                    Say("221 bye");
                    return;
                default:
                    Say("250 ok");
                    break;
            }
        }
    }
}
