/// The demo clinic's care team, apart from the logged-in worker.
enum DemoTeam {
    static let colleagues = [
        Clinic.Worker(
            id: "0d4b7f63-92ae-4c18-b5d0-83f1c6e27a49", givenName: "Folake", familyName: "Adeyemi",
            role: "Cardiologist, MD", signature: "Dr. Adeyemi"),
        Clinic.Worker(
            id: "a7e3150c-6d8f-4b92-8e47-5c90d2f3b1e6", givenName: "Priya", familyName: "Raman",
            role: "Dietitian, RD", signature: "Priya Raman, dietitian"),
        Clinic.Worker(
            id: "62f98d04-1c5b-4e7a-9d36-b8e4071fa253", givenName: "Tomás", familyName: "Weir",
            role: "Midwife, CNM", signature: "Tomás Weir, midwife"),
        Clinic.Worker(
            id: "e91c26ba-7f40-4d53-a86e-2d5b9c7130f8", givenName: "Ben", familyName: "Achterberg",
            role: "Physiotherapist, DPT", signature: "Ben Achterberg, physio"),
    ]
}
