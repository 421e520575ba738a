namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library packed twice, from a repository with a remote on GitHub and from a copy of it in another folder.</summary>
public sealed class PublishedRepository : IAsyncLifetime
{
    private GitRepository? _repository, _elsewhere;
    private PackageFile? _package, _other;

    internal string Commit { get; private set; } = "";

    internal string Folder => _repository!.Folder;

    internal PackageFile Package => _package!;

    internal PackageFile PackageFromElsewhere => _other!;

    public async ValueTask InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync();
        _elsewhere = await _repository.CloneAsync();
        Commit = await _repository.CommitAsync();
        _package = await _repository.PackAsync();
        _other = await _elsewhere.PackAsync();
    }

    public ValueTask DisposeAsync()
    {
        _package?.Dispose();
        _other?.Dispose();
        _repository?.Dispose();
        _elsewhere?.Dispose();
        return default;
    }

    internal bool Has(string path) => File.Exists(Path.Combine(_repository!.Folder, path));
}
