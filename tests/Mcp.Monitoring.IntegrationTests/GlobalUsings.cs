global using Mcp.Monitoring.Tests;
global using Xunit;
