namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The tests that pack, restore and build: they share one package, and run after the others, since a build takes the whole machine.</summary>
[CollectionDefinition(nameof(PackageTests), DisableParallelization = true)]
public sealed class PackageTests : ICollectionFixture<PackedLibrary>;
