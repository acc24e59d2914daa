import StrictJSON

extension Client {
    /// One record by its id.
    ///
    /// - Parameters:
    ///   - resource: the resource of the record.
    ///   - id: the ID of the record.
    ///   - parameters: other parameters of the operation, such as `include_schema`.
    public func get(_ resource: Resource, id: String, parameters: [Filter] = []) async throws -> Record {
        try RequestCheck.check(resource, .get, id: id, parameters: parameters)
        return try await perform(
            Call(resource, .get, id: id, query: parameters), resource, .get, read: Self.record(in:))
    }

    /// Creates a record and, in the same request, all or nothing, any records of other resources that
    /// the catalogue lets stand inside it (``/Records/Resource/batchPairs``).
    ///
    /// - Parameters:
    ///   - resource: the resource of the record.
    ///   - body: a JSON object with the record's parameters.
    /// - Returns: the record; only its `id` if the scopes allow only writing.
    public func create(_ resource: Resource, body: [UInt8]) async throws -> Record {
        try RequestCheck.check(resource, .create, body: body)
        return try await perform(Call(resource, .create).sending(json: body), resource, .create, read: Self.record(in:))
    }

    /// Changes a record.
    ///
    /// - Parameters:
    ///   - resource: the resource of the record.
    ///   - id: the ID of the record.
    ///   - body: a JSON object with the parameters to change.
    /// - Returns: the record; only its `id` if the scopes allow only writing.
    public func update(_ resource: Resource, id: String, body: [UInt8]) async throws -> Record {
        try RequestCheck.check(resource, .update, id: id, body: body)
        let call = Call(resource, .update, id: id).sending(json: body)
        return try await perform(call, resource, .update, read: Self.record(in:))
    }

    /// Deletes a record.
    public func delete(_ resource: Resource, id: String) async throws {
        try RequestCheck.check(resource, .delete, id: id)
        try await perform(Call(resource, .delete, id: id), resource, .delete) { _ in }
    }

    /// Uploads a file, which a file attachment can name later.
    public func upload(_ file: [UInt8], type: FileType) async throws -> Record {
        let call = Call(.fileUploads, .upload).sending(file, as: type.rawValue)
        return try await perform(call, .fileUploads, .upload, read: Self.record(in:))
    }

    /// The record in `{"data": {…}}`.
    @Sendable private static func record(in answer: Answer) throws -> Record {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: answer.body, mode: .tolerant, maximumDepth: Record.maximumDepth)
        } catch {
            throw DataAPIError(error.code == .truncated ? .truncated : .notJSON, answer)
        }
        guard let record = document.root["data"].flatMap(Record.init) else { throw DataAPIError(.noData, answer) }
        return record
    }
}

/// The kinds of file that Welkin accepts.
public enum FileType: String, Sendable, CaseIterable {
    case tiff = "image/tiff"
    case jpeg = "image/jpeg"
    case png = "image/png"
    case pdf = "application/pdf"
}
