import { age, birthday, fullName } from "../format/format.js";
import { say } from "./dom.js";
import { absences, linkTexts, notices } from "./messages.js";

/**
 * Shows the page's state: the worker, the patient, and faults. Text is only inserted as text.
 *
 * The markup is in index.html, complete from the first paint; here it is only filled in and
 * uncovered, so that nothing moves when the session arrives.
 */
export class Shell {
  #document;
  /** @type {import("./messages.js").Link} */
  #link = "reached";

  /** @param {Document} document */
  constructor(document) {
    this.#document = document;
  }

  /** @param {() => void} run   Called when the worker asks to try again. */
  onRetry(run) {
    this.element("retry").addEventListener("click", run);
  }

  /** @param {() => Promise<string>} close   Closes the App; resolves to what became of that. */
  onClose(close) {
    this.element("close").addEventListener("click", async () => {
      this.#fill({ "close-result": "Closing…" });
      this.#fill({ "close-result": await close() });
    });
  }

  showLoading() {
    this.#state("loading", "Opening…");
    this.#uncover("app-area");
  }

  /** @param {import("../session/session-client.js").Session} session */
  showSession({ worker, patient }) {
    const { body } = this.#document;
    body.dataset["state"] = "ready";
    body.dataset["kind"] = patient === null ? "calls" : "patient";
    this.#tell();
    // Ids are for scripts; people get names, or nothing.
    this.element("worker").dataset["id"] = worker;
    this.element("patient").dataset["id"] = patient ?? "";
    for (const [id, kind] of [["session", "patient"], ["patient-app", "patient"], ["calls", "calls"]]) {
      this.element(/** @type {string} */ (id)).hidden = body.dataset["kind"] !== kind;
    }
    this.#uncover("app-area");
  }

  /**
   * Whether the screen can be trusted: the single status of the page.
   *
   * @param {import("./messages.js").Link} link
   */
  showLink(link) {
    this.#link = link;
    this.#tell();
  }

  #tell() {
    const { dataset } = this.#document.body;
    const { people } = dataset;
    const isReached = !["failed", "unreachable"].includes(this.#link) && dataset["kind"] === "patient";
    const link = isReached && (people === "missing" || people === "pending" || people === "gone") ? people : this.#link;
    dataset["link"] = link;
    if (dataset["state"] === "ready") this.#fill({ state: linkTexts[link] });
  }

  /**
   * Shows the names.
   *
   * @param {any} context   the answer of data/context; null if it failed
   * @param {number} now    seconds since 1970
   * @param {string} [why]  the reason for the worker
   */
  showPeople(context, now, why = "") {
    const { dataset } = this.#document.body;
    const patient = context?.patient;
    const state = !context ? "missing" : patient || dataset["kind"] === "calls" ? "there" : context.pending ? "pending" : "gone";
    // Earlier data stays valid, unless Welkin no longer has the patient.
    if (dataset["people"] === "there" && (state === "missing" || state === "pending")) return;
    dataset["people"] = state;
    this.#tell();
    this.element("people-retry").hidden = state === "there" || state === "pending";
    if (context?.worker) this.#fill({ worker: fullName(context.worker, "") });
    this.#showWorker(true);
    if (state === "there" && !patient) return;
    const born = birthday(patient?.birthday);
    const [name = "", more = ""] = state === "missing" ? ["The patient couldn’t be loaded", why] : state !== "there" ? absences[state]
      : [fullName(patient), born ? `Born ${born} · ${age(patient.birthday, now)}` : "No birthday on record"];
    this.#fill({ "patient": name, "patient-more": more });
  }

  /** @param {() => void} run   Called when the worker asks for the names once more. */
  onPeopleRetry(run) {
    this.element("people-retry").addEventListener("click", () => {
      this.element("people-retry").hidden = true;
      this.#document.body.dataset["people"] = "waiting";
      this.#fill({ "patient": "", "patient-more": "" });
      this.#tell();
      run();
    });
  }

  /**
   * Shows what happened and what to do. Removes the worker and the patient from the screen.
   *
   * @param {import("./messages.js").NoticeState} state
   * @param {string | null} id   Correlation id, for support.
   * @param {boolean} [kept]     Whether an unfinished note is kept.
   */
  showNotice(state, id, kept = false) {
    const notice = notices[state];
    this.#state(state, notice.status);
    this.#fill({ title: notice.title, text: notice.text, action: notice.action, reference: id ?? "" });
    this.element("kept").hidden = !kept;
    this.element("retry").hidden = !notice.retry;
    this.element("close").hidden = state === "outside";
    this.#fill({ "close-result": "" });
    this.element("reference-line").hidden = id === null;
    this.#uncover("notice");
    // Move the focus only from inside the App, not from Welkin's page.
    if (this.#document.hasFocus()) this.element("title").focus();
  }

  /** The session is over: removes all its data from the page. */
  clear() {
    this.#fill({ worker: "", patient: "", "patient-more": "" });
    for (const id of ["worker", "patient"]) this.element(id).dataset["id"] = "";
    for (const id of ["guard", "patient-app", "calls"]) this.element(id).replaceChildren();
  }

  /**
   * @param {import("./messages.js").State} state
   * @param {string} text
   */
  #state(state, text) {
    this.#document.body.dataset["state"] = state;
    this.#fill({ state: text });
  }

  /** @param {Record<string, string>} texts   by element id */
  #fill(texts) {
    for (const [id, text] of Object.entries(texts)) say(this.element(id), text);
  }

  /** @param {"app-area" | "notice"} id */
  #uncover(id) {
    this.element("app-area").hidden = id !== "app-area";
    this.#showWorker(id === "app-area");
    this.element("notice").hidden = id !== "notice";
  }

  /**
   * Hides a worker who turns out to have no name.
   *
   * @param {boolean} isWanted
   */
  #showWorker(isWanted) {
    const isWaiting = this.#document.body.dataset["people"] === "waiting";
    this.element("who").hidden = !isWanted || (!isWaiting && this.element("worker").textContent === "");
  }

  /**
   * @param {string} id
   * @returns {HTMLElement}
   */
  element = (id) => {
    const element = this.#document.getElementById(id);
    if (!element) throw new Error(`index.html has no #${id}`);
    return element;
  };
}
