/// What the App's user reads: what happened and what to do, in words for somebody who has a patient
/// on the line. The detailed reason is in the log only, under the id.
struct ErrorMessage {
    let title: String
    let whatHappened: String
    let whatToDo: String

    static let reopen = "Close the App and open it again from Welkin."

    static let notUnderstood = ErrorMessage(
        title: "This App could not be opened", whatHappened: "The request was not valid.",
        whatToDo: reopen)
    static let notVerified = ErrorMessage(
        title: "This App could not be opened",
        whatHappened: "We could not confirm that Welkin has just sent this request.",
        whatToDo: reopen)
    static let notFound = ErrorMessage(
        title: "Page not found", whatHappened: "This address does not belong to the App.", whatToDo: reopen)
    static let notByHand = ErrorMessage(
        title: "This App opens from Welkin", whatHappened: "It cannot be opened by its address alone.",
        whatToDo: "Open the App from a patient or the menu in Welkin.")
    static let unavailable = ErrorMessage(
        title: "The App is not available right now", whatHappened: "The problem is on our side.",
        whatToDo: "Wait a minute, then close the App and open it again from Welkin.")
    static let noSession = ErrorMessage(
        title: "Your session has ended", whatHappened: "For security, the App signs you out after some time.",
        whatToDo: reopen)
    static let wrongOrigin = ErrorMessage(
        title: "Request not allowed", whatHappened: "The request came from a page outside the App.",
        whatToDo: reopen)
}
