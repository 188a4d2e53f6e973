// Clients for the stores that run.sh started, and events to write.
import { randomUUID } from "node:crypto";
import { after } from "node:test";
import { KurrentDBClient, jsonEvent } from "@kurrent/kurrentdb-client";

const addresses = {
  keeping: process.env.STORE_ADDRESS,
  deleting: process.env.DELETING_STORE_ADDRESS,
};

/** A client of the store that keeps everything, or of the one that may delete. */
export function connect(store = "keeping", scheme = "kurrentdb") {
  const address = addresses[store];
  if (!address) throw new Error("start the tests with run.sh: no address of a store is set");
  const client = KurrentDBClient.connectionString(`${scheme}://${address}?tls=false`);
  after(() => client.dispose());
  return client;
}

/** A stream that no other test has used. */
export const fresh = (name) => `${name}-${randomUUID()}`;

/** An event with a number in it. */
export const event = (number, type = "tested.v1") =>
  jsonEvent({ id: randomUUID(), type, data: { number } });

/** Several events. */
export const events = (from, to) =>
  Array.from({ length: to - from }, (_, index) => event(from + index));

/** The numbers in everything a read returns. */
export async function numbers(read) {
  const found = [];
  for await (const { event } of read) found.push(event.data.number);
  return found;
}

/** The first `count` items that a subscription yields, after which it is closed. */
export async function take(subscription, count) {
  const found = [];
  for await (const resolved of subscription) {
    found.push(resolved.event.data.number);
    if (found.length === count) break;
  }
  await subscription.unsubscribe();
  return found;
}
