import { fullName, phoneNumber } from "../format/format.js";
import { PatientNavigation } from "../guard/patient-navigation.js";
import { IncomingView } from "./incoming-view.js";
import { front, isOpen, isOver, mayAct, takeAction, takeReply, takeSeen, takeSnapshot, takeStay } from "./live-calls.js";
import { navigationTexts } from "./navigation-texts.js";
import { RingLead } from "./ring-lead.js";
import { Tone } from "./tone.js";

/** Milliseconds for which a call's end stays visible and keeps its place. */
const readable = 4_000;

/**
 * Milliseconds for which a button ignores clicks after its meaning has changed: "Decline" turns into
 * "End call" when another tab answers.
 */
const settling = 1_000;

/** Phases in which this tab competes for the call with other tabs. */
const contested = ["ringing", "answering", "declining"];

/** Rings, answers, declines and ends. Dispatches "change" when the display must change. */
export class Incoming extends EventTarget {
  #parts;
  #view = new IncomingView({ onOpen: () => this.#open(), onDecline: () => this.#close() });
  #tone = new Tone();
  #lead;
  #title = document.title;
  /** @type {import("./live-calls.js").Calls} */
  #calls = [];
  /** @type {import("./live-calls.js").Entry | null} */
  #front = null;
  /** When the large display last changed, by the browser's clock. */
  #turnedAt = -Infinity;
  #turned = "";
  /** @type {Set<string>} calls that ring in this tab */
  #rings = new Set();
  /** @type {Set<string>} calls whose end is being shown */
  #ending = new Set();
  /** @type {Map<string, PatientNavigation>} by call */
  #navigation = new Map();
  #isReached = true;

  /**
   * @param {object} parts
   * @param {import("../apps-api/apps-api.js").AppsApi} parts.api
   * @param {Pick<import("../data/data-client.js").DataClient, "write">} parts.data
   * @param {() => number} parts.now   seconds since 1970 by the server's clock
   * @param {AbortSignal} parts.signal
   */
  constructor(parts) {
    super();
    this.#parts = parts;
    this.#lead = new RingLead({
      locks: navigator.locks,
      later: (run, delay) => setTimeout(run, delay),
      isVisible: () => document.visibilityState === "visible",
      onLead: (id) => this.#ring(id),
    });
    const timer = setInterval(() => this.#tick(), 1000);
    parts.signal.addEventListener("abort", () => {
      clearInterval(timer);
      for (const navigation of this.#navigation.values()) navigation.end();
      this.#navigation.clear();
      this.#lead.contend([]);
      this.#calls = [];
      this.#render();
    });
    this.#render();
  }

  get root() {
    return this.#view.root;
  }

  /** The live calls that are not shown large. */
  get others() {
    return this.#calls.filter((entry) => !isOver(entry) && entry !== this.#front);
  }

  /** @param {readonly import("./live-calls.js").LiveCall[]} snapshot */
  take(snapshot) {
    this.#set(takeSnapshot(this.#calls, snapshot));
  }

  /** @param {boolean} isReached */
  reach(isReached) {
    this.#isReached = isReached;
    this.#render();
  }

  /** @param {string} id   of the call to show large */
  bring(id) {
    this.#front = front(this.#calls, id);
    this.#render();
    this.root.focus();
  }

  /** @param {string} id */
  #ring(id) {
    const entry = this.#calls.find(({ call }) => call.id === id);
    if (entry?.phase !== "ringing") return;
    this.#rings.add(id);
    this.#parts.api.openFrame().catch(() => {});
    const { patient, phone_number } = entry.call;
    this.#view.announce(`Incoming call: ${patient ? fullName(patient) : `unknown caller, ${phoneNumber(phone_number)}`}`);
    this.#render();
  }

  #open() {
    const entry = this.#front;
    if (!entry || (entry.phase !== "answered" && !isOpen(entry))) return;
    const { id, patient } = entry.call;
    if (entry.resumed) return this.#set(takeStay(this.#calls, id));
    if (patient) void this.#navigationOf(id).go(patient.id);
    void this.#act("answer");
  }

  #close() {
    const isAnswered = this.#front?.phase === "answered";
    if (isAnswered && Date.now() - this.#turnedAt < settling) return;
    void this.#act(isAnswered ? "end" : "decline");
  }

  /** @param {import("./live-calls.js").Action} action */
  async #act(action) {
    if (!this.#front || !mayAct(this.#front, action)) return;
    const { id } = this.#front.call;
    this.#set(takeAction(this.#calls, id, action));
    const reply = await this.#parts.data.write(`calls/${action}`, { call: id });
    if (!this.#parts.signal.aborted) this.#set(takeReply(this.#calls, id, action, reply));
  }

  /**
   * @param {string} id   of the call whose patient it leads to
   * @returns {PatientNavigation}
   */
  #navigationOf(id) {
    const navigation = this.#navigation.get(id) ?? new PatientNavigation(this.#parts.api, () => this.#render());
    this.#navigation.set(id, navigation);
    return navigation;
  }

  /** @param {import("./live-calls.js").Calls} calls */
  #set(calls) {
    this.#calls = calls;
    for (const entry of calls) {
      const { id } = entry.call;
      if (!isOver(entry) || entry.seen || this.#ending.has(id)) continue;
      this.#ending.add(id);
      setTimeout(() => {
        this.#ending.delete(id);
        this.#navigation.get(id)?.end();
        this.#navigation.delete(id);
        this.#rings.delete(id);
        this.#set(takeSeen(this.#calls, id));
      }, readable);
    }
    this.#lead.contend(calls.filter(({ phase }) => contested.includes(phase)).map(({ call }) => call.id));
    this.#render();
  }

  #render() {
    const entry = (this.#front = front(this.#calls, this.#front?.call.id ?? null));
    const ringing = this.#calls.filter(({ call, phase }) => phase === "ringing" && this.#rings.has(call.id));
    const isRinging = entry?.phase === "ringing" && ringing.includes(entry);
    const turned = `${entry?.call.id} ${entry?.phase}`;
    if (turned !== this.#turned) [this.#turned, this.#turnedAt] = [turned, Date.now()];
    this.#view.show({
      entry,
      isReached: this.#isReached,
      isRinging,
      isElsewhere: entry?.phase === "ringing" && !isRinging,
      now: this.#parts.now(),
      navigation: navigationTexts[(entry && !isOver(entry) && this.#navigation.get(entry.call.id)?.outcome.kind) || "none"],
    });
    if (ringing.length === 0) this.#view.announce("");
    this.#tone.ring(ringing.length > 0 && this.#isReached);
    // No name: titles end up in the browser's history.
    document.title = ringing.length > 0 ? "Incoming call" : this.#title;
    this.#tick();
    this.dispatchEvent(new Event("change"));
  }

  #tick() {
    const entry = this.#front;
    const isTalk = entry?.phase === "answered" && entry.call.state === "answered" && !entry.resumed;
    this.#view.tick(isTalk ? this.#parts.now() - entry.call.since : null);
  }
}
