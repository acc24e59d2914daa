import { notices } from "./notices.js";

/**
 * Puts the page's state on the screen. Text only ever goes in as text.
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
    this.#element("retry").addEventListener("click", run);
  }

  showLoading() {
    this.#state("loading", "Opening…");
    this.#fill({ worker: "", patient: "" });
    this.#uncover("session");
  }

  /** @param {import("../session/session.js").Session} session */
  showSession(session) {
    const patient = session.patient ?? "No patient";
    this.#state("ready", "Ready");
    this.#fill({ app: session.app, worker: session.worker, patient });
    this.#element("patient").classList.toggle("none", session.patient === null);
    this.#element("no-patient").hidden = session.patient !== null;
    this.#uncover("session");
  }

  /**
   * Tells what happened and what to do. Takes who and which patient off the screen.
   *
   * @param {import("./notices.js").NoticeState} state
   * @param {string | null} id   Correlation id, for whoever is called for help.
   */
  showNotice(state, id) {
    const notice = notices[state];
    this.#state(state, notice.status);
    this.#fill({ worker: "", patient: "" });
    this.#fill({ title: notice.title, text: notice.text, action: notice.action, reference: id ?? "" });
    this.#element("retry").hidden = !notice.retry;
    this.#element("reference-line").hidden = id === null;
    this.#uncover("notice");
    // Who works inside the App hears it; the focus is not taken from Welkin's page.
    if (this.#document.hasFocus()) this.#element("title").focus();
  }

  /**
   * @param {import("./notices.js").State} state
   * @param {string} text
   */
  #state(state, text) {
    this.#document.body.dataset["state"] = state;
    this.#fill({ state: text });
  }

  /** @param {Record<string, string>} texts   by element id */
  #fill(texts) {
    for (const [id, text] of Object.entries(texts)) this.#element(id).textContent = text;
  }

  /** @param {"session" | "notice"} id */
  #uncover(id) {
    this.#element("session").hidden = id !== "session";
    this.#element("notice").hidden = id !== "notice";
  }

  /**
   * @param {string} id
   * @returns {HTMLElement}
   */
  #element(id) {
    const element = this.#document.getElementById(id);
    if (!element) throw new Error(`index.html has no #${id}`);
    return element;
  }
}
