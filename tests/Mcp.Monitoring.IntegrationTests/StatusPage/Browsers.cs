namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>Tests in a browser, one browser at a time.</summary>
[CollectionDefinition(nameof(Browsers))]
public sealed class Browsers;
