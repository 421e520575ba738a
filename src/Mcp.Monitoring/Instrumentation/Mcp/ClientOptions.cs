using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>Which clients are counted by name. A client says its own name, so only names on this list become a label.</summary>
public sealed class ClientOptions : ISettings
{
    private const int MostNames = 100;
    private const int LongestName = 100;

    /// <summary>Gets or sets the names, as clients send them in <c>clientInfo.name</c>, compared without case; every other client is <c>_other</c>.</summary>
    /// <value>The default is the well-known clients. At most 100 names of 1 to 100 characters.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that the configuration binder fills and that a host replaces whole.
    public IList<string> Names { get; set; } =
#pragma warning restore CA2227, CA1002, MA0016
    [
        "claude-ai", "claude-code", "Claude Desktop", "ChatGPT", "openai-mcp", "cursor-vscode", "Visual Studio Code", "windsurf-client", "Cline", "continue-client",
        "gemini-cli-mcp-client", "goose", "librechat-mcp-client", "Zed", "inspector-client", "mcp-inspector",
    ];

    IEnumerable<Setting> ISettings.Settings => [Setting.List(nameof(Names), () => Names, value => Names = value)];

    IEnumerable<Fault> ISettings.Check()
    {
        if (Names is not { Count: <= MostNames })
        {
            yield return Fault.Of(nameof(Names), Names is null ? null : $"{Names.Count} names", "Set at most 100 names; an empty list counts every client as _other.");
            yield break;
        }

        for (int i = 0; i < Names.Count; i++)
        {
            if (SettingRules.Text($"{nameof(Names)}:{i}", Names[i] ?? "", LongestName, "Set a name of 1 to 100 characters.") is { } fault)
            {
                yield return fault;
            }
        }
    }
}
