/// The demo clinic's patients, by family name.
enum DemoPatients {
    static let all = [elsa, omar, mei, ines, walter, ruth, samuel]

    static let elsa = Patient(
        id: "3b6a9d52-41c7-4e0b-a8f3-d0925c7e1f64", givenName: "Elsa", familyName: "Brandt",
        birthday: "1951-03-14", city: "Maple Harbor",
        phoneNumbers: [
            .init(kind: "Home", number: "(415) 555-0132"), .init(kind: "Mobile", number: "(415) 555-0178"),
        ],
        program: .init(name: "Heart failure at home", phase: "Weekly monitoring", done: 5, steps: 8),
        nextStep: "Weight check call, today at 11:30",
        notes: [
            .init(
                author: "Nora Lindqvist", daysAgo: 3,
                text: "Weight steady at 148 lb, ankles slim in the morning. Has the low-salt list on the fridge."),
            .init(
                author: "Dr. Adeyemi", daysAgo: 9,
                text: "Extra diuretic only after a call with us when weight rises by 3 lb in two days."),
            .init(
                author: "Nora Lindqvist", daysAgo: 13,
                text: "Prefers calls before noon. Daughter Greta may be told everything."),
        ])

    static let omar = Patient(
        id: "9f27c0e8-5b1d-4a36-b7e4-12c86fa0d93b", givenName: "Omar", familyName: "Castellan",
        birthday: "1968-11-02", city: "Fairwater",
        phoneNumbers: [.init(kind: "Mobile", number: "(628) 555-0119")],
        program: .init(name: "Type 2 diabetes", phase: "Starting insulin", done: 2, steps: 6),
        nextStep: "Call back, today",
        notes: [
            .init(
                author: "Nora Lindqvist", daysAgo: 1,
                text: "First week of basal insulin. Morning values 140 to 165. Nervous about night lows."),
            .init(
                author: "Priya Raman, dietitian", daysAgo: 12,
                text: "Works night shifts: meal plan moved to waking hours. Will keep a photo diary."),
        ])

    static let mei = Patient(
        id: "74d81f3a-0e95-4c62-91ab-e53f7b2840dc", givenName: "Mei", familyName: "Eastwood",
        birthday: "1983-07-27", city: "Fairwater",
        phoneNumbers: [
            .init(kind: "Mobile", number: "(628) 555-0164"), .init(kind: "Work", number: "(628) 555-0101"),
        ],
        program: .init(name: "Migraine", phase: "Finding triggers", done: 3, steps: 5),
        nextStep: "Video visit, Thursday at 16:00",
        notes: [
            .init(
                author: "Nora Lindqvist", daysAgo: 1,
                text: "Moved the visit to Thursday. Six headache days in four weeks, down from eleven.")
        ])

    static let ines = Patient(
        id: "b81e4c97-6f20-4d7b-8c15-a94d3e06f5b2", givenName: "Inês", familyName: "Farrow-Pinto",
        birthday: "1994-01-19", city: "Maple Harbor",
        phoneNumbers: [.init(kind: "Mobile", number: "(415) 555-0150")],
        program: .init(name: "After birth", phase: "Weeks 3 to 6", done: 4, steps: 9),
        nextStep: "Mood questionnaire review, tomorrow",
        notes: [
            .init(
                author: "Nora Lindqvist", daysAgo: 6,
                text: "Breastfeeding goes well, sleeps in short stretches. Partner is home until June."),
            .init(
                author: "Tomás Weir, midwife", daysAgo: 17,
                text: "Wound dry and closed. No fever. Next look at six weeks."),
        ])

    static let walter = Patient(
        id: "e05b72d1-83f6-4b9c-a2d7-6c1f908e4a37", givenName: "Walter", familyName: "Holm",
        birthday: "1957-09-30", city: "Pine Junction",
        phoneNumbers: [.init(kind: "Home", number: "(707) 555-0143")],
        program: .init(name: "COPD", phase: "Breathing training", done: 6, steps: 7),
        nextStep: "Ask for the peak flow diary",
        notes: [
            .init(
                author: "Nora Lindqvist", daysAgo: 22,
                text: "Walks to the mailbox and back without a stop. Hard of hearing: speak slowly, left ear.")
        ])

    static let ruth = Patient(
        id: "1c94e6f8-d273-4850-b61e-f7a05b3c9d82", givenName: "Ruth", familyName: "Okafor",
        birthday: "1962-12-08", city: "Pine Junction",
        phoneNumbers: [
            .init(kind: "Mobile", number: "(707) 555-0187"), .init(kind: "Son", number: "(707) 555-0126"),
        ],
        program: .init(name: "New knee", phase: "Week 5", done: 5, steps: 12),
        nextStep: "Physio report, Friday",
        notes: [
            .init(
                author: "Nora Lindqvist", daysAgo: 3,
                text: "Bends to 90 degrees. Pain 3 of 10 in the evening, takes one tablet before bed."),
            .init(
                author: "Ben Achterberg, physio", daysAgo: 11,
                text: "Stairs with rail only. Stationary bicycle from next week."),
        ])

    static let samuel = Patient(
        id: "5a3f0d86-b9e2-47c4-8f71-204c6de9b1a5", givenName: "Samuel", familyName: "Vane",
        birthday: "1975-05-05", city: "Fairwater",
        phoneNumbers: [.init(kind: "Mobile", number: "(628) 555-0195")],
        program: .init(name: "High blood pressure", phase: "Getting to know each other", done: 0, steps: 6),
        nextStep: "Welcome call",
        notes: [])
}
