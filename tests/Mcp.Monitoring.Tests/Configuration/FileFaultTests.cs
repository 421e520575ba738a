namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>What a file may not do to whoever reads the list of its faults.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Check_takes_strict_keys_from_the_file_as_a_start_does(bool strict, int faults)
    {
        Assert.Equal(faults, Check($"strict_keys: {strict}\nno_such_key: 1\n").Count);
    }

    [Theory]
    [InlineData("alerts:\n  channels:\n    slack: https://hooks.slack.com/services/hunter2\n")]
    [InlineData("sentry: https://hunter2@sentry.example.com/1\n")]
    [InlineData("alerts:\n  channels:\n    email:\n      smtp_password: *hunter2\n")]
    [InlineData("alerts:\n  channels:\n    slack:\n      webhook_url: [hunter2]\n")]
    public void Secret_in_the_wrong_place_is_a_fault_without_its_text(string yaml)
    {
        IReadOnlyList<string> faults = Check(yaml);

        Assert.NotEmpty(faults);
        Assert.DoesNotContain(faults, fault => fault.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Directory_in_place_of_a_file_is_named_as_one()
    {
        string path = Path.Combine(_folder, "folder.yaml");
        Directory.CreateDirectory(path);

        Assert.Contains(" cannot be read. It is a directory. ", Assert.Single(McpMonitoringOptions.Check(path)), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<string> Check(string yaml)
    {
        string path = Path.Combine(_folder, "monitoring.yaml");
        File.WriteAllText(path, yaml);
        return McpMonitoringOptions.Check(path);
    }
}
