import { say } from "./dom.js";

/** @type {Record<string, string>} */
const troubles = {
  unreachable: "No connection. What you see may be old; the App tries again by itself.",
  failed: "Patient data is not available right now. The App tries again by itself.",
};

/** What may be said at any time, at the lower edge, so that nothing moves. */
export class Banners {
  #element;
  #trouble = "";
  #warned = false;

  /**
   * @param {(id: string) => HTMLElement} element
   * @param {() => Promise<boolean>} stay   Renews the session; resolves to whether there was an answer.
   */
  constructor(element, stay) {
    this.#element = element;
    const button = element("stay");
    button.addEventListener("click", async () => {
      say(button, "Staying…");
      say(button, (await stay()) ? "Stay signed in" : "No answer. Try again");
    });
  }

  /** @param {"reached" | "failed" | "unreachable"} kind */
  showConnection(kind) {
    const text = troubles[kind] ?? "";
    if (text === this.#trouble) return;
    this.#announce(text || "The connection is back.");
    this.#trouble = text;
    this.#element("connection").hidden = text === "";
    if (text) say(this.#element("connection"), text);
  }

  /** @param {import("../session/session-keeper.js").Ending} ending */
  showEnding({ seconds, final }) {
    this.#element("ending").hidden = seconds === null;
    this.#element("stay").hidden = final;
    say(this.#element("ending-seconds"), `${seconds ?? ""}`);
    say(this.#element("ending-final"), final ? "It cannot last longer: save what you write." : "");
    // Once, not each second.
    if (seconds !== null && !this.#warned) this.#announce(`You will be signed out in ${seconds} seconds.`);
    this.#warned = seconds !== null;
  }

  /** @param {string} text   for who does not see the page */
  #announce(text) {
    say(this.#element("announcement"), text);
  }
}
