/// Conversation `n` is patient `n`'s: the kinds take turns.
extension SeedSource {
    static let messages: [SeedSource] = [
        SeedSource("conversations", \.patients, changing: ["title"]) { plan, ordinal, text in
            let kind = ["sms", "email", "app"][ordinal % 3]
            text.id("id", plan.id("conversations", ordinal))
            text.id("patient_id", plan.patient(ordinal))
            text.text("conversation_type", kind)
            text.text("title", text.draw.of(Vocabulary.subjects))
            let hasAddress = ordinal < plan.patients - plan.patients / 5
            let address = hasAddress ? #"["\#(plan.id("email_addresses", ordinal).text)"]"# : "[]"
            text.raw("email_address_ids", kind == "email" ? address : "[]")
            text.id("phone_number_id", kind == "sms" ? plan.phoneNumber(ofPatient: ordinal) : nil)
            text.times()
        },
        SeedSource("sms_messages", { $0.patients * 2 }, changing: ["contents", "sent_at"]) { plan, ordinal, text in
            message("sms_messages", plan, ordinal, &text)
        },
        SeedSource("app_messages", { $0.patients / 2 }, changing: ["contents", "sent_at"]) { plan, ordinal, text in
            message("app_messages", plan, ordinal, &text)
        },
        SeedSource("email_messages", { $0.patients / 4 }, changing: ["subject", "body_text"]) { plan, ordinal, text in
            let patient = ordinal % plan.patients
            let sentence = text.draw.of(Vocabulary.sentences)
            text.id("id", plan.id("email_messages", ordinal))
            text.id("patient_id", plan.patient(patient))
            text.id("sender_id", plan.worker(ofPatient: patient))
            text.text("direction", text.draw.of(["inbound", "outbound"]))
            text.id("conversation_id", plan.id("conversations", patient))
            text.text("subject", text.draw.of(Vocabulary.subjects))
            text.text("body_html", "<p>\(sentence)</p>")
            text.text("body_text", sentence)
            text.text("footer", nil)
            text.instant("sent_at", text.created)
            text.flag("automatically_sent", text.draw.chance(20))
            text.times()
        },
        SeedSource("calls", { $0.patients / 2 }, changing: ["duration"]) { plan, ordinal, text in
            let patient = ordinal % plan.patients
            let id = plan.id("calls", ordinal)
            text.id("id", id)
            text.instant("created_at", text.created)
            text.instant("updated_at", text.updated)
            text.text("call_type", text.draw.of(["inbound", "outbound"]))
            text.text("from_number", Vocabulary.phoneNumber(&text.draw))
            text.text("to_number", Vocabulary.phoneNumber(&text.draw))
            text.instant("start_time", text.created)
            text.number("duration", 15 + text.draw.below(1800))
            text.id("calendar_event_id", text.draw.chance(50) ? plan.id("calendar_events", patient) : nil)
            text.id("worker_id", plan.worker(ofPatient: patient))
            text.id("patient_id", plan.patient(patient))
            text.text("audio_url", text.draw.chance(30) ? "https://files.example.com/calls/\(id.text).mp3" : nil)
        },
    ]

    private static func message(
        _ resource: String, _ plan: SeedPlan, _ ordinal: Int, _ text: inout RecordText
    ) {
        let patient = ordinal % plan.patients
        text.id("id", plan.id(resource, ordinal))
        text.id("patient_id", plan.patient(patient))
        text.id("worker_id", plan.worker(ofPatient: patient))
        text.id("conversation_id", plan.id("conversations", patient))
        text.text("direction", text.draw.of(["inbound", "outbound"]))
        text.text("contents", text.draw.of(Vocabulary.sentences))
        text.flag("automatically_sent", text.draw.chance(20))
        text.instant("sent_at", text.updated)
        text.times()
    }
}
