/// Detects that the pages of a Find repeat (R. P. Brent, "An improved Monte Carlo factorization
/// algorithm", BIT 20, 1980). Holds one request, however long the walk, and needs at most three times
/// as many steps as there are different pages.
package struct CircleDetector: Sendable {
    private var mark: PageRequest
    private var steps = 0
    private var limit = 1

    package init(from first: PageRequest) { mark = first }

    /// Adds the next request; true if it came before.
    package mutating func closes(with next: PageRequest) -> Bool {
        guard next != mark else { return true }
        steps += 1
        if steps == limit { (mark, steps, limit) = (next, 0, limit * 2) }
        return false
    }
}
