/// The reference's types. Raw values are the reference's names.
public enum ValueType: String, Sendable, CaseIterable {
    case guid, string, date, boolean, integer, email, state, country, json, list
    /// `2018-09-12T01:27:32.123456+00:00`, and the other shapes that ``Instant`` reads.
    case dateTime = "isodatetime"
    case enumeration = "enum"
    /// `+15555555555` (E.164)
    case phoneNumber = "e164_phone"
    /// A name of the IANA database, such as `US/Pacific`.
    case timeZone = "timezone"
    case zipCode = "zip_code"
    case html = "html_template"
    case listOfGUIDs = "list(guid)"
    case listOfStrings = "list(string)"
    case listOfObjects = "list(object)"
    /// The reference does not say.
    case unstated
}
