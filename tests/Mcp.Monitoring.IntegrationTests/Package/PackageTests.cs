namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The tests that pack, restore and build: they share one package, and run one after the other.</summary>
[CollectionDefinition(nameof(PackageTests))]
public sealed class PackageTests : ICollectionFixture<PackedLibrary>;
