/// What is read: made here, the same in every run, written as Welkin writes JSON.
enum Documents {
    static let all: [(name: String, bytes: [UInt8])] = [
        ("claims of a launch", Array(claims.utf8)),
        ("100 patients", page(of: patient, count: 100)),
        ("100 notes with escapes", page(of: note, count: 100)),
        ("10,000 numbers", page(of: { "\($0 * 7919 % 100_003).\($0 % 100)" }, count: 10_000)),
    ]

    private static let claims = """
        {"iss":"coach.welkinhealth.com","aud":"https://apps.example.test/launch","exp":1790000600,\
        "welkin_oauth_client_id":"4f1c0d52-7a35-4c77-9a0e-8f25ab31c9d4",\
        "welkin_patient_id":"6a2f9c3b-1d84-4f0e-8c57-e91b7d4a0f26",\
        "welkin_worker_id":"0b7e6d1e-8a54-49c1-b7a1-5f3d1e5c2a90",\
        "welkin_provider_id":"d9b0f4f6-2f0b-4be5-9a36-0c6a2f6f5b11"}
        """

    private static func page(of record: (Int) -> String, count: Int) -> [UInt8] {
        Array("{\"data\":[\((0..<count).map(record).joined(separator: ","))],\"links\":{\"next\":null}}".utf8)
    }

    private static func id(_ number: Int) -> String {
        let digits = String(1_000_000_000 + number)
        return "6a2f9c3b-1d84-4f0e-8c57-e9\(digits)"
    }

    private static func patient(_ number: Int) -> String {
        """
        {"id":"\(id(number))","external_id":"P-\(number)","first_name":"Anna","last_name":"Bergström",\
        "birthday":"1957-03-\(10 + number % 18)","email":"patient\(number)@example.test","height":1.\(50 + number % 40),\
        "phones":["+14155550\(100 + number % 900)"],"smokes":false,"weight":\(50 + number % 60),"timezone":"US/Pacific",\
        "primary_worker_id":"\(id(number + 500))","created_at":"2026-01-10T11:12:13.000000+00:00",\
        "updated_at":"2026-02-\(10 + number % 18)T08:09:10.123456+00:00"}
        """
    }

    private static func note(_ number: Int) -> String {
        """
        {"id":"\(id(number))","patient_id":"\(id(number + 900))","text":"Called at 9:\(10 + number % 50).\\n\\n\
        Says \\"much better\\", sleeps 7\\u00a0h.\\tTemperature 37\\u00b0, no pain \\u2013 next call on Monday.\\r\\n\
        Frau M\\u00fcller \\ud83d\\ude00 asked for the plan\\/diary.","tags":["phone","follow\\u002dup"]}
        """
    }
}
