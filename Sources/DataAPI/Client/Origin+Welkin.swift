public import Platform

extension Origin {
    /// Where Welkin's Data API is: `https://api.welkinhealth.com`.
    public static let welkin = Origin("https://api.welkinhealth.com")!
}
