/// Records that the system itself writes.
extension SeedSource {
    static let registry: [SeedSource] = [
        SeedSource("external_ids", { $0.patients / 2 }) { plan, ordinal, text in
            text.id("id", plan.id("external_ids", ordinal))
            text.text("resource", "patients")
            text.text("namespace", "ehr")
            text.text("external_id", "EHR-\(700_000 + ordinal)")
            text.id("welkin_id", plan.patient(ordinal))
        },
        SeedSource("event_labels", { $0.patients / 10 }, changing: ["body"]) { plan, ordinal, text in
            let isCall = ordinal % 2 == 0
            text.id("id", plan.id("event_labels", ordinal))
            text.raw("body", #"{"topic":"\#(text.draw.of(Vocabulary.subjects))","billable":"true"}"#)
            text.id("entity_id", plan.id(isCall ? "calls" : "visits", ordinal))
            text.text("entity_type", isCall ? "call" : "visit")
            text.instant("created_at", text.created)
            text.instant("updated_at", text.updated)
        },
        SeedSource("integration_tasks", { $0.patients / 20 }, changing: ["status", "errors"]) { plan, ordinal, text in
            let status = text.draw.of(["unattempted", "running", "failed", "succeeded"])
            text.id("id", plan.id("integration_tasks", ordinal))
            text.text("status", status)
            text.id("patient_id", plan.patient(ordinal))
            text.raw("ref_ids", #"["ref-\#(ordinal)"]"#)
            text.text("job_id", "job-\(ordinal / 10)")
            text.text("task_name", text.draw.of(["lab_import", "claims_export"]))
            text.times()
            let failure = #"[{"code":"timeout","message":"The laboratory did not answer","extra":null}]"#
            text.raw("errors", status == "failed" ? failure : "[]")
        },
        SeedSource("audit_logs", { $0.patients / 2 }) { plan, ordinal, text in
            let patient = ordinal % plan.patients
            let worker = plan.workerOrdinal(ofPatient: patient)
            text.id("id", plan.id("audit_logs", ordinal))
            text.text("env_id", Clinic.demoProviderID)
            text.id("actor_id", plan.worker(worker))
            text.text("actor_type", "worker")
            text.instant("event_time", text.updated)
            text.text("event_type", text.draw.of(eventTypes))
            let email = SeedPerson(plan, worker: worker).email(worker)
            text.raw(
                "event",
                #"{"operation":"\#(text.draw.of(["read", "update"]))","type_name":"patients","#
                    + #""patient_id":"\#(plan.patient(patient).text)","email":"\#(email)"}"#)
        },
    ]

    private static let eventTypes = ["data_access", "login", "data_export"]
}
