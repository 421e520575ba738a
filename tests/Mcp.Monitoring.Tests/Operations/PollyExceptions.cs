// Polly is no dependency of the library, which knows these exceptions by their names: so does this stand-in.
namespace Polly.CircuitBreaker
{
    internal class BrokenCircuitException : Exception;

    internal sealed class IsolatedCircuitException : BrokenCircuitException;
}

namespace Polly.Timeout
{
    internal sealed class TimeoutRejectedException : Exception;
}
