using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>Writes a mail for those who read plain text.</summary>
internal static class EmailText
{
    public static string Write(EmailContent content)
    {
        var text = new StringBuilder();
        Paragraph(text, content.Heading is { } heading ? [heading] : []);
        Paragraph(text, [content.Body]);
        Paragraph(text, content.Facts);
        Paragraph(text, content.Links.Select(static link => $"{link.Label}: {link.Address}"));
        Paragraph(text, content.Details);
        return text.ToString();
    }

    private static void Paragraph(StringBuilder text, IEnumerable<string> lines)
    {
        bool isFirst = text.Length > 0;
        foreach (string line in lines)
        {
            text.Append(isFirst ? "\n" : "").Append(line).Append('\n');
            isFirst = false;
        }
    }
}
