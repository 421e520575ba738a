namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>Tests with a browser, one after the other: each takes a core while its page is drawn.</summary>
[CollectionDefinition(nameof(Browsers))]
public sealed class Browsers;
