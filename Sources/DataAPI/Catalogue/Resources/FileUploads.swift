extension Resource {
    /// File Uploads: `/v1/file_uploads`.
    public static let fileUploads = Resource(
        name: "file_uploads", title: "File Uploads",
        isWritable: false, cursorField: nil,
        operations: [
            .upload(),
            .get(),
            .find(),
        ],
        fields: [
            .init("id", .guid),
            .init("mime_type", .enumeration, values: ["image/tiff", "image/jpeg", "image/png", "application/pdf"]),
            .init("url", .string),
        ])
}
