/** A session as the server writes it, for the tests of this folder. */
export function sessionJSON(changes = {}) {
  return {
    app: "main",
    launch: "Ab3_-ZKx09qWeRtYuIoPaS",
    worker: "4b0e0c3a-2f6e-4c62-9e3c-6f3f1f0c7a11",
    patient: "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4",
    provider: "0f4c4f2e-6f55-4b0a-9a7e-1d2c3b4a5968",
    host_origin: "https://coach.welkinhealth.com",
    now: 1_000_000,
    expires_at: 1_000_900,
    ends_at: 1_028_800,
    ...changes,
  };
}
