// Appending, reading and deleting with the official Node client.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ANY,
  AccessDeniedError,
  BACKWARDS,
  END,
  FORWARDS,
  MaxAppendSizeExceededError,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  binaryEvent,
  eventTypeFilter,
  jsonEvent,
  streamNameFilter,
} from "@kurrent/kurrentdb-client";
import { connect, event, events, fresh, numbers } from "./support.mjs";

const client = connect();
const deleting = connect("deleting");

test("what was appended is read back", async () => {
  const stream = fresh("举报");
  const id = crypto.randomUUID();
  const json = jsonEvent({ id, type: "案件.v1", data: { 地址: "河西路" }, metadata: { by: "x" } });
  const binary = binaryEvent({ type: "blob.v1", data: Uint8Array.from([0, 159, 146]) });
  const written = await client.appendToStream(stream, [json, binary], { streamState: NO_STREAM });
  assert.equal(written.success, true);
  assert.equal(written.nextExpectedRevision, 1n);
  const found = [];
  for await (const { event } of client.readStream(stream)) found.push(event);
  assert.deepEqual(
    found.map(({ type, revision, isJson }) => [type, revision, isJson]),
    [
      ["案件.v1", 0n, true],
      ["blob.v1", 1n, false],
    ],
  );
  assert.equal(found[0].id, id);
  assert.equal(found[0].streamId, stream);
  assert.deepEqual(found[0].data, { 地址: "河西路" });
  assert.deepEqual(found[0].metadata, { by: "x" });
  assert.deepEqual([...found[1].data], [0, 159, 146]);
  assert.ok(Math.abs(found[0].created.getTime() - Date.now()) < 3_600_000);
  assert.equal(found[1].position.commit, written.position.commit);
});

test("reads go both ways, from anywhere, up to a count", async () => {
  const stream = fresh("ways");
  await client.appendToStream(stream, events(0, 1_100));
  const read = (options) => numbers(client.readStream(stream, options));
  assert.deepEqual(await read({ maxCount: 2 }), [0, 1]);
  assert.deepEqual(await read({ fromRevision: 5n, maxCount: 2 }), [5, 6]);
  const backwards = { direction: BACKWARDS, fromRevision: END };
  assert.deepEqual(await read({ ...backwards, maxCount: 2 }), [1_099, 1_098]);
  assert.deepEqual(await read({ ...backwards, fromRevision: 1n }), [1, 0]);
  const all = await read({ direction: FORWARDS, fromRevision: START });
  assert.deepEqual(all, Array.from({ length: 1_100 }, (_, index) => index));
});

test("a stream that does not exist is not found", async () => {
  await assert.rejects(numbers(client.readStream(fresh("none"))), StreamNotFoundError);
});

test("$all is read both ways, from anywhere", async () => {
  const stream = fresh("everything");
  const { position } = await client.appendToStream(stream, events(0, 3));
  await client.appendToStream(stream, events(3, 5));
  const read = (options) => numbers(client.readAll({ maxCount: 2, ...options }));
  assert.deepEqual(await read({ direction: BACKWARDS, fromPosition: END }), [4, 3]);
  assert.deepEqual(await read({ direction: BACKWARDS, fromPosition: position }), [2, 1]);
  assert.deepEqual(await read({ direction: FORWARDS, fromPosition: position }), [2, 3]);
});

test("a client that discovers its cluster finds the one node", async () => {
  const discovering = connect("keeping", "kurrentdb+discover");
  const stream = fresh("discovered");
  await discovering.appendToStream(stream, events(0, 2));
  assert.deepEqual(await numbers(discovering.readStream(stream)), [0, 1]);
});

test("$all can be filtered by type and by stream", async () => {
  const prefix = fresh("filter");
  await client.appendToStream(`${prefix}-a`, [event(0, `${prefix}.x`), event(1, "y")]);
  await client.appendToStream(`${prefix}-b`, [event(2, `${prefix}.z`)]);
  const read = (filter) => numbers(client.readAll({ filter }));
  assert.deepEqual(await read(eventTypeFilter({ prefixes: [prefix] })), [0, 2]);
  assert.deepEqual(await read(eventTypeFilter({ regex: `^${prefix}\\.(?!x)` })), [2]);
  assert.deepEqual(await read(streamNameFilter({ prefixes: [`${prefix}-a`] })), [0, 1]);
  assert.deepEqual(await read(streamNameFilter({ regex: `^${prefix}-b$` })), [2]);
});

