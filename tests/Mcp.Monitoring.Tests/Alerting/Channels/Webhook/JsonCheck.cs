using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>What published descriptions say of JSON, written by hand: which members there are, and how long their texts may be.</summary>
internal static class JsonCheck
{
    public static JsonElement Parse(byte[] body)
    {
        // Bytes that are no UTF-8 throw here.
        _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Has these members and no other; those with a question mark need not be there.</summary>
    public static void Members(JsonElement json, params string[] names)
    {
        Assert.Equal(JsonValueKind.Object, json.ValueKind);
        string[] there = [.. json.EnumerateObject().Select(static member => member.Name)];
        Assert.Equal(there.Distinct(), there);
        Assert.Empty(there.Except(names.Select(static name => name.TrimEnd('?'))));
        Assert.Empty(names.Where(static name => !name.EndsWith('?')).Except(there));
    }

    public static string Text(JsonElement json, int longest, int shortest = 1)
    {
        Assert.Equal(JsonValueKind.String, json.ValueKind);
        string text = json.GetString()!;
        Assert.InRange(text.Length, shortest, longest);
        Assert.DoesNotContain(text, static character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain(text, static character => character is '\u202e' or '\u2066' or '\u200b');
        return text;
    }

    public static void OneOf(JsonElement json, params string[] values) => Assert.Contains(json.GetString()!, values);

    public static void Time(JsonElement json) =>
        Assert.True(DateTimeOffset.TryParseExact(json.GetString(), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), json.GetRawText());

    public static void Link(JsonElement json) =>
        Assert.True(Uri.TryCreate(json.GetString(), UriKind.Absolute, out Uri? link) && link.Scheme is "http" or "https", json.GetRawText());
}
