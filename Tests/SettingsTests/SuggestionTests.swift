import Settings
import Testing

@Suite("What a mistyped name may mean")
struct SuggestionTests {
    private let names = ["patients", "visits", "calls", "phone_numbers", "profile_phone_numbers", "workers"]

    @Test(
        "One slip in a short word, two in a longer one; capitals and hyphens are none",
        arguments: [
            ("pateints", "patients"),
            ("visit", "visits"),
            ("visitss", "visits"),
            ("cals", "calls"),
            ("Patients", "patients"),
            ("phone-numbers", "phone_numbers"),
            ("fone_numbers", "phone_numbers"),
            ("phone_nubmers", "phone_numbers"),
            ("wrokers", "workers"),
        ])
    func near(_ word: String, _ name: String) {
        #expect(Suggestion.nearest(to: word, among: names) == name)
    }

    @Test(
        "What is right, or far from all, means nothing else",
        arguments: ["patients", "care_bundles", "", "cal", "no_such_resource", "Not A Name", "visitations"])
    func far(_ word: String) {
        #expect(Suggestion.nearest(to: word, among: names) == nil)
    }
}
