import { age, birthday, fullName } from "../format/format.js";
import { say } from "./dom.js";
import { notices } from "./messages.js";

/**
 * Puts the page's state on the screen: who, which patient, since when nothing works.
 * Text only ever goes in as text.
 *
 * The markup is in index.html, whole from the first paint on; here it is only filled in
 * and uncovered, so nothing moves when the session arrives.
 */
export class Shell {
  #document;

  /** @param {Document} document */
  constructor(document) {
    this.#document = document;
  }

  /** @param {() => void} run   Called when the worker asks to try again. */
  onRetry(run) {
    this.element("retry").addEventListener("click", run);
  }

  showLoading() {
    this.#state("loading", "Opening…");
    this.#uncover("app-area");
  }

  /** @param {import("../session/session-client.js").Session} session */
  showSession({ app, worker, patient }) {
    const { body } = this.#document;
    this.#state("ready", "Ready");
    this.#fill({ app });
    body.dataset["kind"] = patient === null ? "calls" : "patient";
    for (const [id, value] of [["worker", worker], ["patient", patient ?? ""]]) {
      const element = this.element(/** @type {string} */ (id));
      // A renewal must not take the name away again.
      if (element.dataset["id"] !== value) this.#fill({ [/** @type {string} */ (id)]: value || "No patient" });
      element.dataset["id"] = value ?? "";
    }
    this.#fill({ "patient-id": patient ?? "" });
    for (const [id, kind] of [["session", "patient"], ["patient-app", "patient"], ["calls", "calls"]]) {
      this.element(/** @type {string} */ (id)).hidden = body.dataset["kind"] !== kind;
    }
    this.#uncover("app-area");
  }

  /**
   * Names in the place of ids.
   *
   * @param {any} context   what data/context answered; null when it does not come
   */
  showPeople(context) {
    this.#document.body.dataset["people"] = context ? "there" : "missing";
    if (context?.worker) this.#fill({ worker: fullName(context.worker) });
    if (!context?.patient) return;
    const { patient, as_of: now } = context;
    const born = birthday(patient.birthday);
    this.#fill({ patient: fullName(patient) });
    this.#fill({ "patient-more": born ? `Born ${born} · ${age(patient.birthday, now)}` : "No birthday on record" });
  }

  /**
   * Tells what happened and what to do. Takes who and which patient off the screen.
   *
   * @param {import("./messages.js").NoticeState} state
   * @param {string | null} id   Correlation id, for whoever is called for help.
   * @param {boolean} [kept]     Whether a note was begun, and is kept.
   */
  showNotice(state, id, kept = false) {
    const notice = notices[state];
    this.#state(state, notice.status);
    this.#fill({ title: notice.title, text: notice.text, action: notice.action, reference: id ?? "" });
    this.element("kept").hidden = !kept;
    this.element("retry").hidden = !notice.retry;
    this.element("reference-line").hidden = id === null;
    this.#uncover("notice");
    // Who works inside the App hears it; the focus is not taken from Welkin's page.
    if (this.#document.hasFocus()) this.element("title").focus();
  }

  /** The session is over: nothing of it stays in the page. */
  clear() {
    this.#fill({ worker: "", patient: "", "patient-more": "", "patient-id": "" });
    for (const id of ["worker", "patient"]) this.element(id).dataset["id"] = "";
    for (const id of ["patient-app", "calls"]) this.element(id).replaceChildren();
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
    this.element("who").hidden = id !== "app-area";
    this.element("notice").hidden = id !== "notice";
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
