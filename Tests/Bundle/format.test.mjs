import assert from "node:assert/strict";
import { test } from "node:test";
import { age, birthday, dateTime, duration, fullName, moment, phoneKind, phoneNumber, timeOfDay } from "../../nginx/bundle/main/format/format.js";

test("a name is what there is of it", () => {
  assert.equal(fullName({ id: "p", first_name: "Maria", last_name: "Alvarez" }), "Maria Alvarez");
  assert.equal(fullName({ id: "p", first_name: null, last_name: "Alvarez" }), "Alvarez");
  assert.equal(fullName({ id: "p" }), "Patient without a name");
});

test("a birthday is the same day in every time zone", () => {
  const zone = process.env.TZ;
  for (const TZ of ["Pacific/Kiritimati", "America/Los_Angeles"]) {
    process.env.TZ = TZ;
    assert.match(birthday("1961-04-12"), /12/);
    assert.doesNotMatch(birthday("1961-04-12"), /1[13]/);
  }
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  for (const none of [null, undefined, "", "soon"]) assert.equal(birthday(none), "");
});

test("North American numbers are grouped, others are left alone", () => {
  assert.equal(phoneNumber("+12025550134"), "(202) 555-0134");
  assert.equal(phoneNumber("+442079460018"), "+442079460018");
  assert.equal(phoneNumber("911"), "911");
});

test("a number is called what its patient calls it, or else by its type", () => {
  const number = { id: "n", phone_number: "+1" };
  assert.equal(phoneKind({ ...number, phone_number_type: "cell", friendly_name: "Daughter" }), "Daughter");
  assert.equal(phoneKind({ ...number, phone_number_type: "cell", friendly_name: null }), "Mobile");
  assert.equal(phoneKind({ ...number, phone_number_type: "landline" }), "Landline");
  assert.equal(phoneKind({ ...number, phone_number_type: "other" }), "Phone");
});

test("a duration reads like a clock, and is never negative", () => {
  assert.deepEqual([0, 7.9, 59, 60, 750, 3729, -3].map(duration), ["0:00", "0:07", "0:59", "1:00", "12:30", "1:02:09", "0:00"]);
});

test("no date, time or age breaks at the end of a line", () => {
  const now = 1_764_500_000;
  for (const text of [birthday("1961-04-12"), timeOfDay(now), dateTime(now), moment(now, now), moment(0, now), age("1961-04-12", now)]) {
    assert.match(text, /^[^ ]*\d[^ ]*$/);
  }
});

test("a moment of today is its time, another one has its day", () => {
  const now = new Date(2026, 10, 30, 14, 0).getTime() / 1000;
  const hours = (count) => now - count * 3600;
  assert.equal(moment(hours(2), now), timeOfDay(hours(2)));
  assert.equal(moment(hours(20), now), dateTime(hours(20)));
  assert.match(moment(hours(20), now), /29/);
});
