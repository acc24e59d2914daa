/// Calendar `n` is worker `n`'s.
extension SeedSource {
    static let schedule: [SeedSource] = [
        SeedSource("calendars", \.workers) { plan, ordinal, text in
            text.id("id", plan.id("calendars", ordinal))
            text.id("worker_id", plan.worker(ordinal))
            text.times()
        },
        SeedSource(
            "calendar_events", \.patients, changing: ["outcome", "start_time", "end_time"], demo: DemoRecord.calls
        ) { plan, ordinal, text in
            let start = text.updated - text.updated % (900 * .second)
            let isAllDay = text.draw.chance(5)
            text.id("id", plan.id("calendar_events", ordinal))
            text.id("calendar_id", plan.id("calendars", plan.workerOrdinal(ofPatient: ordinal)))
            text.id("patient_id", plan.patient(ordinal))
            text.id("user_id", plan.patient(ordinal))
            text.flag("is_all_day", isAllDay)
            text.instant("start_time", isAllDay ? nil : start)
            text.instant("end_time", isAllDay ? nil : start + 1800 * .second)
            text.day("day", isAllDay ? Int(start / .day) : nil)
            text.text("outcome", text.draw.of([nil, "completed", "cancelled", "no_show"]))
            text.text("modality", text.draw.of(["call", "visit"]))
            text.text("appointment_type", text.draw.of(["intake_call", "checkin_call", "home_visit"]))
            text.times()
        },
        SeedSource("working_hours", { $0.workers * 7 }, changing: ["end_time"]) { plan, ordinal, text in
            let isOff = ordinal % 7 > 4
            text.id("id", plan.id("working_hours", ordinal))
            text.text("day", Vocabulary.weekdays[ordinal % 7])
            text.flag("day_off", isOff)
            text.text("start_time", isOff ? nil : "09:00:00")
            text.text("end_time", isOff ? nil : text.draw.of(["16:30:00", "17:00:00", "18:00:00"]))
            text.id("calendar_id", plan.id("calendars", ordinal / 7))
            text.times()
        },
        SeedSource("unavailable_times", { $0.workers * 4 }, changing: ["start_time", "recurrence"]) {
            plan, ordinal, text in
            let isAllDay = text.draw.chance(40)
            text.id("id", plan.id("unavailable_times", ordinal))
            text.day("date", Int(text.updated / .day) + text.draw.below(60))
            text.flag("all_day", isAllDay)
            text.text("start_time", isAllDay ? nil : text.draw.of(["12:00:00", "13:15:00"]))
            text.text("end_time", isAllDay ? nil : "14:30:00")
            text.text("recurrence", text.draw.of(["none", "daily", "weekly"]))
            text.id("calendar_id", plan.id("calendars", ordinal / 4))
            text.times()
        },
        SeedSource("visits", { $0.patients / 4 }, changing: ["assessment_response_id"]) { plan, ordinal, text in
            let responses = plan.patients / 2
            text.id("id", plan.id("visits", ordinal))
            text.id("worker_id", plan.worker(ofPatient: ordinal))
            text.id("patient_id", plan.patient(ordinal))
            text.id("calendar_event_id", plan.id("calendar_events", ordinal))
            let hasResponse = responses > 0 && text.draw.chance(50)
            text.id("assessment_response_id", hasResponse ? plan.id("assessment_responses", ordinal % responses) : nil)
            text.text("disposition", text.draw.of(["completed", "no_show"]))
            text.instant("start_time", text.created)
            text.instant("end_time", text.created + 2700 * .second)
            text.instant("created_at", text.created)
            text.instant("updated_at", text.updated)
        },
    ]
}
