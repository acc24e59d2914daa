/// Finds out that the pages of a Find come again and again (R. P. Brent, "An improved Monte Carlo
/// factorization algorithm", BIT 20, 1980): holds one request, however long the walk, and needs at
/// most three times as many steps as there are different pages.
package struct CircleDetector: Sendable {
    private var mark: PageRequest
    private var steps = 0
    private var limit = 1

    package init(from first: PageRequest) { mark = first }

    /// Takes in the request that follows; true when it was there before.
    package mutating func closes(with next: PageRequest) -> Bool {
        guard next != mark else { return true }
        steps += 1
        if steps == limit { (mark, steps, limit) = (next, 0, limit * 2) }
        return false
    }
}
