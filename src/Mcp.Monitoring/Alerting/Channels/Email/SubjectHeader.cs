using System.Text;
using MimeKit;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>
/// Writes a subject such that a client shows what it says. MimeKit leaves what looks like an encoded word (RFC 2047) as it is, and a client would show what that decodes
/// to: such a subject is encoded as a whole.
/// </summary>
internal static class SubjectHeader
{
    // An encoded word has at most 75 characters: these are the bytes before base64.
    private const int MostBytes = 45;

    public static Header Of(string name, string subject)
    {
        var header = new Header(Encoding.UTF8, name, subject);
        if (subject.Contains("=?", StringComparison.Ordinal))
        {
            header.SetRawValue(Encoding.ASCII.GetBytes($" {string.Join("\r\n ", Words(subject))}\r\n"));
        }

        return header;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new List<byte>(MostBytes);
        byte[] buffer = new byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(buffer);
            if (word.Count + length > MostBytes)
            {
                yield return Encoded(word);
                word.Clear();
            }

            word.AddRange(buffer.AsSpan(0, length));
        }

        yield return Encoded(word);
    }

    private static string Encoded(List<byte> word) => $"=?utf-8?B?{Convert.ToBase64String([.. word])}?=";
}
