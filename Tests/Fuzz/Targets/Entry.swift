/// libFuzzer's two entry points. Its own `main` is linked in, so one binary is every target: the
/// environment variable `WELKIN_FUZZ_TARGET` picks one. `scripts/fuzz` runs them.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_: UnsafeMutableRawPointer, _: UnsafeMutableRawPointer) -> Int32 {
    // Before the first input, so that a wrong name and broken fixtures are not taken for findings.
    _ = FuzzTarget.selected
    return 0
}

/// Runs the selected target on one input. A property that does not hold ends the process, which
/// libFuzzer notices and writes the input to a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe FuzzTarget.selected(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
