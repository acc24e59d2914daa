public import Platform

extension Origin {
    /// The origin of Welkin's Data API: `https://api.welkinhealth.com`.
    public static let welkin = Origin("https://api.welkinhealth.com")!
}
