namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>An HTTP client that the host has named as a dependency.</summary>
internal sealed record HttpDependencyRegistration(string Client, string Dependency, HttpDependencyOptions Options)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1), LongestInterval = TimeSpan.FromDays(1), LongestTimeout = TimeSpan.FromMinutes(5);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="FormatException">A path is no template.</exception>
    public static HttpDependencyRegistration Checked(string client, string dependency, HttpDependencyOptions options)
    {
        foreach (string path in options.Paths)
        {
            PathTemplate.Parse(path);
        }

        return options switch
        {
            { Probe: { } probe } when !Uri.TryCreate(probe, UriKind.RelativeOrAbsolute, out _) =>
                throw new ArgumentException($"The probe '{probe}' of '{dependency}' is no address. Set a path below the client's base address, such as hs/ping.", nameof(options)),
            { Sessions: { } sessions } when !Uri.TryCreate(sessions, UriKind.RelativeOrAbsolute, out _) =>
                throw new ArgumentException($"Sessions of '{dependency}' is '{sessions}', which is no address. Set a path below the client's base address, such as hs/monitoring/sessions.", nameof(options)),
            _ when options.SessionsEvery < ShortestInterval || options.SessionsEvery > LongestInterval =>
                throw new ArgumentException($"SessionsEvery of '{dependency}' is {options.SessionsEvery}. Set it to 1 second to 1 day.", nameof(options)),
            _ when options.ProbeEvery < ShortestInterval || options.ProbeEvery > LongestInterval =>
                throw new ArgumentException($"ProbeEvery of '{dependency}' is {options.ProbeEvery}. Set it to 1 second to 1 day.", nameof(options)),
            _ when options.ProbeTimeout <= TimeSpan.Zero || options.ProbeTimeout > LongestTimeout =>
                throw new ArgumentException($"ProbeTimeout of '{dependency}' is {options.ProbeTimeout}. Set it to more than 0, at most 5 minutes.", nameof(options)),
            _ => new HttpDependencyRegistration(client, dependency, options),
        };
    }
}
