import FastCGI

/// The guard in front of libfcgi: in pieces of any size, against a second reading of the
/// specification, and against libfcgi itself.
enum RecordsTarget {
    private struct Judgement {
        var guarding = RecordGuard()
        var verdict = RecordGuard.Verdict.needMore
        /// What libfcgi would be given.
        var kept: [UInt8] = []
        /// How many bytes it took to decide.
        var used = 0
    }

    static func run(_ input: [UInt8]) {
        var reader = InputReader(input)
        let choice = reader.byte()
        let bytes = choice & 1 == 0 ? Array(reader.rest) : assembled(&reader)
        let whole = judge(bytes, piece: { _ in .max })
        checkPieces(bytes, whole, seed: choice)
        let reference = ReferenceRequest(bytes)
        switch whole.verdict {
        case .complete:
            require(whole.used == bytes.count, "a request is complete at its end")
            guard let reference else { return require(false, "what is complete is well-formed") }
            require(reference.surplus == 0, "nothing is behind it")
            checkKept(whole, reference)
            LibraryReader.requireSame(reference, whole.kept)
        case .refused(.surplus): require((reference?.surplus ?? 0) > 0, "surplus is behind a request")
        case .needMore, .refused:
            require(reference == nil, "a well-formed request is not refused, and waits for nothing")
        }
    }

    /// Records with right lengths out of a script: type, padding and id, size, content.
    private static func assembled(_ reader: inout InputReader) -> [UInt8] {
        var bytes: [UInt8] = []
        while !reader.rest.isEmpty {
            let type = reader.byte()
            let shape = reader.byte()
            let content = reader.bytes(Int(reader.byte()))
            let padding = shape >> 4
            bytes += [1, type, 0, shape & 15, 0, UInt8(content.count), padding, 0] + content
            // No byte that begins a record.
            bytes += [UInt8](repeating: 0xEE, count: Int(padding))
        }
        return bytes
    }

    /// Feeds the bytes until there is a verdict.
    private static func judge(_ bytes: [UInt8], piece: (Int) -> Int) -> Judgement {
        var judgement = Judgement()
        require(judgement.guarding.isUntouched, "a guard begins untouched")
        while judgement.used < bytes.count, judgement.verdict == .needMore {
            let start = judgement.used
            judgement.used += min(max(piece(start), 1), bytes.count - start)
            let piece = Array(bytes[start..<judgement.used])
            judgement.verdict = judgement.guarding.consume(piece.span, into: &judgement.kept)
            require(
                !judgement.guarding.isUntouched || judgement.verdict != .needMore, "a guard knows that it has begun")
        }
        return judgement
    }

    /// Pieces change nothing, except that a request that is complete in front of surplus bytes is
    /// answered when the surplus has not come yet.
    private static func checkPieces(_ bytes: [UInt8], _ whole: Judgement, seed: UInt8) {
        for piece in [{ _ in 1 }, { ($0 &* 31 &+ Int(seed)) % 13 }, { 8 + ($0 ^ Int(seed)) % 3 }] as [(Int) -> Int] {
            let pieces = judge(bytes, piece: piece)
            if whole.verdict == .refused(.surplus), pieces.verdict != whole.verdict {
                require(pieces.verdict == .complete, "only what is complete has surplus")
                let beginning = judge(Array(bytes[..<pieces.used]), piece: { _ in .max })
                require(beginning.verdict == .complete && beginning.kept == pieces.kept, "a beginning is judged alike")
            } else {
                require(
                    pieces.verdict == whole.verdict, "pieces change nothing: \(pieces.verdict), not \(whole.verdict)")
                require(whole.verdict != .complete || pieces.kept == whole.kept, "pieces change nothing that is kept")
            }
        }
    }

    /// The same request without padding.
    private static func checkKept(_ whole: Judgement, _ reference: ReferenceRequest) {
        guard let kept = ReferenceRequest(whole.kept) else { return require(false, "what is kept is well-formed") }
        require(kept.padding == 0 && kept.surplus == 0, "what is kept has no padding")
        require(kept.id == reference.id && whole.guarding.requestID == kept.id, "what is kept has its number")
        require(kept.parameters == reference.parameters, "what is kept has its variables")
        require(
            kept.body == reference.body && whole.guarding.bodyLength == kept.body.count, "what is kept has its body")
        require(whole.guarding.headLength == kept.headLength, "the body is where it is said to be")
    }
}
