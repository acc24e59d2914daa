import Records
import NIOCore
import StrictJSON

extension APIState {
    /// Records the upload of a file. Its content is never requested again, so it is not stored.
    ///
    /// - Throws: an ``APIRefusal`` for an empty file, or a type that Welkin does not accept
    mutating func upload(type: String?, size: Int) throws -> (id: GUID, record: ByteBuffer) {
        let types = Catalogue.resource(named: "file_uploads")?.field("mime_type")?.values ?? []
        guard let type, types.contains(type) else {
            throw APIRefusal(
                .badRequest, "Content-Type must be one of \(types.joined(separator: ", ")).", parameter: "Content-Type")
        }
        guard size > 0 else { throw APIRefusal(.badRequest, "The file is empty.") }
        let id = newID()
        let instant = clock.instants(1)[0]
        var json = JSONWriter()
        json.object { json in
            json.member("id", id.text)
            json.member("mime_type", type)
            json.member("url", "https://files.example.com/\(id.text)?Expires=\(instant / .second + 3600)&Signature=new")
        }
        self[table: "file_uploads"].insert(id, instant: instant, bytes: json.bytes)
        return (id, ByteBuffer(bytes: json.bytes))
    }
}
