using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mcp.Monitoring.Redaction;
using Mcp.Monitoring.Redaction.Names;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Writes one payload; every text passes through it.</summary>
internal sealed class PayloadWriter : IDisposable
{
    /// <summary>Nothing of it is ever part of a web page: letters stay letters.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ScrubbedText _text;

    public PayloadWriter(IBufferWriter<byte> output, ScrubbedText text)
    {
        _text = text;
        Json = new Utf8JsonWriter(output, Options);
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Writes a text, or nothing where there is none.</summary>
    public void Text(string name, string? value, int limit, TextBudget? budget = null)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Json.WriteString(name, Clean(value, limit, budget));
        }
    }

    public void Line(string name, string? value, int limit)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Json.WriteString(name, _text.Line(value, limit));
        }
    }

    /// <summary>Writes a name that comes from code or from us, and holds no secret.</summary>
    public void Plain(string name, string? value, int limit = PayloadLimits.FrameName)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Json.WriteString(name, SafeText.Clean(value, limit));
        }
    }

    /// <summary>Writes an id, or nothing where it is none.</summary>
    public void Id(string name, string? id, int digits)
    {
        if (SafeText.IsId(id, digits))
        {
            Json.WriteString(name, id);
        }
    }

    /// <summary>Writes a time as the strictest readers want it: RFC 3339, microseconds, Z.</summary>
    public void Time(string name, DateTimeOffset time) =>
        Json.WriteString(name, time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));

    /// <summary>Writes texts by name, or nothing where there are none.</summary>
    public void Pairs(string name, IEnumerable<KeyValuePair<string, string>>? pairs, TextBudget? budget = null)
    {
        bool isOpen = false;
        foreach ((string key, string value) in (pairs ?? []).Take(PayloadLimits.Pairs))
        {
            if (string.IsNullOrEmpty(key) || value is null)
            {
                continue;
            }

            if (!isOpen)
            {
                Json.WriteStartObject(name);
                isOpen = true;
            }

            Json.WritePropertyName(Clean(key, PayloadLimits.PairKey, budget));
            Json.WriteStringValue(SecretNames.IsTelling(key) ? SecretScrubber.Replacement : Clean(value, PayloadLimits.PairValue, budget));
        }

        if (isOpen)
        {
            Json.WriteEndObject();
        }
    }

    /// <summary>Writes what Sentry can search by: keys and values as it demands them.</summary>
    public void Tags(IEnumerable<KeyValuePair<string, string>> tags)
    {
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach ((string key, string value) in tags)
        {
            string known = TagKey(key);
            if (known.Length == 0 || string.IsNullOrWhiteSpace(value) || !written.Add(known))
            {
                continue;
            }

            if (written.Count == 1)
            {
                Json.WriteStartObject("tags");
            }

            Json.WriteString(known, _text.Line(value, PayloadLimits.TagValue));
            if (written.Count == PayloadLimits.Tags)
            {
                break;
            }
        }

        if (written.Count > 0)
        {
            Json.WriteEndObject();
        }
    }

    public string Clean(string value, int limit, TextBudget? budget = null)
    {
        limit = Math.Min(limit, budget?.Left ?? limit);
        string clean = limit == 0 ? "" : _text.Clean(value, limit);
        budget?.Take(clean.Length);
        return clean;
    }

    public void Dispose() => Json.Dispose();

    private static string TagKey(string? key) =>
        string.Create(
            Math.Min(key?.Length ?? 0, PayloadLimits.TagKey),
            key,
            static (known, key) =>
            {
                for (int i = 0; i < known.Length; i++)
                {
                    char c = key![i];
                    known[i] = char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-' ? c : '_';
                }
            });
}
