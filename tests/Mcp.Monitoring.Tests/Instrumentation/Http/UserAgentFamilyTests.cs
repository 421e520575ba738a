using Mcp.Monitoring.Instrumentation.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class UserAgentFamilyTests
{
    public static TheoryData<string?, string> Agents => new()
    {
        { "claude-code/2.0.1", "claude" },
        { "Claude-User", "claude" },
        { "Cursor/1.2 (darwin)", "cursor" },
        { "Visual Studio Code/1.99", "vscode" },
        { "vscode/1.99", "vscode" },
        { "Mozilla/5.0 (X11; Linux) AppleWebKit/537.36; ChatGPT-User/1.0", "chatgpt" },
        { "openai-mcp/1.0.0", "chatgpt" },
        { "node", "node" },
        { "undici", "node" },
        { "python-httpx/0.28.1", "python" },
        { "Go-http-client/1.1", "go" },
        { "curl/8.5.0", "curl" },
        { "dotnet-sdk", "dotnet" },
        { "Java-http-client/21", "java" },
        { "okhttp/4.12.0", "okhttp" },
        { "PostmanRuntime/7.43", "postman" },
        { "insomnia/10.0", "insomnia" },
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36", "browser" },
        { "Prometheus/3.5.0", "prometheus" },
        { "kube-probe/1.33", "kube-probe" },
        { "weather-app/1.0", "other" },
        { "", "other" },
        { null, "other" },
    };

    [Theory]
    [MemberData(nameof(Agents))]
    public void Family_is_found(string? agent, string family)
    {
        Assert.Equal(family, UserAgentFamily.Of(agent));
    }

    [Fact]
    public void Every_family_is_found()
    {
        Assert.Equal(UserAgentFamily.All.Order(StringComparer.Ordinal), Agents.Select(row => row.Data.Item2).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_beginning_of_a_long_name_counts()
    {
        Assert.Equal(UserAgentFamily.Other, UserAgentFamily.Of(new string('x', 256) + "curl/8"));
    }
}
