import Testing
import Tokens

@Suite("Sealed messages and secrets")
struct SealingTests {
    private let key = SealingKey(derivedFrom: CompactJWSTests.key, label: "test")
    private let message = Array("a session".utf8)
    private let context = Array("main/launch".utf8)

    private func seal(_ message: [UInt8], context: [UInt8]) -> [UInt8] {
        var random = RandomSupply(SealingKey.nonceSize)
        return key.seal(message, context: context, random: &random)
    }

    @Test("Random bytes are handed out once each, as many as are asked for")
    func supply() {
        var random = RandomSupply(40)
        let pieces = [random.take(16), random.take(24), random.take(24), random.take(0), random.take(1)]
        #expect(pieces.map(\.count) == [16, 24, 24, 0, 1])
        #expect(pieces[1] != pieces[2])
        // No eight bytes in a row are seen again.
        let runs = pieces.flatMap { piece in piece.indices.dropLast(7).map { Array(piece[$0..<($0 + 8)]) } }
        #expect(Set(runs).count == runs.count)
    }

    @Test("A sealed message opens with the same key and context")
    func opens() {
        #expect(key.open(seal(message, context: context), context: context) == message)
        #expect(key.open(seal([], context: []), context: []) == [])
    }

    @Test("Two seals of one message differ")
    func nonce() {
        #expect(seal(message, context: context) != seal(message, context: context))
    }

    @Test("Another context, another key, another label, a flipped bit or a cut: it stays shut")
    func staysShut() {
        let box = seal(message, context: context)
        #expect(key.open(box, context: context + [0]) == nil)
        #expect(SealingKey(derivedFrom: CompactJWSTests.key, label: "other").open(box, context: context) == nil)
        let otherKey = SealingKey(derivedFrom: MACKey(Secret(Array("x".utf8))), label: "test")
        #expect(otherKey.open(box, context: context) == nil)
        for index in box.indices {
            var changed = box
            changed[index] ^= 0x10
            #expect(key.open(changed, context: context) == nil)
            #expect(key.open(Array(box[..<index]), context: context) == nil)
        }
    }

    @Test("A secret prints as dots, however it is printed")
    func dots() {
        let secret = Secret(Array("hunter2".utf8))
        #expect("\(secret)" == "•••")
        #expect(String(reflecting: secret) == "•••")
        var dumped = ""
        dump([secret], to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(!dumped.contains("104"))
    }
}
