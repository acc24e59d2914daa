import Glibc

/// Groups by name. `getgrnam` loads plug-ins, so it does not work in a static binary.
enum Group {
    /// The number of a group in `/etc/group`, or the number itself.
    static func number(of name: String) -> gid_t? {
        if let number = gid_t(name) { return number }
        guard let file = unsafe fopen("/etc/group", "re") else { return nil }
        defer { unsafe fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { unsafe free(line) }
        while unsafe getline(&line, &capacity, file) > 0 {
            // name:password:number:members
            let fields = unsafe String(cString: line!).split(separator: ":", omittingEmptySubsequences: false)
            if fields.count >= 3, fields[0] == name { return gid_t(fields[2]) }
        }
        return nil
    }
}
