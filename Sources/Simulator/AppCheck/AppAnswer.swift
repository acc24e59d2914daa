/// The parts of the App's answer that decide what a browser shows in the frame.
package struct AppAnswer: Sendable, Equatable {
    package let status: Int
    /// In order, including repeated ones.
    package let headers: [(name: String, value: String)]
    /// Whether the body has at least one byte. No more is read.
    package let hasBody: Bool

    package init(status: Int, headers: [(name: String, value: String)] = [], hasBody: Bool = true) {
        self.status = status
        self.headers = headers
        self.hasBody = hasBody
    }

    /// All values of a header; its name is case-insensitive.
    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    package static func == (one: AppAnswer, other: AppAnswer) -> Bool {
        one.status == other.status && one.hasBody == other.hasBody
            && one.headers.elementsEqual(other.headers, by: ==)
    }
}