// With credentials the client uses Append, without them BatchAppend.
const BOTH_WAYS = [undefined, { username: "a", password: "b" }];

for (const credentials of BOTH_WAYS) test(`expectations are checked, repetitions recognised by ${credentials ? "Append" : "BatchAppend"}`, async () => {
  const stream = fresh("expected");
  const append = (events, streamState) =>
    client.appendToStream(stream, events, { streamState, credentials });
  const wrong = (promise, actual) =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof WrongExpectedVersionError, String(error));
      assert.equal(error.streamName, stream);
      assert.equal(error.actualState, actual);
      return true;
    });
  await wrong(append(event(0), 3n), NO_STREAM);
  await wrong(append(event(0), STREAM_EXISTS), NO_STREAM);
  const first = events(0, 2);
  const written = await append(first, NO_STREAM);
  assert.deepEqual(await append(first, NO_STREAM), written);
  assert.deepEqual(await append(first, ANY), written);
  await wrong(append(event(2), NO_STREAM), 1n);
  await wrong(append(event(2), 0n), 1n);
  assert.equal((await append(event(2), 1n)).nextExpectedRevision, 2n);
  assert.equal((await append(event(3), STREAM_EXISTS)).nextExpectedRevision, 3n);
});

test("single appends and batches are refused alike when they are too large", async () => {
  const large = binaryEvent({ type: "large.v1", data: new Uint8Array(1_100_000) });
  for (const credentials of BOTH_WAYS) {
    await assert.rejects(
      client.appendToStream(fresh("large"), large, { credentials }),
      (error) => {
        assert.ok(error instanceof MaxAppendSizeExceededError, String(error));
        assert.equal(error.maxAppendSize, 1_048_576);
        return true;
      },
    );
  }
});

test("metadata is kept, and honoured where it may hide events", async () => {
  const stream = fresh("metadata");
  await client.appendToStream(stream, events(0, 5));
  await assert.rejects(client.setStreamMetadata(stream, { maxCount: 2 }), AccessDeniedError);
  await client.setStreamMetadata(stream, { mine: "x" });
  assert.equal((await client.getStreamMetadata(stream)).metadata.mine, "x");
  assert.deepEqual(await numbers(client.readStream(stream)), [0, 1, 2, 3, 4]);
  const bounded = fresh("bounded");
  await deleting.appendToStream(bounded, events(0, 5));
  await deleting.setStreamMetadata(bounded, { maxCount: 2, mine: "x" });
  const { metadata } = await deleting.getStreamMetadata(bounded);
  assert.equal(metadata.maxCount, 2);
  assert.equal(metadata.mine, "x");
  assert.deepEqual(await numbers(deleting.readStream(bounded)), [3, 4]);
});

test("by default nothing can be deleted", async () => {
  const stream = fresh("kept");
  await client.appendToStream(stream, event(0));
  await assert.rejects(client.deleteStream(stream), AccessDeniedError);
  await assert.rejects(client.tombstoneStream(stream), AccessDeniedError);
  assert.deepEqual(await numbers(client.readStream(stream)), [0]);
});

test("where allowed, a deleted stream may begin again", async () => {
  const stream = fresh("deleted");
  await deleting.appendToStream(stream, events(0, 2));
  await assert.rejects(
    deleting.deleteStream(stream, { expectedRevision: 7n }),
    WrongExpectedVersionError,
  );
  await deleting.deleteStream(stream, { expectedRevision: 1n });
  await assert.rejects(numbers(deleting.readStream(stream)), StreamNotFoundError);
  const again = await deleting.appendToStream(stream, event(2), { streamState: NO_STREAM });
  assert.equal(again.nextExpectedRevision, 2n);
  assert.deepEqual(await numbers(deleting.readStream(stream)), [2]);
});

test("where allowed, a tombstoned stream is gone for ever", async () => {
  const stream = fresh("举报");
  await deleting.appendToStream(stream, events(0, 2));
  await deleting.tombstoneStream(stream);
  await assert.rejects(numbers(deleting.readStream(stream)), StreamDeletedError);
  await assert.rejects(deleting.appendToStream(stream, event(2)), StreamDeletedError);
  const credentials = { username: "a", password: "b" };
  await assert.rejects(
    deleting.appendToStream(stream, event(2), { credentials }),
    StreamDeletedError,
  );
});
