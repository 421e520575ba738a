// Sentry's SDK is no dependency of the library, which knows it by this name: so does this stand-in.
namespace Sentry;

internal interface IHub;

internal sealed class Hub : IHub;
