/** Seconds between rings. */
const period = 3;

/**
 * A quiet double tone, if the browser allows sound in a frame that nobody has clicked in yet.
 * Otherwise ringing is only visible.
 */
export class Tone {
  /** @type {AudioContext | null} */
  #audio = null;
  #timer = 0;

  /** @param {boolean} on */
  ring(on) {
    if (on === (this.#timer !== 0)) return;
    if (on) {
      this.#timer = setInterval(() => this.#strike(), period * 1000);
      this.#strike();
    } else {
      clearInterval(this.#timer);
      this.#timer = 0;
      void this.#audio?.close().catch(() => {});
      this.#audio = null;
    }
  }

  #strike() {
    try {
      const audio = (this.#audio ??= new AudioContext());
      // Not queued: tones that were blocked must not play later, all at once.
      if (audio.state !== "running") void audio.resume().catch(() => {});
      else for (const start of [0, 0.45]) note(audio, audio.currentTime + start);
    } catch {
      // No sound on this machine.
    }
  }
}

/**
 * @param {AudioContext} audio
 * @param {number} start
 */
function note(audio, start) {
  const oscillator = new OscillatorNode(audio, { frequency: 587 });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setTargetAtTime(0.08, start, 0.02);
  gain.gain.setTargetAtTime(0, start + 0.25, 0.05);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.6);
}
