/// `POST /_control/settings`: the settings to change.
struct SettingsChange: Decodable {
    var paging: APISettings.Paging?
    var links: APISettings.Links?
    var pageSize: Int?
    var maximumPageSize: Int?
    var tokenLifetime: Int?
    var churn: Int?
    var date: Bool?

    private enum CodingKeys: String, CodingKey {
        case paging, links, churn, date
        case pageSize = "page_size"
        case maximumPageSize = "maximum_page_size"
        case tokenLifetime = "token_lifetime"
    }

    func applied(to settings: APISettings) -> APISettings {
        var settings = settings
        settings.paging = paging ?? settings.paging
        settings.links = links ?? settings.links
        settings.pageSize = pageSize ?? settings.pageSize
        settings.maximumPageSize = maximumPageSize ?? settings.maximumPageSize
        settings.tokenLifetime = tokenLifetime ?? settings.tokenLifetime
        settings.churn = churn ?? settings.churn
        settings.date = date ?? settings.date
        return settings
    }
}
