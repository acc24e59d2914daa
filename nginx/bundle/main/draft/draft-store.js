import { canonicalID } from "../guard/patient-id.js";

/**
 * An unfinished form.
 *
 * @typedef {object} Draft
 * @property {string} text
 * @property {string | null} key   Idempotency key; null in a draft of blanks only.
 * @property {boolean} sent        Sent, but the outcome is unknown.
 */

const prefix = "welkin:draft:";

/**
 * The prefix of the keys of a worker's drafts.
 *
 * @param {string} worker
 */
function ownedBy(worker) {
  return `${prefix}${canonicalID(worker)}:`;
}

/**
 * @param {string} worker
 * @param {string} patient
 * @param {string} form   in lower case
 */
export function draftKey(worker, patient, form) {
  return `${ownedBy(worker)}${canonicalID(patient)}:${form}`;
}

/**
 * Drafts in `sessionStorage`, which all launches of one tab share. They outlive the session that
 * they were written in; they are removed when they are saved, or when another worker's session
 * starts.
 */
export class DraftStore {
  #worker;
  #storage;

  /**
   * @param {string} worker
   * @param {() => Storage} storage   Called each time, because the getter itself may throw.
   */
  constructor(worker, storage) {
    this.#worker = worker;
    this.#storage = storage;
  }

  /** Removes the drafts of all other workers. */
  sweep() {
    const own = ownedBy(this.#worker);
    this.#try((storage) => {
      for (const key of Object.keys(storage)) {
        if (key.startsWith(prefix) && !key.startsWith(own)) storage.removeItem(key);
      }
    });
  }

  /**
   * @param {string} patient
   * @param {string} form
   * @returns {Draft | null}
   */
  load(patient, form) {
    return this.#try((storage) => {
      const { text, key, sent } = JSON.parse(storage.getItem(draftKey(this.#worker, patient, form)) ?? "null");
      return typeof text === "string" ? { text, key: typeof key === "string" ? key : null, sent: sent === true } : null;
    });
  }

  /**
   * @param {string} patient
   * @param {string} form
   * @param {Draft | null} draft   null removes it
   * @returns {boolean} whether it is stored: not if the browser blocks storage or it is full
   */
  save(patient, form, draft) {
    const key = draftKey(this.#worker, patient, form);
    return this.#try((storage) => {
      if (draft) storage.setItem(key, JSON.stringify(draft));
      else storage.removeItem(key);
      return true;
    }) ?? false;
  }

  /**
   * @template T
   * @param {(storage: Storage) => T} use
   * @returns {T | null}
   */
  #try(use) {
    try {
      return use(this.#storage());
    } catch {
      return null;
    }
  }
}
