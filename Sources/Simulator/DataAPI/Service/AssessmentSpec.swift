/// The questionnaire in assessment responses, if `include_schema` requests it.
enum AssessmentSpec {
    static let json: String = {
        let questions = (1...9).map { #"{"id":"q\#($0)","title":"Question \#($0)","type":"integer"}"# }
        return #"{"title":"Questionnaire","questions":[\#(questions.joined(separator: ","))]}"#
    }()
}
