/// The vocabulary of made-up records.
enum Vocabulary {
    static let givenNames = [
        "Ada", "Amir", "Anneke", "Astrid", "Beatriz", "Björn", "Carmen", "Chiara", "Dmitri", "Edith", "Efua",
        "Farid", "Femke", "Goran", "Greta", "Hana", "Henrik", "Imani", "Ivo", "Jaya", "Joaquín", "Kateryna",
        "Kenji", "Leila", "Lorenzo", "Maeve", "Marek", "Nadia", "Nikolai", "Odile", "Otto", "Paloma", "Pavel",
        "Quinn", "Rashid", "Renée", "Saoirse", "Sven", "Tamar", "Theo", "Uma", "Valentin", "Wanda", "Xavier",
        "Yara", "Yusuf", "Zofia",
    ]
    static let familyNames = [
        "Abernathy", "Almeida", "Bergström", "Blackwood", "Calloway", "Castellanos", "Dąbrowski", "Delacroix",
        "Engström", "Fairbanks", "Fitzgerald", "Galloway", "Goldfarb", "Haraldsen", "Hollander", "Ibarra",
        "Jankowski", "Kaltenbach", "Kowalczyk", "Lachance", "Lindgren", "MacAllister", "Marchetti", "Nakagawa",
        "Nwosu", "O'Sullivan", "Oyelaran", "Pemberton", "Petrov", "Quintero", "Rasmussen", "Rosenthal",
        "Sandoval", "Szymański", "Tanaka", "Thorvaldsen", "Underhill", "Valcourt", "Vandenberg", "Whitlock",
        "Xanthopoulos", "Yamamoto", "Zielinski",
    ]
    static let streets = ["Alder Lane", "Birch Street", "Canal Road", "Dove Court", "Elm Avenue", "Ferry Way"]
    static let places: [(city: String, county: String, state: String, zip: String, area: String)] = [
        ("Maple Harbor", "Marin", "CA", "94901", "415"), ("Fairwater", "San Mateo", "CA", "94010", "628"),
        ("Pine Junction", "Sonoma", "CA", "95401", "707"), ("Cedar Falls", "Kings", "NY", "11201", "718"),
        ("Granite Bay", "Cook", "IL", "60601", "312"), ("Harbor Point", "King", "WA", "98101", "206"),
    ]
    static let zones = ["US/Pacific", "US/Mountain", "US/Central", "US/Eastern"]
    static let languages = ["english", "spanish", "french", "vietnamese", "tagalog"]
    static let genders = ["Female", "Male", "Non-binary"]
    static let phases = ["intake", "onboarding", "active", "maintenance", "graduated"]
    static let subjects = [
        "Weight check", "Blood pressure diary", "New medication", "Welcome call", "Lab results",
        "Diet and exercise", "Refill request", "Sleep diary", "Follow-up visit", "Mood questionnaire",
    ]
    static let sentences = [
        "Thank you, the new time works for me.", "My scale says 3 pounds more than on Monday.",
        "Please call me back after lunch.", "I took the evening tablet twice, is that dangerous?",
        "Blood sugar was 142 this morning.", "The swelling is down and I walked to the mailbox.",
        "Remember to bring your medication list.", "Your results are in: all values look fine.",
        "Could we move the visit to Thursday at 4?", "Slept six hours, no headache – first time this month!",
        "J’ai compris les consignes, merci.", "She said \"no salt\", so I threw the crisps away.",
    ]
    static let conditions = [
        "Heart failure", "Type 2 diabetes", "Migraine", "COPD", "Hypertension", "Asthma", "New knee",
    ]
    static let medications = ["Metformin", "Lisinopril", "Furosemide", "Salbutamol", "Atorvastatin"]
    static let roles = ["care_manager", "dietitian", "physiotherapist", "physician", "midwife"]
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// A number reserved for fiction (555-0100 to 555-0199).
    static func phoneNumber(_ draw: inout Draw, area: String? = nil) -> String {
        let digits = String(100 + draw.below(100))
        return "+1\(area ?? String(201 + draw.below(780)))5550\(digits)"
    }

    /// An address under a name reserved for examples (RFC 2606).
    static func email(_ given: String, _ family: String, _ ordinal: Int) -> String {
        let letters = "\(given).\(family)".lowercased().unicodeScalars.filter { $0.isASCII && $0 != "'" }
        return "\(String(String.UnicodeScalarView(letters)))\(ordinal)@example.org"
    }
}
