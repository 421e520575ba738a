using System.Net;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>
/// Writes a mail for those who read HTML: nothing is loaded from anywhere, styles are in the elements because mail clients drop others, and no colour of text or ground
/// is set but on buttons, so that it is readable in a light and in a dark client.
/// </summary>
internal static class EmailHtml
{
    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5";
    private const string Button = "display:inline-block;margin:0 8px 8px 0;padding:8px 16px;border-radius:4px;background:#1a5fc8;color:#ffffff;text-decoration:none;font-weight:600";

    public static string Write(EmailContent content, string colour)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">")
            .Append("<meta name=\"supported-color-schemes\" content=\"light dark\"></head>\n<body style=\"margin:0;padding:16px;").Append(Font)
            .Append("\"><div style=\"max-width:640px;padding-left:16px;border-left:4px solid ").Append(colour).Append("\">\n");
        if (content.Heading is { } heading)
        {
            html.Append("<p style=\"margin:0 0 12px;font-size:18px;font-weight:600\">").Append(Escaped(heading)).Append("</p>\n");
        }

        html.Append("<p style=\"margin:0 0 12px\">").Append(Escaped(content.Body)).Append("</p>\n");
        if (content.Facts.Count > 0)
        {
            html.Append("<p style=\"margin:0 0 12px\">").AppendJoin("<br>\n", content.Facts.Select(Escaped)).Append("</p>\n");
        }

        if (content.Links.Count > 0)
        {
            html.Append("<p style=\"margin:0 0 4px\">");
            foreach ((string label, string address) in content.Links)
            {
                html.Append("<a rel=\"noopener noreferrer\" style=\"").Append(Button).Append("\" href=\"").Append(Escaped(address)).Append("\">").Append(Escaped(label)).Append("</a>");
            }

            html.Append("</p>\n");
        }

        if (content.Details.Count > 0)
        {
            html.Append("<p style=\"margin:0;font-size:13px;opacity:0.8\">").AppendJoin("<br>\n", content.Details.Select(Escaped)).Append("</p>\n");
        }

        return html.Append("</div></body></html>\n").ToString();
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
