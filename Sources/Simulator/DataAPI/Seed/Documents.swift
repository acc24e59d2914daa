extension SeedSource {
    static let documents: [SeedSource] = [
        SeedSource("file_uploads", { $0.patients / 10 }) { plan, ordinal, text in
            let type = text.draw.of(["image/tiff", "image/jpeg", "image/png", "application/pdf"])
            let id = plan.id("file_uploads", ordinal)
            let signature = String(text.draw.next(), radix: 36)
            text.id("id", id)
            text.text("mime_type", type)
            text.text(
                "url",
                "https://files.example.com/\(id.text)?Expires=\(text.updated / .second + 3600)&Signature=\(signature)")
        },
        SeedSource("file_attachments", { $0.patients / 10 }, changing: ["description"]) { plan, ordinal, text in
            text.id("id", plan.id("file_attachments", ordinal))
            text.id("patient_id", plan.patient(ordinal))
            text.id("worker_id", plan.worker(ofPatient: ordinal))
            text.text("attachment_type", text.draw.of(["lab_report", "insurance_card", "wound_photo"]))
            text.text("description", text.draw.of([nil] + Vocabulary.subjects))
            text.raw("file_upload_ids", #"["\#(plan.id("file_uploads", ordinal).text)"]"#)
            text.instant("created_at", text.created)
        },
    ]
}
