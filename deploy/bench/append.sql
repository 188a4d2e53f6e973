-- One durable append at an expected revision, as the event store's load program does: a stream per client, 450 bytes.
\set revision :revision + 1
INSERT INTO events (stream, revision, id, name, metadata, data)
VALUES ('load-' || :client_id, :revision, gen_random_uuid(), 'load.appended.v1', repeat('m', 150), repeat('d', 300));
