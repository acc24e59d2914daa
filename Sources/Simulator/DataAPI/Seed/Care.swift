extension SeedSource {
    static let care: [SeedSource] = [
        SeedSource("assessment_responses", { $0.patients / 2 }, changing: ["model"]) { plan, ordinal, text in
            let name = text.draw.of(["phq9", "falls_risk", "diet_diary"])
            text.id("id", plan.id("assessment_responses", ordinal))
            text.text("spec_id", name)
            text.text("spec_name", name)
            text.id("spec_version", GUID(high: 0x5EED_0000_0000_4000, low: 0x8000_0000_0000_0001))
            text.id("patient_id", plan.patient(ordinal))
            text.id("worker_id", plan.worker(ofPatient: ordinal))
            let answers = (1...9).map { #""q\#($0)":\#(text.draw.below(4))"# }.joined(separator: ",")
            text.raw("model", #"{\#(answers),"score":"\#(text.draw.below(28))","note":null}"#)
            text.raw("spec", "null")
            text.times()
        },
        SeedSource("care_flows", { $0.patients / 4 }, changing: ["care_flow"]) { plan, ordinal, text in
            text.id("patient_id", plan.patient(ordinal))
            text.id("id", plan.id("care_flows", ordinal))
            let condition = text.draw.of(Vocabulary.conditions)
            let worker = plan.worker(ofPatient: ordinal).text
            let reminder = InstantShape.text(text.updated - text.updated % .day, .documented)
            let tasks = (0..<2).map { _ in
                #"{"description":"\#(text.draw.of(Vocabulary.subjects))","reminder_date":"\#(reminder)","#
                    + #""completed_at":null,"completed_by_worker_id":null,"worker_id":"\#(worker)"}"#
            }
            let goal = #"{"title":"Know the warning signs","tasks":[\#(tasks.joined(separator: ","))]}"#
            text.raw(
                "care_flow",
                #"{"title":"\#(condition) at home","description":"Twelve weeks","goals":[\#(goal)]}"#)
            text.times()
        },
        SeedSource(
            "custom_data_type_records", { $0.patients / 2 }, changing: ["body"], demo: DemoRecord.notes
        ) { plan, ordinal, text in
            text.id("id", plan.id("custom_data_type_records", ordinal))
            let dose = 5 * (1 + text.draw.below(20))
            text.raw(
                "body",
                #"{"name":"\#(text.draw.of(Vocabulary.medications))","dose_mg":"\#(dose)","taken":true,"times":["08:00"]}"#
            )
            text.id("patient_id", plan.patient(ordinal))
            text.text("type_name", text.draw.of(["_medication", "_weight", "_blood_pressure"]))
            text.id("updated_by", plan.worker(ofPatient: ordinal))
            text.times()
        },
        SeedSource(
            "alerts", { $0.patients / 4 }, changing: ["completed", "dismissed", "finished_time"]
        ) { plan, ordinal, text in
            let isCompleted = text.draw.chance(60)
            let isDismissed = text.draw.chance(15)
            text.id("id", plan.id("alerts", ordinal))
            text.id("patient_id", plan.patient(ordinal))
            text.id("worker_id", plan.worker(ofPatient: ordinal))
            text.text("alert_type", "app_message")
            text.raw("config", #"{"message":"\#(text.draw.of(Vocabulary.subjects))"}"#)
            text.instant("active_time", text.created)
            text.instant("finished_time", isCompleted ? text.updated : nil)
            text.flag("completed", isCompleted)
            text.flag("dismissed", isDismissed)
            text.id("dismissed_by_worker_id", isDismissed ? plan.worker(ofPatient: ordinal) : nil)
        },
        SeedSource(
            "patient_facing_assessment_links", { $0.patients / 10 }, changing: ["expire_time"]
        ) { plan, ordinal, text in
            let id = plan.id("patient_facing_assessment_links", ordinal)
            text.id("id", id)
            text.id("patient_id", plan.patient(ordinal))
            text.text("spec_name", text.draw.of(["phq9", "diet_diary"]))
            text.instant("expire_time", text.updated + Int64(1 + text.draw.below(14)) * .day)
            text.instant("created_at", text.created)
            text.instant("updated_at", text.updated)
            text.text("url", "https://assess.example.com/\(id.text)")
        },
    ]
}
