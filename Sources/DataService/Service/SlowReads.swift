import Dispatch
import Synchronization

/// Reads that may take milliseconds, on threads of their own: they must not stand before quick ones.
final class SlowReads: Sendable {
    private struct Lane: Sendable {
        let queue: DispatchQueue
        let replica: ReplicaAccess
    }

    private let lanes: [Lane]
    private let turn = Atomic(0)

    /// - Parameter replica: each lane opens it for itself
    init(_ replica: ReplicaAccess, lanes count: Int = 2) {
        lanes = (0..<count).map {
            Lane(queue: DispatchQueue(label: "welkin.data.find.\($0)"), replica: replica.another())
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (ReplicaAccess) -> Value) async -> Value {
        let lane = lanes[turn.wrappingAdd(1, ordering: .relaxed).newValue % lanes.count]
        return await withCheckedContinuation { continuation in
            lane.queue.async { continuation.resume(returning: body(lane.replica)) }
        }
    }
}
