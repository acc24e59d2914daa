import StrictJSON

/// Compares requests with the catalogue before they are sent. Allows unknown parameters only for
/// resources that are not in the catalogue.
enum RequestCheck {
    static func check(_ request: FindRequest) throws(DataAPIError) {
        let operation = try operation(request.operation, of: request.resource)
        if !operation.isWindowed, request.page != PageRequest() {
            throw failure(.parameterNotOffered, request.resource, operation.kind, ["page"])
        }
        try check(request.filters.map(\.name), against: operation, of: request.resource)
    }

    static func check(
        _ resource: Resource, _ kind: Operation.Kind, id: String, parameters: [Filter] = []
    ) throws(DataAPIError) {
        let operation = try operation(kind, of: resource)
        try check(id: id, resource, kind)
        try check(parameters.map(\.name), against: operation, of: resource)
    }

    static func check(
        _ resource: Resource, _ kind: Operation.Kind, id: String? = nil, body: [UInt8]
    ) throws(DataAPIError) {
        let operation = try operation(kind, of: resource)
        if let id { try check(id: id, resource, kind) }
        guard let document = try? JSONDocument(parsing: body), document.root.kind == .object else {
            throw failure(.invalidBody, resource, kind)
        }
        try check(document.root, against: operation, of: resource, pointers: [])
    }

    /// Checks a body and everything inside it.
    ///
    /// - Parameter pointers: parameters that Welkin fills in, because the record is inside another.
    private static func check(
        _ body: JSONValue, against operation: Operation, of resource: Resource, pointers: [String]
    ) throws(DataAPIError) {
        let pairs = operation.kind == .create ? resource.batchPairs : []
        var (names, filled): ([String], [String]) = ([], pointers)
        for (key, value) in body.members {
            let name = key.string ?? ""
            guard let pair = pairs.first(where: { $0.key == name }), !value.isNull else {
                // A null has no value, but does name the parameter.
                if !value.isNull || operation.parameter(name)?.isRequired != true { names.append(name) }
                continue
            }
            if !pair.isMany { filled += pair.pointers }
            guard value.kind == (pair.isMany ? .array : .object), let sub = Catalogue.resource(named: pair.sub) else {
                throw failure(.invalidBody, resource, operation.kind, [name])
            }
            let inside = try Self.operation(.create, of: sub)
            for record in pair.isMany ? Array(value.elements) : [value] {
                guard record.kind == .object else { throw failure(.invalidBody, resource, operation.kind, [name]) }
                try check(record, against: inside, of: sub, pointers: pair.isMany ? pair.pointers : [])
            }
        }
        try check(names, filled, against: operation, of: resource)
    }

    /// - Parameter filled: names of parameters that may be missing.
    private static func check(
        _ names: [String], _ filled: [String] = [], against operation: Operation, of resource: Resource
    ) throws(DataAPIError) {
        let doubled = Set(names).count < names.count ? names.filter { name in names.count { $0 == name } > 1 } : []
        let foreign = resource.isKnown ? names.filter { operation.parameter($0) == nil } : []
        if !doubled.isEmpty || !foreign.isEmpty {
            throw failure(.parameterNotOffered, resource, operation.kind, doubled + foreign)
        }
        var missing = operation.parameters.filter(\.isRequired).map(\.name)
        missing.removeAll { names.contains($0) || filled.contains($0) }
        if !operation.oneOf.isEmpty, !operation.oneOf.contains(where: { names.contains($0) }) {
            missing.append(operation.oneOf.joined(separator: " or "))
        }
        if !missing.isEmpty { throw failure(.parameterMissing, resource, operation.kind, missing) }
    }

    private static func operation(_ kind: Operation.Kind, of resource: Resource) throws(DataAPIError) -> Operation {
        guard let operation = resource.operation(kind) else { throw failure(.operationNotOffered, resource, kind) }
        return operation
    }

    /// An id must be one path segment: anything else would reach another resource.
    private static func check(id: String, _ resource: Resource, _ kind: Operation.Kind) throws(DataAPIError) {
        let isSegment = !id.isEmpty && id.utf8.count <= 200 && id.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
        guard isSegment, id != ".", id != ".." else { throw failure(.invalidID, resource, kind) }
    }

    private static func failure(
        _ code: DataAPIError.Code, _ resource: Resource, _ kind: Operation.Kind, _ parameters: [String] = []
    ) -> DataAPIError {
        var error = DataAPIError(code)
        error.resource = resource.name
        error.operation = kind
        error.parameters = parameters
        return error
    }
}
