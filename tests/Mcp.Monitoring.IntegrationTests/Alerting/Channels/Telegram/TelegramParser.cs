using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>The parser of the Bot API itself, in Telegram's own library; it needs no network.</summary>
internal sealed class TelegramParser
{
    private static readonly string Peers = typeof(TelegramParser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    private readonly Execute _execute;

    private TelegramParser(string library)
    {
        _execute = Marshal.GetDelegateForFunctionPointer<Execute>(NativeLibrary.GetExport(NativeLibrary.Load(library), "td_execute"));
        Run("""{"@type":"setLogVerbosityLevel","new_verbosity_level":0}""");
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string request);

    public static TelegramParser OrSkip()
    {
        string modules = Path.Combine(Peers, "telegram", "node_modules", "@prebuilt-tdlib");
        string? library = Directory.Exists(modules) ? Directory.EnumerateFiles(modules, "libtdjson.*", SearchOption.AllDirectories).FirstOrDefault() : null;
        Needs.That(library is not null, "Telegram's library is not there. Run \"npm ci --ignore-scripts\" in tests/Mcp.Monitoring.IntegrationTests/peers/telegram.");
        return new TelegramParser(library);
    }

    /// <summary>Reads a text in HTML.</summary>
    /// <returns>What is left of it, and the kinds of markup in it.</returns>
    /// <exception cref="FormatException">Telegram would refuse it.</exception>
    public (string Text, IReadOnlyList<string> Markup) Read(string html)
    {
        JsonElement answer = Run($$$"""{"@type":"parseTextEntities","text":{{{JsonSerializer.Serialize(html)}}},"parse_mode":{"@type":"textParseModeHTML"}}""");
        return answer.GetProperty("@type").GetString() == "error"
            ? throw new FormatException(answer.GetProperty("message").GetString())
            : (answer.GetProperty("text").GetString()!, [.. answer.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("type").GetProperty("@type").GetString()!)]);
    }

    private JsonElement Run(string request) => JsonSerializer.Deserialize<JsonElement>(Marshal.PtrToStringUTF8(_execute(request))!);
}
