/// The time zones of the demo clinic's people.
enum DemoZones {
    /// The clinic's own: always one of the United States' in which it is daytime, so that all calls around now
    /// (``Clinic/schedule(now:)``) are on one day.
    ///
    /// - Parameter now: seconds since 1970
    static func clinic(now: Int) -> String {
        // From 4:00 to 11:00 UTC it is 14:00 to 21:00 on Guam; from then on 3:00 to 21:00 in Los Angeles, with
        // or without daylight saving time.
        (4..<11).contains(now / 3600 % 24) ? "Pacific/Guam" : "America/Los_Angeles"
    }

    /// A patient's: the clinic's, except for Ruth, who stays with her son until her knee has healed.
    static func patient(_ id: String, now: Int) -> String {
        id == DemoPatients.ruth.id ? "America/Denver" : clinic(now: now)
    }
}
