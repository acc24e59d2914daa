/// The result of a seed: the number of records, and every record's id.
///
/// A record's id depends only on the seed, its resource and its ordinal, so that records can refer to one
/// another while they are created, in any order.
struct SeedPlan: Sendable {
    let seed: UInt64
    /// The number of patients; the first seven are those of the host page.
    let patients: Int
    /// The number of workers; the first is logged in on the host page, and its colleagues follow.
    let workers: Int
    let demo: Clinic
    /// When the API started, in microseconds since 1970: the demo clinic's calls of the day are around it.
    let start: Int64
    /// The percentage of values that are loosely typed.
    let loose: Int
    /// The first records of each resource, this many, were changed at the same instant.
    let equalInstants: Int
    /// The demo team's ids; nil for one that is not a GUID.
    private let team: [GUID?]

    init(
        seed: UInt64, patients: Int, demo: Clinic = .demo(), start: Int64, loose: Int = 10, equalInstants: Int = 0
    ) {
        self.seed = seed
        self.patients = patients
        team = demo.team.map { GUID($0.id) }
        workers = team.count + (patients == 0 ? 0 : 2 + patients / 200)
        self.demo = demo
        self.start = start
        self.loose = loose
        self.equalInstants = equalInstants
    }

    func id(_ resource: String, _ ordinal: Int) -> GUID {
        if resource == "patients", ordinal < demo.patients.count, let id = GUID(demo.patients[ordinal].id) {
            return id
        }
        if resource == "workers", ordinal < team.count, let id = team[ordinal] { return id }
        var draw = Draw(seed: seed ^ 0x1D, resource: resource, ordinal: ordinal)
        return GUID(&draw)
    }

    func patient(_ ordinal: Int) -> GUID { id("patients", ordinal) }

    func worker(_ ordinal: Int) -> GUID { id("workers", ordinal) }

    /// The worker who cares for a patient.
    func worker(ofPatient patient: Int) -> GUID { worker(workerOrdinal(ofPatient: patient)) }

    /// The host page's patients are all in the care of the logged-in worker.
    func workerOrdinal(ofPatient patient: Int) -> Int {
        patient < demo.patients.count ? 0 : patient % workers
    }

    /// The same in seconds, as the host page counts.
    var startSecond: Int { Int(start / .second) }

    /// The number of patients beyond those of the host page.
    var others: Int { max(0, patients - demo.patients.count) }

    /// The host page's patients, as far as the seed has them.
    var demoPatients: ArraySlice<Patient> { demo.patients.prefix(patients) }

    /// A patient's first phone number.
    func phoneNumber(ofPatient patient: Int) -> GUID {
        guard patient < demo.patients.count else { return id("phone_numbers", patient - demo.patients.count) }
        return demo.patients[patient].phoneNumbers.first.flatMap { GUID($0.id) } ?? id("phone_numbers", patient)
    }

    /// The first and the last instant of the seeded history: six past years.
    static let history: Range<Int64> = (18_267 * .day)..<(20_454 * .day)

    /// When a record was created and last changed.
    func times(_ resource: String, _ ordinal: Int) -> (created: Int64, updated: Int64) {
        let (created, updated) = drawnTimes(resource, ordinal)
        return ordinal < equalInstants ? (min(created, Self.import), Self.import) : (created, updated)
    }

    /// The same, but never the one instant that many share.
    func drawnTimes(_ resource: String, _ ordinal: Int) -> (created: Int64, updated: Int64) {
        var draw = Draw(seed: seed ^ 0x71, resource: resource, ordinal: ordinal)
        let span = Int(Self.history.upperBound - Self.history.lowerBound)
        let created = Self.history.lowerBound + Int64(draw.below(span))
        var updated = created + Int64(draw.below(Int(Self.history.upperBound - created)))
        // A job's changes at a full second are written without a fraction.
        if draw.chance(5) { updated = max(created, updated - updated % .second) }
        return (created, updated)
    }

    /// When the records of one instant were changed: halfway through the history.
    static let `import` = history.lowerBound + (history.upperBound - history.lowerBound) / 2
}
