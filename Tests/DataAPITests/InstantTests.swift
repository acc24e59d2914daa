import DataAPI
import Testing

@Suite("An instant")
struct InstantTests {
    @Test(
        "is read from every shape that Welkin writes",
        arguments: [
            "2018-09-12T01:27:32.123456+00:00", "2018-09-12T01:27:32.123456", "2018-09-12 01:27:32.123456",
            "2018-09-12T01:27:32.123456Z", "2018-09-12 01:27:32.123456789+00:00",
            "2018-09-11T18:27:32.123456-07:00", "2018-09-12T03:57:32.123456+0230",
            "2018-09-12T02:27:32.123456+01", "2018-09-12T01:27:32.123456 00:00",
        ])
    func shapes(text: String) {
        #expect(Instant(text)?.microseconds == 1_536_715_652_123_456)
    }

    @Test(
        "is read with less than microseconds",
        arguments: [
            ("2018-09-12T01:27:32+00:00", 1_536_715_652_000_000),
            ("2018-09-12T01:27:32.5", 1_536_715_652_500_000),
            ("2018-09-12T01:27", 1_536_715_620_000_000),
            ("2018-09-12", 1_536_710_400_000_000),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ])
    func precision(text: String, microseconds: Int64) {
        #expect(Instant(text)?.microseconds == microseconds)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "now", "2018-09-12T", "2018-13-01T00:00:00Z", "2018-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2018-09-12T24:00:00Z", "2018-09-12T01:60:00Z", "2018-09-12T01:27:32.", "2018-09-12T01:27:32Zx",
            "2018-09-12T01:27:32+", "2018-09-12T01:27:32+1:00", "20180912T012732Z", "0000-01-01T00:00:00Z",
            "1536715652", "2018-09-12T01:27:32.123456+00:00 ",
        ])
    func refusals(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("prints canonically, and reads what it prints")
    func canonical() {
        #expect(Instant(microseconds: 0).description == "1970-01-01T00:00:00.000000+00:00")
        #expect(Instant("2018-09-12 01:27:32.1")?.description == "2018-09-12T01:27:32.100000+00:00")
        // Every day of more than 200 years, at another time of day each.
        var instant = Instant(microseconds: -2_000_000_000_000_000)
        while instant.microseconds < 5_000_000_000_000_000 {
            #expect(Instant(instant.description) == instant)
            instant = instant + .microseconds(86_399_999_981)
        }
    }

    @Test("is compared and moved in time")
    func arithmetic() {
        let instant = Instant(microseconds: 1_000_000)
        #expect(instant + .milliseconds(1) > instant)
        #expect(instant - .seconds(2) == Instant(microseconds: -1_000_000))
        #expect(instant - Instant(microseconds: 250_000) == .milliseconds(750))
    }
}
