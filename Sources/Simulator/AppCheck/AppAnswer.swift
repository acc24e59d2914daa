/// What the App answered, as far as it decides what a browser shows in the frame.
package struct AppAnswer: Sendable, Equatable {
    package let status: Int
    /// In their order, with repeated ones.
    package let headers: [(name: String, value: String)]
    /// Whether the body has a byte. No more of it is read.
    package let hasBody: Bool

    package init(status: Int, headers: [(name: String, value: String)] = [], hasBody: Bool = true) {
        self.status = status
        self.headers = headers
        self.hasBody = hasBody
    }

    /// All values of a header, whatever its case.
    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    package static func == (one: AppAnswer, other: AppAnswer) -> Bool {
        one.status == other.status && one.hasBody == other.hasBody
            && one.headers.elementsEqual(other.headers, by: ==)
    }
}
