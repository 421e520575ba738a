using System.Text.Json;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

/// <summary>The limits of Slack's documentation, written down a second time. Lengths are in UTF-16 units, and no count of Slack's is higher.</summary>
internal static class SlackLimits
{
    /// <summary>Says what is too long or too much, or nothing.</summary>
    public static IReadOnlyList<string> Exceeded(JsonElement payload)
    {
        List<string> exceeded = [];
        JsonElement[] blocks = [.. SlackPayloads.Blocks(payload)];
        Check(blocks.Length <= 50, "50 blocks");
        Check(payload.GetProperty("text").GetString()!.Length is > 0 and <= 4_000, "text of 1 to 4,000");
        int all = 0;
        foreach (JsonElement block in blocks)
        {
            switch (block.GetProperty("type").GetString())
            {
                case "header":
                    Check(Length(block.GetProperty("text")) is > 0 and <= 150, "header of 1 to 150");
                    break;
                case "section":
                    Check(Length(block.GetProperty("text")) is > 0 and <= 3_000, "section of 1 to 3,000");
                    break;
                case "context":
                    Check(block.GetProperty("elements").GetArrayLength() is > 0 and <= 10, "1 to 10 elements");
                    break;
                case "actions":
                    Check(block.GetProperty("elements").GetArrayLength() is > 0 and <= 25, "1 to 25 buttons");
                    foreach (JsonElement button in block.GetProperty("elements").EnumerateArray())
                    {
                        string url = button.GetProperty("url").GetString()!;
                        all += url.Length;
                        Check(Length(button.GetProperty("text")) is > 0 and <= 75, "label of 1 to 75");
                        Check(url.Length <= 3_000 && Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https", "URL of at most 3,000");
                    }

                    break;
                default:
                    exceeded.Add($"unknown block {block.GetProperty("type")}");
                    break;
            }
        }

        all += SlackPayloads.TextObjects(payload).Sum(Length);
        Check(all <= 12_000, $"12,000 in all, not {all}");
        if (payload.TryGetProperty("attachments", out JsonElement attachments))
        {
            foreach (JsonElement attachment in attachments.EnumerateArray())
            {
                Check(attachment.GetProperty("blocks").GetArrayLength() > 0, "blocks in an attachment");
                Check(attachment.GetProperty("color").GetString() is ['#', _, _, _, _, _, _], "a colour");
            }
        }

        return exceeded;

        void Check(bool isWithin, string limit)
        {
            if (!isWithin)
            {
                exceeded.Add(limit);
            }
        }
    }

    private static int Length(JsonElement text) => text.GetProperty("text").GetString()!.Length;
}
