import Records
import StrictJSON

/// Why a request is refused: one or more errors, in Welkin's form.
struct APIRefusal: Error, Sendable {
    /// The codes on the reference's page about errors.
    enum Code: String, Sendable {
        case parse = "parse_exception"
        case uniqueness = "uniqueness_exception"
        case badRequest = "bad_request"
        case unauthorized
        case forbidden
        case notFound = "not_found"
        case resourceNotFound = "resource_not_found"
        case internalError = "internal_server_error"

        /// The matching status.
        var status: Int { Catalogue.errorCodes.first { $0.code == rawValue }?.status ?? 400 }
    }

    /// One of the errors.
    struct Problem: Sendable {
        let code: Code
        let detail: String
        /// The invalid parameter.
        var parameter: String?
    }

    let problems: [Problem]
    let status: Int

    init(_ problems: [Problem]) {
        self.problems = problems
        status = problems.first?.code.status ?? 400
    }

    init(_ code: Code, _ detail: String, parameter: String? = nil) {
        self.init([Problem(code: code, detail: detail, parameter: parameter)])
    }

    /// `{"errors": [{status, code, title, detail, extra}]}`
    var body: [UInt8] { Self.body(problems.map { ($0.code.status, $0.code.rawValue, $0.detail, $0.parameter) }) }

    /// The same form for a status that is not in the reference.
    static func body(status: Int, code: String, detail: String) -> [UInt8] {
        body([(status, code, detail, nil)])
    }

    private static func body(_ errors: [(status: Int, code: String, detail: String, parameter: String?)]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member(
                "errors",
                array: { json in
                    for error in errors {
                        json.object { json in
                            json.member("status", Int64(error.status))
                            json.member("code", error.code)
                            json.member("title", error.code.split(separator: "_").joined(separator: " "))
                            json.member("detail", error.detail)
                            json.member(
                                "extra",
                                object: { json in
                                    if let parameter = error.parameter { json.member("parameter", parameter) }
                                })
                        }
                    }
                })
        }
        return json.bytes
    }
}
