/// One request that a resource offers.
public struct Operation: Sendable, Hashable {
    /// What the request does.
    public enum Kind: String, Sendable, CaseIterable {
        /// `GET /v1/r/:id`
        case get
        /// `GET /v1/r`
        case find
        /// `POST /v1/r/find`: Find with its filters in the body instead of the URL.
        case findByPost = "find_by_post"
        /// `POST /v1/r`
        case create
        /// `PUT /v1/r/:id`
        case update
        /// `DELETE /v1/r/:id`
        case delete
        /// `POST /v1/r/upload` with a file as the body.
        case upload
    }

    /// What it does.
    public let kind: Kind
    /// The parameters, in the reference's order, without the `id` in the path and without the three
    /// parameters of a window.
    public let parameters: [Parameter]
    /// At least one of these parameters is required; empty nearly everywhere.
    public let oneOf: [String]
    /// Whether it takes `page[from]`, `page[to]` and `page[size]`.
    public let isWindowed: Bool

    /// The parameter with this name.
    public func parameter(_ name: String) -> Parameter? {
        parameters.first { $0.name == name }
    }
}

extension Operation.Kind {
    /// The request's method.
    public var method: String {
        switch self {
        case .get, .find: "GET"
        case .create, .findByPost, .upload: "POST"
        case .update: "PUT"
        case .delete: "DELETE"
        }
    }

    /// Whether the path has a record's id.
    public var takesID: Bool { self == .get || self == .update || self == .delete }

    /// Whether it only reads, so that it may be repeated at any time.
    public var isRead: Bool { self == .get || self == .find || self == .findByPost }

    /// The part of the path after the resource's name.
    var pathSuffix: String {
        switch self {
        case .findByPost: "/find"
        case .upload: "/upload"
        default: ""
        }
    }
}

extension Operation {
    static func get(_ parameters: [Parameter] = []) -> Operation { Operation(.get, parameters) }
    static func create(_ parameters: [Parameter]) -> Operation { Operation(.create, parameters) }
    static func update(_ parameters: [Parameter]) -> Operation { Operation(.update, parameters) }
    static func delete() -> Operation { Operation(.delete, []) }
    static func upload() -> Operation { Operation(.upload, []) }
    static func findByPost(_ parameters: [Parameter]) -> Operation {
        Operation(.findByPost, parameters, isWindowed: true)
    }
    static func find(
        isWindowed: Bool = true, oneOf: [String] = [], _ parameters: [Parameter] = []
    ) -> Operation {
        Operation(.find, parameters, oneOf: oneOf, isWindowed: isWindowed)
    }

    private init(_ kind: Kind, _ parameters: [Parameter], oneOf: [String] = [], isWindowed: Bool = false) {
        self.kind = kind
        self.parameters = parameters
        self.oneOf = oneOf
        self.isWindowed = isWindowed
    }
}
