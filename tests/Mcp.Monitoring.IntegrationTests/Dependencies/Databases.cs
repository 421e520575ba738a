using Mcp.Monitoring.IntegrationTests.Dependencies.Cache;
using Mcp.Monitoring.IntegrationTests.Dependencies.Database;

namespace Mcp.Monitoring.IntegrationTests.Dependencies;

/// <summary>The tests with a real database or cache: they share one server of each, and what its client measures of the whole process.</summary>
[CollectionDefinition(nameof(Databases))]
public sealed class Databases : ICollectionFixture<PostgresServer>, ICollectionFixture<RedisServer>;
