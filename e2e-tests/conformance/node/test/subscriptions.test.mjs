// Subscribing with the official Node client.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { END, START, eventTypeFilter, streamNameFilter } from "@kurrent/kurrentdb-client";
import { connect, event, events, fresh, take } from "./support.mjs";

const client = connect();

test("a stream subscription delivers old and new", async () => {
  const stream = fresh("sub");
  await client.appendToStream(stream, events(0, 3));
  const subscription = client.subscribeToStream(stream, { fromRevision: START });
  const seen = take(subscription, 5);
  await once(subscription, "caughtUp");
  await client.appendToStream(stream, events(3, 5));
  assert.deepEqual(await seen, [0, 1, 2, 3, 4]);
});

test("a revision to start after is not delivered again", async () => {
  const stream = fresh("sub");
  await client.appendToStream(stream, events(0, 4));
  const subscription = client.subscribeToStream(stream, { fromRevision: 1n });
  assert.deepEqual(await take(subscription, 2), [2, 3]);
});

test("from the end only what is new is delivered", async () => {
  const stream = fresh("sub");
  await client.appendToStream(stream, events(0, 3));
  const subscription = client.subscribeToStream(stream, { fromRevision: END });
  const seen = take(subscription, 1);
  await once(subscription, "caughtUp");
  await client.appendToStream(stream, event(3));
  assert.deepEqual(await seen, [3]);
});

test("a subscription to everything is confirmed, catches up, and goes on", async () => {
  const stream = fresh("live");
  const { position } = await client.appendToStream(fresh("before"), event(9));
  await client.appendToStream(stream, events(0, 2));
  const subscription = client.subscribeToAll({ fromPosition: position });
  const confirmed = once(subscription, "confirmation");
  const caughtUp = once(subscription, "caughtUp");
  const seen = take(subscription, 3);
  await confirmed;
  await caughtUp;
  await client.appendToStream(stream, event(2));
  assert.deepEqual(await seen, [0, 1, 2]);
});

test("a subscription to everything can be filtered and resumed", async () => {
  const prefix = fresh("all");
  const written = await client.appendToStream(`${prefix}-a`, events(0, 2));
  await client.appendToStream(fresh("noise"), events(50, 60));
  await client.appendToStream(`${prefix}-b`, events(2, 4));
  const filter = streamNameFilter({ prefixes: [prefix] });
  const first = client.subscribeToAll({ fromPosition: START, filter });
  assert.deepEqual(await take(first, 4), [0, 1, 2, 3]);
  const resumed = client.subscribeToAll({ fromPosition: written.position, filter });
  assert.deepEqual(await take(resumed, 2), [2, 3]);
});

test("a filtered subscription reports how far it has looked", async () => {
  await client.appendToStream(fresh("noise"), events(0, 20));
  const reached = [];
  const filter = eventTypeFilter({
    prefixes: ["nothing-has-this-type"],
    maxSearchWindow: 5,
    checkpointReached: (_subscription, position) => reached.push(position.commit),
  });
  const subscription = client.subscribeToAll({ fromPosition: START, filter });
  subscription.resume();
  await once(subscription, "caughtUp");
  await subscription.unsubscribe();
  assert.ok(reached.length >= 4, `${reached.length} checkpoints`);
  assert.deepEqual(reached, [...reached].sort((a, b) => (a < b ? -1 : 1)));
});
