extension ReplicaReader {
    /// What has changed after a number of ``version()``, oldest first; fewer than `limit` at the end. Nil if that cannot
    /// be told: the number was never given, or notes behind it are gone.
    package func changes(after number: Int64, limit: Int) throws(ReplicaError) -> [ChangeNote]? {
        try perform {
            let last = try Self.integer(lastChange) ?? 0
            guard number >= 0, number <= last else { return nil }
            guard number < last else { return [] }
            // The notes are without gaps from the first to the last.
            guard let first = try Self.integer(firstChange), first <= number + 1 else { return nil }
            defer { nextChanges.reset() }
            try nextChanges.bind(number, at: 1)
            try nextChanges.bind(Int64(limit), at: 2)
            var notes: [ChangeNote] = []
            while try nextChanges.step() {
                notes.append(
                    ChangeNote(
                        number: nextChanges.integer(0) ?? 0, resource: nextChanges.text(1) ?? "",
                        patient: nextChanges.text(2)))
            }
            return notes
        }
    }
}
